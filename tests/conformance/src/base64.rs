//! Base64 with padding, for messages in a column of text.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Four digits for three bytes.
pub fn print(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        for index in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * index) & 63) as usize];
            text.push(if index <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// The bytes; `None` when the text is no Base64.
pub fn parse(text: &str) -> Option<Vec<u8>> {
    let (groups, rest) = text.as_bytes().as_chunks::<4>();
    if !rest.is_empty() {
        return None;
    }
    let mut bytes = Vec::new();
    for group in groups {
        let digits = group.iter().position(|digit| *digit == b'=').unwrap_or(4);
        if digits < 2 || group[digits..].iter().any(|digit| *digit != b'=') {
            return None;
        }
        let mut bits = 0u32;
        for digit in &group[..digits] {
            let value = DIGITS.iter().position(|known| known == digit)?;
            bits = bits << 6 | u32::try_from(value).ok()?;
        }
        let bits = bits << (6 * (4 - digits)) << 8;
        bytes.extend_from_slice(&bits.to_be_bytes()[..digits - 1]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg=="),
        ] {
            assert_eq!(print(bytes), text);
            assert_eq!(parse(text).as_deref(), Some(bytes));
        }
        for text in ["Z", "Z===", "Zg=a", "Zg.=", "===="] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
