//! [`Records`]: where records begin and end in a text.

use std::io::{self, BufRead};

use brookite_core::proto::TextRecords;

use crate::quotes::Quotes;

/// A quote that is not closed within so many bytes is taken for one that never is: the rest of a large file
/// would be one record otherwise.
const LONGEST: usize = 16 << 20;

/// The records of a text: its lines, and lines that belong together because there is an open quote
/// between them. Lines end with `\n` or `\r\n`.
#[derive(Debug)]
pub struct Records<R> {
    input: R,
    /// What opens and closes quotes, if anything does.
    quotes: Option<Quotes>,
    comment: Option<u8>,
    record: Vec<u8>,
    /// How many lines were read.
    lines: u64,
}

impl<R: BufRead> Records<R> {
    /// Reads records of a kind from `input`.
    pub fn new(input: R, records: &TextRecords) -> Self {
        let quotes = records.quote.map(|_| Quotes::new(records));
        let comment = records.comment.and_then(|byte| u8::try_from(byte).ok());
        Self { input, quotes, comment, record: Vec::new(), lines: 0 }
    }

    /// The next record without the end of its line, and the number of the line in which it begins, from 1.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn next_record(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        self.record.clear();
        if self.input.read_until(b'\n', &mut self.record)? == 0 {
            return Ok(None);
        }
        self.lines += 1;
        let first = self.lines;
        if let Some(mut quotes) = self
            .quotes
            .filter(|_| self.record.first().copied() != self.comment || self.comment.is_none())
        {
            let mut seen = 0;
            loop {
                self.record[seen..].iter().for_each(|byte| {
                    quotes.next(*byte);
                });
                seen = self.record.len();
                if !quotes.is_open() || seen > LONGEST {
                    break;
                }
                if self.input.read_until(b'\n', &mut self.record)? == 0 {
                    break;
                }
                self.lines += 1;
            }
        }
        let record = self.record.strip_suffix(b"\n").unwrap_or(&self.record);
        Ok(Some((first, record.strip_suffix(b"\r").unwrap_or(record))))
    }

    /// How many lines were read.
    pub fn lines(&self) -> u64 {
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, quotes: bool) -> Vec<(u64, String)> {
        let byte = |byte: u8| quotes.then_some(u32::from(byte));
        let kind = TextRecords {
            delimiter: byte(b','),
            quote: byte(b'"'),
            comment: byte(b'#'),
            escape: byte(b'\\'),
        };
        let mut records = Records::new(text.as_bytes(), &kind);
        let mut found = Vec::new();
        while let Some((line, record)) = records.next_record().unwrap() {
            found.push((line, String::from_utf8(record.to_vec()).unwrap()));
        }
        found
    }

    #[test]
    fn lines_end_with_or_without_a_return() {
        let expected = [(1, "a\"".to_owned()), (2, String::new()), (3, "b\rc".to_owned())];
        assert_eq!(records("a\"\r\n\nb\rc", false), expected);
        assert_eq!(records("", true), []);
    }

    #[test]
    fn a_line_goes_on_while_a_quote_is_open() {
        let text = "1,\"a\r\nb\",2\n3,5\" pipe,\"\"\"\"\n#,\"\n4,\"\\\"\n\"\n5,\"never\nclosed\n";
        let expected = [
            (1, "1,\"a\r\nb\",2"),
            (3, "3,5\" pipe,\"\"\"\""),
            (4, "#,\""),
            (5, "4,\"\\\"\n\""),
            (7, "5,\"never\nclosed"),
        ];
        assert_eq!(records(text, true), expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_quote_that_is_never_closed_does_not_take_all_of_a_large_file() {
        let line = format!("{}\n", "x".repeat(1 << 20));
        let text = format!("\"open\n{}", line.repeat(40));
        let found = records(&text, true);
        assert!(found.len() > 20, "{}", found.len());
        assert!(found[0].1.len() < LONGEST + (2 << 20));
    }
}
