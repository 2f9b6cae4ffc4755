//! What rows and arrays have in common: slots of a fixed size, and null bits before them.
//!
//! What does not fit into its slot lies in the variable part behind the slots, and the slot is
//! `offset << 32 | length`, the offset counted from the start of the row or array.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError};
use crate::format::{decimal_data, timestamp_data};
use crate::row::{BinaryArray, BinaryArrayWriter, BinaryMap, BinaryRow, BinaryRowWriter, map};

/// Most bytes that a slot itself can hold.
const INLINE: usize = 7;

/// Bytes set aside for a decimal that is longer than an i64.
const DECIMAL: usize = 16;

/// Reading the columns of a [`BinaryRow`] or the elements of a [`BinaryArray`], each on its own.
///
/// Errors name the offset from the start of the row or array. All methods panic when there is no
/// such column or element, and when an array's elements have another size than the type read.
pub trait ReadSlots<'a> {
    /// Whether slot `index` is null.
    fn is_null(&self, index: usize) -> bool;

    /// All bytes of the row or array.
    fn bytes(&self) -> &'a [u8];

    /// Where slot `index` starts.
    fn slot_offset(&self, index: usize) -> usize;

    /// The first `N` bytes of slot `index`.
    ///
    /// # Errors
    /// When it is null.
    fn slot<const N: usize>(&self, index: usize) -> Result<[u8; N], DecodeError>;

    /// Reads a `BOOLEAN`.
    ///
    /// # Errors
    /// When it is null, or neither 0 nor 1.
    #[inline]
    fn read_bool(&self, index: usize) -> Result<bool, DecodeError> {
        match self.slot(index)? {
            [0] => Ok(false),
            [1] => Ok(true),
            [found] => {
                let kind = DecodeErrorKind::InvalidBoolean { found };
                Err(DecodeError::new(self.slot_offset(index), kind))
            }
        }
    }

    /// Reads a `TINYINT`.
    ///
    /// # Errors
    /// When it is null.
    #[inline]
    fn read_i8(&self, index: usize) -> Result<i8, DecodeError> {
        self.slot(index).map(i8::from_le_bytes)
    }

    /// Reads a `SMALLINT`.
    ///
    /// # Errors
    /// When it is null.
    #[inline]
    fn read_i16(&self, index: usize) -> Result<i16, DecodeError> {
        self.slot(index).map(i16::from_le_bytes)
    }

    /// Reads an `INT`, the days of a `DATE`, the milliseconds of a `TIME`, or the months of an
    /// `INTERVAL YEAR TO MONTH`.
    ///
    /// # Errors
    /// When it is null.
    #[inline]
    fn read_i32(&self, index: usize) -> Result<i32, DecodeError> {
        self.slot(index).map(i32::from_le_bytes)
    }

    /// Reads a `BIGINT`, or the milliseconds of an `INTERVAL DAY TO SECOND`.
    ///
    /// # Errors
    /// When it is null.
    #[inline]
    fn read_i64(&self, index: usize) -> Result<i64, DecodeError> {
        self.slot(index).map(i64::from_le_bytes)
    }

    /// Reads a `FLOAT`.
    ///
    /// # Errors
    /// When it is null.
    #[inline]
    fn read_f32(&self, index: usize) -> Result<f32, DecodeError> {
        self.slot(index).map(f32::from_le_bytes)
    }

    /// Reads a `DOUBLE`.
    ///
    /// # Errors
    /// When it is null.
    #[inline]
    fn read_f64(&self, index: usize) -> Result<f64, DecodeError> {
        self.slot(index).map(f64::from_le_bytes)
    }

    /// Reads the unscaled value of a `DECIMAL(precision, scale)`, without allocating.
    ///
    /// # Errors
    /// When it is null, or has more digits than `precision`.
    #[inline]
    fn read_decimal(&self, index: usize, precision: u8, scale: u8) -> Result<i128, DecodeError> {
        let (unscaled, offset) = if precision <= decimal_data::COMPACT {
            (self.read_i64(index)?.into(), self.slot_offset(index))
        } else {
            let (bytes, offset) = self.read_section(index)?;
            (decimal_data::from_bytes(bytes, offset)?, offset)
        };
        decimal_data::check_decode(unscaled, precision, scale, offset)
    }

    /// Reads a `TIMESTAMP(precision)` or `TIMESTAMP_LTZ(precision)`: milliseconds since 1970, and
    /// nanoseconds of the millisecond.
    ///
    /// # Errors
    /// When it is null, points outside of the row or array, or has a million nanoseconds or more.
    #[inline]
    fn read_timestamp(&self, index: usize, precision: u8) -> Result<(i64, u32), DecodeError> {
        if precision <= timestamp_data::COMPACT {
            return self.read_i64(index).map(|millis| (millis, 0));
        }
        // The place of the length holds the nanoseconds.
        let (nanos, at) = pointer(self.slot(index)?);
        let nanos = timestamp_data::check_decode(nanos, self.slot_offset(index))?;
        match self.bytes().get(at..).and_then(|bytes| bytes.first_chunk()) {
            Some(millis) => Ok((i64::from_le_bytes(*millis), nanos)),
            None => Err(self.out_of_row(index, at, 8)),
        }
    }

    /// The bytes of text or bytes, and their offset.
    ///
    /// # Errors
    /// When they are null, or point outside of the row or array.
    #[inline]
    fn read_bytes(&self, index: usize) -> Result<(&'a [u8], usize), DecodeError> {
        let slot: [u8; 8] = self.slot(index)?;
        let (length, at) = if slot[7] & 0x80 != 0 {
            let length = usize::from(slot[7] & 0x7f);
            let at = self.slot_offset(index);
            if length > INLINE {
                return Err(self.out_of_row(index, at, length));
            }
            (length, at)
        } else {
            let (length, at) = pointer(slot);
            (length as usize, at)
        };
        // Two 31-bit numbers: the sum does not overflow.
        match self.bytes().get(at..at + length) {
            Some(bytes) => Ok((bytes, at)),
            None => Err(self.out_of_row(index, at, length)),
        }
    }

    /// The bytes of what always lies in the variable part, and their offset.
    ///
    /// # Errors
    /// When they are null, or point outside of the row or array.
    #[inline]
    fn read_section(&self, index: usize) -> Result<(&'a [u8], usize), DecodeError> {
        let (length, at) = pointer(self.slot(index)?);
        let length = length as usize;
        match at.checked_add(length).and_then(|end| self.bytes().get(at..end)) {
            Some(bytes) => Ok((bytes, at)),
            None => Err(self.out_of_row(index, at, length)),
        }
    }

    /// Reads a `ROW` of `arity` columns; its offset is what errors inside it are to be shifted by.
    ///
    /// # Errors
    /// When it is null or malformed.
    #[inline]
    fn read_row(&self, index: usize, arity: usize) -> Result<(BinaryRow<'a>, usize), DecodeError> {
        let (bytes, offset) = self.read_section(index)?;
        match BinaryRow::new(bytes, arity) {
            Ok(row) => Ok((row, offset)),
            Err(error) => Err(error.shifted(offset)),
        }
    }

    /// Reads an `ARRAY` with elements of [that many bytes](crate::row::element_size); its offset is
    /// what errors inside it are to be shifted by.
    ///
    /// # Errors
    /// When it is null or malformed.
    #[inline]
    fn read_array(
        &self,
        index: usize,
        element_size: usize,
    ) -> Result<(BinaryArray<'a>, usize), DecodeError> {
        let (bytes, offset) = self.read_section(index)?;
        match BinaryArray::new(bytes, element_size) {
            Ok(array) => Ok((array, offset)),
            Err(error) => Err(error.shifted(offset)),
        }
    }

    /// Reads a `MAP` or `MULTISET` with keys and values of that many bytes; its offset is what errors
    /// inside it are to be shifted by.
    ///
    /// # Errors
    /// When it is null or malformed.
    #[inline]
    fn read_map(
        &self,
        index: usize,
        key_size: usize,
        value_size: usize,
    ) -> Result<(BinaryMap<'a>, usize), DecodeError> {
        let (bytes, offset) = self.read_section(index)?;
        match BinaryMap::new(bytes, key_size, value_size) {
            Ok(map) => Ok((map, offset)),
            Err(error) => Err(error.shifted(offset)),
        }
    }

    #[cold]
    #[doc(hidden)]
    fn out_of_row(&self, index: usize, at: usize, length: usize) -> DecodeError {
        let kind = DecodeErrorKind::OutOfRow { at, length, row: self.bytes().len() };
        DecodeError::new(self.slot_offset(index), kind)
    }
}

