//! Names of jobs.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// A job's number: 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct JobId(String);

/// A text is no number of a job.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no id of a job: expected 32 hexadecimal digits")]
pub struct JobIdError(String);

impl JobId {
    /// The 32 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for JobId {
    type Error = JobIdError;

    fn try_from(text: String) -> Result<Self, JobIdError> {
        let is_id = text.len() == 32 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        if is_id { Ok(Self(text.to_ascii_lowercase())) } else { Err(JobIdError(text)) }
    }
}

impl FromStr for JobId {
    type Err = JobIdError;

    fn from_str(text: &str) -> Result<Self, JobIdError> {
        Self::try_from(text.to_owned())
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_32_hexadecimal_digits_are_an_id() {
        let id: JobId = "A5bbbaf281bfa815ea6e7c2d902cd025".parse().unwrap();
        assert_eq!(id.as_str(), "a5bbbaf281bfa815ea6e7c2d902cd025");
        // What is put into a path must not lead to another.
        for text in ["", "../jars", "zzbbbaf281bfa815ea6e7c2d902cd025", "a5bb"] {
            assert!(text.parse::<JobId>().is_err(), "{text}");
        }
    }
}
