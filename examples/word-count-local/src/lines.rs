//! Lines of a text as Flink's text format cuts them.

use std::io::{self, BufRead};

/// Cuts at `\n`, `\r` and `\r\n`, like Java's `BufferedReader` and unlike Rust's `BufRead::lines`.
pub(crate) struct Lines<R> {
    text: R,
    line: Vec<u8>,
    after_return: bool,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(text: R) -> Self {
        Self { text, line: Vec::new(), after_return: false }
    }

    /// The next line without its end; `None` after the last one.
    pub(crate) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        loop {
            let available = self.text.fill_buf()?;
            let Some(first) = available.first() else {
                return Ok((!self.line.is_empty()).then_some(&self.line[..]));
            };
            if std::mem::take(&mut self.after_return) && *first == b'\n' {
                self.text.consume(1);
                continue;
            }
            let Some(end) = available.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                let all = available.len();
                self.line.extend_from_slice(available);
                self.text.consume(all);
                continue;
            };
            self.after_return = available[end] == b'\r';
            self.line.extend_from_slice(&available[..end]);
            self.text.consume(end + 1);
            return Ok(Some(&self.line));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::Lines;

    fn cut(text: &str, buffer: usize) -> Vec<String> {
        let mut lines = Lines::new(BufReader::with_capacity(buffer, text.as_bytes()));
        let mut cut = Vec::new();
        while let Some(line) = lines.next().expect("memory reads") {
            cut.push(String::from_utf8_lossy(line).into_owned());
        }
        cut
    }

    #[test]
    fn every_kind_of_line_end_cuts_once() {
        for buffer in 1..8 {
            assert_eq!(
                cut("a\nb\r\nc\rd\n\n\r\r\ne", buffer),
                ["a", "b", "c", "d", "", "", "", "e"]
            );
            assert_eq!(cut("a\n", buffer), ["a"]);
            assert_eq!(cut("\n", buffer), [""]);
            assert_eq!(cut("", buffer), [""; 0]);
        }
    }
}
