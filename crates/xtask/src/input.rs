//! The text file of the demo, checked before anything is built.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// The absolute path of a readable text file that is UTF-8 from end to end.
///
/// Flink's text format replaces what is no UTF-8 without a word, and the two runs would then
/// count something that is not in the file; so it is an error that names the first bad byte.
pub(crate) fn text_file(path: &Path) -> Result<PathBuf> {
    let absolute =
        fs::canonicalize(path).with_context(|| format!("cannot find {}", path.display()))?;
    ensure!(absolute.is_file(), "{} is no file", path.display());
    let file = File::open(&absolute).with_context(|| format!("cannot open {}", path.display()))?;
    match first_bad_byte(file).with_context(|| format!("cannot read {}", path.display()))? {
        None => Ok(absolute),
        Some(offset) => {
            bail!("{} is not UTF-8: the bytes at offset {offset} are no character", path.display())
        }
    }
}

/// The offset of the first byte that is no part of a UTF-8 character.
fn first_bad_byte(mut text: impl Read) -> std::io::Result<Option<u64>> {
    let mut buffer = vec![0; 1 << 16];
    let mut checked = 0;
    // Bytes at the front of the buffer: the beginning of a character that is still incomplete.
    let mut carried = 0;
    loop {
        let read = text.read(&mut buffer[carried..])?;
        let filled = carried + read;
        match std::str::from_utf8(&buffer[..filled]) {
            Ok(_) => {
                checked += filled as u64;
                carried = 0;
            }
            Err(error) => {
                let valid = error.valid_up_to();
                checked += valid as u64;
                if error.error_len().is_some() || read == 0 {
                    return Ok(Some(checked));
                }
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

    use super::first_bad_byte;

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
        assert_eq!(first_bad_byte(text).expect("memory reads"), None);
        assert_eq!(first_bad_byte(Drops(text)).expect("memory reads"), None);
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        for (text, offset) in [(&b"ab\xFFcd"[..], 2), (b"ab\xE5\xB0", 2), (b"\xC3\xA9\xC3(", 2)] {
            assert_eq!(first_bad_byte(text).expect("memory reads"), Some(offset));
            assert_eq!(first_bad_byte(Drops(text)).expect("memory reads"), Some(offset));
        }
    }
}
