//! The text file of the demo, checked before anything is built, and its lines.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// A readable text file that is UTF-8 from end to end.
#[derive(Debug)]
pub(crate) struct Text {
    /// Its absolute path.
    pub(crate) path: PathBuf,
    /// How many lines it has, which end with `\n`, `\r\n` or `\r`.
    pub(crate) lines: u64,
}

/// Reads a text file through.
///
/// What is no UTF-8 would fail one run and be replaced without a word in the other; so it is an
/// error that names the first bad byte.
pub(crate) fn text_file(path: &Path) -> Result<Text> {
    let absolute =
        fs::canonicalize(path).with_context(|| format!("cannot find {}", path.display()))?;
    ensure!(absolute.is_file(), "{} is no file", path.display());
    let file = File::open(&absolute).with_context(|| format!("cannot open {}", path.display()))?;
    let mut lines = Lines::default();
    let checked = first_bad_byte(file, |text| lines.count(text));
    match checked.with_context(|| format!("cannot read {}", path.display()))? {
        None => Ok(Text { path: absolute, lines: lines.total() }),
        Some(offset) => {
            bail!("{} is not UTF-8: the bytes at offset {offset} are no character", path.display())
        }
    }
}

/// Counts lines in pieces of a text.
#[derive(Default)]
struct Lines {
    ended: u64,
    last: Option<u8>,
}

impl Lines {
    fn count(&mut self, text: &[u8]) {
        for byte in text {
            let ends = *byte == b'\r' || *byte == b'\n' && self.last != Some(b'\r');
            self.ended += u64::from(ends);
            self.last = Some(*byte);
        }
    }

    /// The last line may have no end.
    fn total(&self) -> u64 {
        self.ended + u64::from(self.last.is_some_and(|last| !matches!(last, b'\n' | b'\r')))
    }
}

/// The offset of the first byte that is no part of a UTF-8 character. `each` gets the text in pieces.
fn first_bad_byte(
    mut text: impl Read,
    mut each: impl FnMut(&[u8]),
) -> std::io::Result<Option<u64>> {
    let mut buffer = vec![0; 1 << 16];
    let mut checked = 0;
    // Bytes at the front of the buffer: the beginning of a character that is still incomplete.
    let mut carried = 0;
    loop {
        let read = text.read(&mut buffer[carried..])?;
        let filled = carried + read;
        match std::str::from_utf8(&buffer[..filled]) {
            Ok(_) => {
                each(&buffer[..filled]);
                checked += filled as u64;
                carried = 0;
            }
            Err(error) => {
                let valid = error.valid_up_to();
                checked += valid as u64;
                if error.error_len().is_some() || read == 0 {
                    return Ok(Some(checked));
                }
                each(&buffer[..valid]);
                buffer.copy_within(valid..filled, 0);
                carried = filled - valid;
            }
        }
        if read == 0 {
            return Ok(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{Lines, first_bad_byte};

    /// Hands out one byte at a time, so that every character is cut.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn characters_may_be_cut_between_reads() {
        let text = "brook, ruisseau, ручей, 小川, 🦀\n".as_bytes();
        assert_eq!(first_bad_byte(text, |_| ()).expect("memory reads"), None);
        assert_eq!(first_bad_byte(Drops(text), |_| ()).expect("memory reads"), None);
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let texts = [("", 0), ("\n", 1), ("a", 1), ("a\nb\r\nc\rd\n\n\r\r\né", 8)];
        for (text, expected) in texts {
            let mut lines = Lines::default();
            let read = first_bad_byte(Drops(text.as_bytes()), |piece| lines.count(piece));
            assert_eq!(read.expect("memory reads"), None);
            assert_eq!(lines.total(), expected, "{text:?}");
        }
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        for (text, offset) in [(&b"ab\xFFcd"[..], 2), (b"ab\xE5\xB0", 2), (b"\xC3\xA9\xC3(", 2)] {
            assert_eq!(first_bad_byte(text, |_| ()).expect("memory reads"), Some(offset));
            assert_eq!(first_bad_byte(Drops(text), |_| ()).expect("memory reads"), Some(offset));
        }
    }
}
