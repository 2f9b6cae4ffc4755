//! What the types that are their own view have in common.

/// Implements [`Data`](crate::types::Data) for a type that is its own view; `null` is for serializers
/// with a form for null of their own.
macro_rules! own_view {
    (
        $(const [$($param:ident),+])? $type:ty, $kind:expr,
        encode: |$value:ident, $out:ident| $encode:expr,
        decode: |$input:ident| $decode:expr,
        $(null: $encode_null:path, |$nullable:ident| $decode_nullable:expr,)?
        describe: |$shown:ident, $f:ident| $describe:expr $(,)?
    ) => {
        impl $(<$(const $param: u8),+>)? crate::types::Data for $type {
            type View<'a> = $type;

            fn data_type() -> crate::types::DataType {
                crate::types::DataType::required($kind)
            }

            #[inline]
            fn encode(
                $value: &$type,
                $out: &mut Vec<u8>,
            ) -> Result<(), crate::coder::EncodeError> {
                $encode
            }

            #[inline]
            fn decode<'a>(
                $input: &mut crate::coder::Input<'a>,
            ) -> Result<$type, crate::coder::DecodeError> {
                $decode
            }

            $(
                fn encode_nullable(
                    value: Option<&$type>,
                    out: &mut Vec<u8>,
                ) -> Result<(), crate::coder::EncodeError> {
                    match value {
                        Some(value) => Self::encode(value, out),
                        None => {
                            $encode_null(out);
                            Ok(())
                        }
                    }
                }

                fn decode_nullable<'a>(
                    $nullable: &mut crate::coder::Input<'a>,
                ) -> Result<Option<$type>, crate::coder::DecodeError> {
                    $decode_nullable
                }
            )?

            #[inline]
            fn shorten<'short, 'long: 'short>(value: $type) -> $type {
                value
            }

            fn describe($shown: &$type, $f: &mut dyn std::fmt::Write) -> std::fmt::Result {
                $describe
            }
        }
    };
}

/// Implements [`RowField`](crate::row::RowField) for a type that is its own view.
macro_rules! own_column {
    (
        $(const [$($param:ident),+])? $type:ty, $(type $column_type:expr,)? size $size:expr,
        read: |$from:ident, $index:ident| $read:expr,
        write: |$value:ident, $to:ident, $at:ident| $write:expr $(,)?
    ) => {
        impl $(<$(const $param: u8),+>)? crate::row::RowField for $type {
            $(
                fn column_type() -> crate::types::DataType {
                    crate::types::DataType::required($column_type)
                }
            )?

            const ELEMENT_SIZE: usize = $size;

            #[inline]
            fn read<'a, Slots: crate::row::ReadSlots<'a>>(
                $from: &Slots,
                $index: usize,
            ) -> Result<$type, crate::coder::DecodeError> {
                $read
            }

            #[inline]
            fn write<Slots: crate::row::WriteSlots>(
                $value: &$type,
                $to: &mut Slots,
                $at: usize,
            ) -> Result<(), crate::coder::EncodeError> {
                $write
            }
        }
    };
}

pub(crate) use {own_column, own_view};
