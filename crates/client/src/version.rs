//! Versions of Flink.

use std::fmt;

/// A version of Flink, by which versions are ordered as they were released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// 2 of 2.3.0.
    pub major: u32,
    /// 3 of 2.3.0.
    pub minor: u32,
    /// 0 of 2.3.0.
    pub patch: u32,
}

impl Version {
    /// The oldest that this client talks to: its answers have all that is asked for.
    pub const OLDEST: Version = Version { major: 1, minor: 20, patch: 0 };

    /// The last whose API is known.
    const LAST_MAJOR: u32 = 2;

    /// Reads `2.3.0`, `1.20.3` or `2.4-SNAPSHOT`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let numbers = text.split('-').next()?;
        let mut numbers = numbers.split('.').map(str::parse);
        let (major, minor) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        let patch = numbers.next().unwrap_or(Ok(0)).ok()?;
        Some(Self { major, minor, patch })
    }

    pub(crate) fn is_supported(self) -> bool {
        self >= Self::OLDEST && self.major <= Self::LAST_MAJOR
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_flink_writes_them() {
        let version = |major, minor, patch| Some(Version { major, minor, patch });
        assert_eq!(Version::parse("2.3.0"), version(2, 3, 0));
        assert_eq!(Version::parse("1.20.3"), version(1, 20, 3));
        assert_eq!(Version::parse("2.4-SNAPSHOT"), version(2, 4, 0));
        assert_eq!(Version::parse("<unknown>"), None);
    }

    #[test]
    fn what_is_too_old_or_unknown_is_not_supported() {
        let supported = |text| Version::parse(text).unwrap().is_supported();
        assert!(supported("1.20.0") && supported("2.9.1"));
        assert!(!supported("1.19.3") && !supported("3.0.0"));
    }
}
