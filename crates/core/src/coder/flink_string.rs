//! Text as Flink's `StringValue.writeString` writes it.
//!
//! A variable-length integer of the number of UTF-16 units plus one (0 stands for null), then each
//! unit as a variable-length integer: seven bits a byte, the lowest first, the high bit set on all
//! bytes but the last. ASCII text is thus its own bytes, and is borrowed.

use crate::coder::{Arena, DecodeError, DecodeErrorKind, EncodeError, Input, utf8};

/// Appends null.
pub(crate) fn encode_null(out: &mut Vec<u8>) {
    out.push(0);
}

/// Appends the text.
pub(crate) fn encode(text: &str, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let ascii = text.is_ascii();
    let units = if ascii { text.len() } else { text.encode_utf16().count() };
    let length = i32::try_from(units)
        .ok()
        .and_then(|units| units.checked_add(1))
        .ok_or_else(|| EncodeError::too_long(units))?;
    encode_varint(length.unsigned_abs(), out);
    if ascii {
        out.extend_from_slice(text.as_bytes());
    } else {
        text.encode_utf16().for_each(|unit| encode_varint(unit.into(), out));
    }
    Ok(())
}

/// Reads text, which must not be null.
pub(crate) fn decode<'a>(input: &mut Input<'a>) -> Result<&'a str, DecodeError> {
    let offset = input.offset();
    decode_nullable(input)?.ok_or_else(|| DecodeError::new(offset, DecodeErrorKind::Null))
}

/// Reads text, or `None` for null.
pub(crate) fn decode_nullable<'a>(input: &mut Input<'a>) -> Result<Option<&'a str>, DecodeError> {
    let start = input.offset();
    let Some(units) = decode_varint(input)?.checked_sub(1) else { return Ok(None) };
    let units = usize::try_from(units).map_err(|_| {
        DecodeError::new(start, DecodeErrorKind::InvalidLength { found: units.into() })
    })?;
    if let Some(text) = input.rest().get(..units)
        && text.is_ascii()
    {
        let offset = input.offset();
        input.take(units)?;
        return utf8(text, offset).map(Some);
    }
    decode_wide(units, input, input.arena()).map(Some)
}

#[cold]
fn decode_wide<'a>(
    units: usize,
    input: &mut Input<'a>,
    arena: &'a Arena,
) -> Result<&'a str, DecodeError> {
    // Each unit takes at least a byte: no more memory than the record allows for.
    if units > input.rest().len() {
        let available = input.rest().len();
        let truncated = DecodeErrorKind::Truncated { needed: units, available };
        return Err(DecodeError::new(input.offset(), truncated));
    }
    let mut text = arena.string(units);
    let mut high: Option<(usize, u16)> = None;
    for _ in 0..units {
        let offset = input.offset();
        let found = decode_varint(input)?;
        let unit = u16::try_from(found)
            .map_err(|_| DecodeError::new(offset, DecodeErrorKind::InvalidUtf16Unit { found }))?;
        let lone =
            |(offset, unit)| Err(DecodeError::new(offset, DecodeErrorKind::LoneSurrogate { unit }));
        match (high.take(), unit) {
            (None, 0xd800..=0xdbff) => high = Some((offset, unit)),
            (Some(high), 0xdc00..=0xdfff) => match char::decode_utf16([high.1, unit]).next() {
                Some(Ok(char)) => text.push(char),
                _ => return lone(high),
            },
            (Some(high), _) => return lone(high),
            (None, _) => match char::from_u32(unit.into()) {
                Some(char) => text.push(char),
                None => return lone((offset, unit)),
            },
        }
    }
    match high {
        Some((offset, unit)) => {
            Err(DecodeError::new(offset, DecodeErrorKind::LoneSurrogate { unit }))
        }
        None => Ok(text.into_bump_str()),
    }
}

fn encode_varint(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        // The mask keeps seven bits, the eighth says that more follow.
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn decode_varint(input: &mut Input<'_>) -> Result<u32, DecodeError> {
    let start = input.offset();
    let mut value = 0u32;
    for shift in (0..32).step_by(7) {
        let byte = input.byte()?;
        let bits = u32::from(byte & 0x7f);
        if bits.leading_zeros() < shift {
            break;
        }
        value |= bits << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(DecodeError::new(start, DecodeErrorKind::InvalidLength { found: value.into() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        encode(text, &mut bytes).unwrap();
        let arena = Arena::default();
        let mut input = Input::new(&bytes, &arena);
        assert_eq!(decode(&mut input), Ok(text));
        input.finish().unwrap();
        bytes
    }

    #[test]
    fn text_of_every_width_comes_back() {
        assert_eq!(round_trip(""), [1]);
        assert_eq!(round_trip("brook"), b"\x06brook");
        // U+00F6 is one unit of two bytes, U+1F980 two units of three.
        assert_eq!(round_trip("ö"), [2, 0xf6, 0x01]);
        assert_eq!(round_trip("🦀"), [3, 0xbe, 0xb0, 0x03, 0x80, 0xbb, 0x03]);
        // Miri is slow.
        let times = if cfg!(miri) { 20 } else { 1000 };
        round_trip(&"long ".repeat(times));
        round_trip(&"𝔩𝔬𝔫𝔤 ".repeat(times));
    }

    #[test]
    fn null_and_malformed_text_are_typed_errors() {
        let arena = Arena::default();
        let decode = |bytes: &'static [u8]| decode(&mut Input::new(bytes, &arena));
        assert_eq!(decode(&[0]).unwrap_err().kind(), &DecodeErrorKind::Null);
        assert_eq!(
            decode(&[5, b'a', b'b']).unwrap_err().kind(),
            &DecodeErrorKind::Truncated { needed: 4, available: 2 }
        );
        assert_eq!(
            decode(&[3, 0xbe, 0xb0, 0x03, 0x61]).unwrap_err().kind(),
            &DecodeErrorKind::LoneSurrogate { unit: 0xd83e }
        );
        assert!(matches!(
            decode(&[0xff; 8]).unwrap_err().kind(),
            DecodeErrorKind::InvalidLength { .. }
        ));
    }
}