/// Length and offset in a slot.
#[inline]
fn pointer(slot: [u8; 8]) -> (u32, usize) {
    let [l0, l1, l2, l3, o0, o1, o2, o3] = slot;
    (u32::from_le_bytes([l0, l1, l2, l3]), u32::from_le_bytes([o0, o1, o2, o3]) as usize)
}

/// Writing the columns of a row or the elements of an array.
///
/// Each is written once, in any order; one that is not written is zero. The same values written in the
/// same order have the same bytes. All methods panic when there is no such column or element, and when
/// an array's elements have another size than the type written.
pub trait WriteSlots {
    /// Writes null: the slot is zero.
    fn write_null(&mut self, index: usize);

    /// Writes the first `N` bytes of a slot; the others are zero.
    fn set_slot<const N: usize>(&mut self, index: usize, slot: [u8; N]);

    /// The buffer, and where in it the row or array starts.
    fn target(&mut self) -> (&mut Vec<u8>, usize);

    /// Writes a `BOOLEAN`.
    #[inline]
    fn write_bool(&mut self, index: usize, value: bool) {
        self.set_slot(index, [u8::from(value)]);
    }

    /// Writes a `TINYINT`.
    #[inline]
    fn write_i8(&mut self, index: usize, value: i8) {
        self.set_slot(index, value.to_le_bytes());
    }

