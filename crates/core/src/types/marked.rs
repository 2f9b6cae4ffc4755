//! Values behind a byte that says whether they are null, which what surrounds them writes: elements of
//! Java's arrays and sets, values of its maps, fields of its POJOs.

use crate::coder::{DecodeError, EncodeError, Input};
use crate::format::flag;
use crate::types::{Data, View};

/// Appends the mark, which is `null` for null, and the value.
pub(crate) fn encode<T: Data>(
    value: &View<'_, T>,
    null: bool,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    if T::is_null(value) {
        flag::encode(null, out);
        return Ok(());
    }
    flag::encode(!null, out);
    T::encode_present(value, out)
}

/// Reads what [`encode`] writes.
pub(crate) fn decode<'a, T: Data>(
    null: bool,
    input: &mut Input<'a>,
) -> Result<View<'a, T>, DecodeError> {
    if flag::decode(input)? == null { T::null(input) } else { T::decode_present(input) }
}
