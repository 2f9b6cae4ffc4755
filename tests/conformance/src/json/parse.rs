//! JSON from text.

use crate::json::Json;

/// Types are at most 64 deep, and a map's value is three deep in its JSON.
const MAX_DEPTH: usize = 256;

/// Reads one JSON value, which is all of `text`.
///
/// # Errors
/// Says what is wrong, and at which byte.
pub fn parse(text: &str) -> Result<Json, String> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    parser
        .value()
        .and_then(|value| {
            parser.spaces();
            match parser.rest() {
                "" => Ok(value),
                _ => Err("expected the end".to_owned()),
            }
        })
        .map_err(|reason| format!("malformed JSON at byte {}: {reason}", parser.at))
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn spaces(&mut self) {
        self.take_while(|char| matches!(char, ' ' | '\t' | '\r' | '\n'));
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|char| !belongs(char)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn skip(&mut self, symbol: &str) -> bool {
        let found = self.rest().starts_with(symbol);
        if found {
            self.at += symbol.len();
        }
        found
    }

    fn expect(&mut self, symbol: &str) -> Result<(), String> {
        self.spaces();
        if self.skip(symbol) { Ok(()) } else { Err(format!("expected {symbol}")) }
    }

    fn value(&mut self) -> Result<Json, String> {
        self.spaces();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(format!("nested more than {MAX_DEPTH} deep"));
        }
        let value = match self.rest().chars().next() {
            Some('[') => self.array()?,
            Some('{') => self.object()?,
            Some('"') => Json::Text(self.text()?),
            Some('-' | '0'..='9') => self.number()?,
            _ if self.skip("null") => Json::Null,
            _ if self.skip("true") => Json::Boolean(true),
            _ if self.skip("false") => Json::Boolean(false),
            _ => return Err("expected a value".to_owned()),
        };
        self.depth -= 1;
        Ok(value)
    }

    fn array(&mut self) -> Result<Json, String> {
        self.expect("[")?;
        let mut elements = Vec::new();
        self.spaces();
        if self.skip("]") {
            return Ok(Json::Array(elements));
        }
        loop {
            elements.push(self.value()?);
            self.spaces();
            if !self.skip(",") {
                self.expect("]")?;
                return Ok(Json::Array(elements));
            }
        }
    }

    fn object(&mut self) -> Result<Json, String> {
        self.expect("{")?;
        let mut members: Vec<(String, Json)> = Vec::new();
        self.spaces();
        if self.skip("}") {
            return Ok(Json::Object(members));
        }
        loop {
            self.spaces();
            let name = self.text()?;
            self.expect(":")?;
            let value = self.value()?;
            members.push((name, value));
            self.spaces();
            if !self.skip(",") {
                self.expect("}")?;
                return Ok(Json::Object(members));
            }
        }
    }

    fn number(&mut self) -> Result<Json, String> {
        let start = self.at;
        self.skip("-");
        let whole = self.take_while(|char| char.is_ascii_digit());
        let mut good = !whole.is_empty() && (whole == "0" || !whole.starts_with('0'));
        if self.skip(".") {
            good &= !self.take_while(|char| char.is_ascii_digit()).is_empty();
        }
        if self.skip("e") || self.skip("E") {
            let _sign = self.skip("+") || self.skip("-");
            good &= !self.take_while(|char| char.is_ascii_digit()).is_empty();
        }
        if good {
            Ok(Json::Number(self.text[start..self.at].to_owned()))
        } else {
            Err("expected a number".to_owned())
        }
    }

    fn text(&mut self) -> Result<String, String> {
        self.expect("\"")?;
        let mut text = String::new();
        loop {
            let plain = |char| !matches!(char, '"' | '\\' | '\0'..='\u{1f}');
            text.push_str(self.take_while(plain));
            if self.skip("\"") {
                return Ok(text);
            }
            if !self.skip("\\") {
                return Err("expected a closing quote".to_owned());
            }
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Result<char, String> {
        let Some(char) = self.rest().chars().next() else {
            return Err("expected a closing quote".to_owned());
        };
        self.at += char.len_utf8();
        Ok(match char {
            '"' | '\\' | '/' => char,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let unit = self.unit()?;
                let units = match unit {
                    0xd800..=0xdbff if self.skip("\\u") => vec![unit, self.unit()?],
                    _ => vec![unit],
                };
                match char::decode_utf16(units.iter().copied()).next() {
                    Some(Ok(char)) => char,
                    _ => return Err(format!("a lone surrogate U+{unit:04X} is no text")),
                }
            }
            _ => return Err("expected \", \\, /, b, f, n, r, t or u after \\".to_owned()),
        })
    }

    fn unit(&mut self) -> Result<u16, String> {
        let digits = self.rest().get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        self.at += if unit.is_some() { 4 } else { 0 };
        unit.ok_or_else(|| "expected four hexadecimal digits after \\u".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_printed_again() {
        for text in [
            "null",
            "[true,false,[],{}]",
            r#"{"b":1,"a":-0.0,"b":1E+3}"#,
            r#""\"\\ \u0000\u0085\u2028 é🦀""#,
            "123456789012345678901234567890.10",
        ] {
            assert_eq!(parse(text).map(|json| json.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(
            parse(r#" [ "\ud83e\udd80\/\n" ] "#),
            Ok(Json::Array(vec![Json::text("🦀/\n")]))
        );
    }

    #[test]
    fn what_is_no_json_is_an_error() {
        for text in ["", "01", "1.", "[1,]", "\"", "\"\\ud83e\"", "nul", "{1:2}", "1 2", "\"\t\""] {
            parse(text).unwrap_err();
        }
        assert!(parse(&"[".repeat(1_000)).unwrap_err().contains("deep"));
    }
}