    /// Writes a `SMALLINT`.
    #[inline]
    fn write_i16(&mut self, index: usize, value: i16) {
        self.set_slot(index, value.to_le_bytes());
    }

    /// Writes an `INT`, `DATE`, `TIME` or `INTERVAL YEAR TO MONTH`.
    #[inline]
    fn write_i32(&mut self, index: usize, value: i32) {
        self.set_slot(index, value.to_le_bytes());
    }

    /// Writes a `BIGINT` or `INTERVAL DAY TO SECOND`.
    #[inline]
    fn write_i64(&mut self, index: usize, value: i64) {
        self.set_slot(index, value.to_le_bytes());
    }

    /// Writes a `FLOAT`. As with Flink's writers, a NaN keeps its bits in a row, and is the one NaN of
    /// Java in an array.
    #[inline]
    fn write_f32(&mut self, index: usize, value: f32) {
        self.set_slot(index, value.to_le_bytes());
    }

    /// Writes a `DOUBLE`, with NaN as in [`write_f32`](Self::write_f32).
    #[inline]
    fn write_f64(&mut self, index: usize, value: f64) {
        self.set_slot(index, value.to_le_bytes());
    }

    /// Writes the unscaled value of a `DECIMAL(precision, scale)`.
    ///
    /// # Errors
    /// When it has more digits than `precision`, and when the row grows beyond 2^31 bytes.
    #[inline]
    fn write_decimal(
        &mut self,
        index: usize,
        unscaled: i128,
        precision: u8,
        scale: u8,
    ) -> Result<(), EncodeError> {
        decimal_data::check_encode(unscaled, precision, scale)?;
        if precision <= decimal_data::COMPACT {
            // Checked: 18 digits are less than an i64 holds.
            self.write_i64(index, unscaled as i64);
            return Ok(());
        }
        let (bytes, spare) = decimal_data::to_bytes(unscaled);
        let needed = &bytes[spare..];
        let (out, _) = self.target();
        let start = out.len();
        let mut reserved = [0; DECIMAL];
        reserved[..needed.len()].copy_from_slice(needed);
        out.extend_from_slice(&reserved);
        self.point_to(index, start, needed.len())
    }

