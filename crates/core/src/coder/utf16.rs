//! UTF-16 in little-endian order to UTF-8.

use crate::coder::{Arena, DecodeError, DecodeErrorKind, utf8};

/// Converts the text into the arena.
pub(crate) fn decode<'a>(bytes: &[u8], arena: &'a Arena) -> Result<&'a str, DecodeError> {
    let (units, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        let truncated = DecodeErrorKind::Truncated { needed: 2, available: rest.len() };
        return Err(DecodeError::new(bytes.len() - rest.len(), truncated));
    }
    // Nearly all text is ASCII; both loops are plain enough for the compiler to vectorise.
    let bits = units.iter().fold(0, |bits, unit| bits | u16::from_le_bytes(*unit));
    if bits < 0x80 {
        let text = arena.bytes(units.len());
        for (byte, unit) in text.iter_mut().zip(units) {
            *byte = u16::from_le_bytes(*unit) as u8;
        }
        return utf8(text, 0);
    }
    // A unit becomes at most three bytes, and a pair four.
    let mut text = arena.string(units.len() * 3);
    let mut offset = 0;
    for unit in char::decode_utf16(units.iter().map(|unit| u16::from_le_bytes(*unit))) {
        match unit {
            Ok(char) => {
                text.push(char);
                offset += 2 * char.len_utf16();
            }
            Err(lone) => {
                let unit = lone.unpaired_surrogate();
                return Err(DecodeError::new(offset, DecodeErrorKind::LoneSurrogate { unit }));
            }
        }
    }
    Ok(text.into_bump_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &[u16]) -> Vec<u8> {
        text.iter().flat_map(|unit| unit.to_le_bytes()).collect()
    }

    #[test]
    fn text_of_every_width_comes_back() {
        for text in ["", "plain", "Größe", "日本語", "𝔘𝔫𝔦 🦀", "a\0b"] {
            let bytes = units(&text.encode_utf16().collect::<Vec<_>>());
            assert_eq!(decode(&bytes, &Arena::default()), Ok(text));
        }
    }

    #[test]
    fn a_lone_surrogate_is_an_error_that_names_it() {
        let arena = Arena::default();
        let error = decode(&units(&[0x61, 0xd83e, 0x62]), &arena).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected Unicode text, found the lone surrogate U+D83E (at byte 2)"
        );
        assert!(decode(&units(&[0xdc00]), &arena).is_err());
    }

    #[test]
    fn an_odd_number_of_bytes_is_truncated() {
        let error = decode(b"a\0b", &Arena::default()).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Truncated { needed: 2, available: 1 });
    }
}