    /// Writes a `TIMESTAMP(precision)` or `TIMESTAMP_LTZ(precision)`: milliseconds since 1970, and
    /// nanoseconds of the millisecond.
    ///
    /// # Errors
    /// When the nanoseconds are a million or more, or not 0 with a precision of at most 3; and when the
    /// row grows beyond 2^31 bytes.
    #[inline]
    fn write_timestamp(
        &mut self,
        index: usize,
        millis: i64,
        nano_of_milli: u32,
        precision: u8,
    ) -> Result<(), EncodeError> {
        timestamp_data::check_encode(nano_of_milli, precision)?;
        if precision <= timestamp_data::COMPACT {
            self.write_i64(index, millis);
            return Ok(());
        }
        let (out, _) = self.target();
        let start = out.len();
        out.extend_from_slice(&millis.to_le_bytes());
        self.point_to(index, start, nano_of_milli as usize)
    }

    /// Writes text or bytes.
    ///
    /// # Errors
    /// When the row grows beyond 2^31 bytes.
    #[inline]
    fn write_bytes(&mut self, index: usize, bytes: &[u8]) -> Result<(), EncodeError> {
        if bytes.len() <= INLINE {
            let mut slot = [0; 8];
            slot[..bytes.len()].copy_from_slice(bytes);
            slot[INLINE] = 0x80 | bytes.len() as u8;
            self.set_slot(index, slot);
            return Ok(());
        }
        self.write_section(index, |out| {
            out.extend_from_slice(bytes);
            Ok(())
        })
    }

    /// Writes what `write` appends into the variable part, and points to it.
    ///
    /// # Errors
    /// Those of `write`, and when the row grows beyond 2^31 bytes.
    #[inline]
    fn write_section(
        &mut self,
        index: usize,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let (out, _) = self.target();
        let start = out.len();
        write(out)?;
        let length = out.len() - start;
        // Padding with a known length: a single store.
        let padding = length.wrapping_neg() % 8;
        out.extend_from_slice(&[0; 8][..padding]);
        self.point_to(index, start, length)
    }

    /// Writes a `ROW` of `arity` columns.
    ///
    /// # Errors
    /// Those of `write`, and when the row grows beyond 2^31 bytes.
    #[inline]
    fn write_row(
        &mut self,
        index: usize,
        arity: usize,
        write: impl FnOnce(&mut BinaryRowWriter<'_>) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        self.write_section(index, |out| write(&mut BinaryRowWriter::new(out, arity)))
    }

    /// Writes an `ARRAY` of `count` elements of [that many bytes](crate::row::element_size).
    ///
    /// # Errors
    /// Those of `write`, and when the row grows beyond 2^31 bytes.
    #[inline]
    fn write_array(
        &mut self,
        index: usize,
        count: usize,
        element_size: usize,
        write: impl FnOnce(&mut BinaryArrayWriter<'_>) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        self.write_section(index, |out| {
            write(&mut BinaryArrayWriter::new(out, count, element_size)?)
        })
    }

    /// Writes a `MAP` or `MULTISET` of `count` entries, first their keys, then their values.
    ///
    /// # Errors
    /// Those of `keys` and `values`, and when the row grows beyond 2^31 bytes.
    #[inline]
    fn write_map(
        &mut self,
        index: usize,
        count: usize,
        (key_size, value_size): (usize, usize),
        keys: impl FnOnce(&mut BinaryArrayWriter<'_>) -> Result<(), EncodeError>,
        values: impl FnOnce(&mut BinaryArrayWriter<'_>) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        self.write_section(index, |out| {
            map::write(out, count, (key_size, value_size), keys, values)
        })
    }

    #[doc(hidden)]
    #[inline]
    fn point_to(&mut self, index: usize, start: usize, length: usize) -> Result<(), EncodeError> {
        let (out, base) = self.target();
        let end = out.len() - base;
        if i32::try_from(end).is_err() {
            return Err(EncodeError::too_long(end));
        }
        let offset = start - base;
        self.set_slot(index, ((offset as u64) << 32 | length as u64).to_le_bytes());
        Ok(())
    }
}
