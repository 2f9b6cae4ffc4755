//! [`Reads`]: which Rust types see the records of a stream.

use std::borrow::Cow;

use crate::types::Data;

/// A type as which a function may see the records of a `Stream<T>`.
///
/// It is `T`, or another Rust type that describes the same type of a stream: text is `&'static str`,
/// `String` or `Cow<'static, str>`, bytes are `&'static [u8]` or `Vec<u8>`. Where these stand inside
/// another type, such as a tuple, [`Stream::view_as`](crate::pipeline::Stream::view_as) says so.
#[diagnostic::on_unimplemented(
    message = "a function that takes `{Self}` cannot be given `{T}`",
    label = "gives `{T}`",
    note = "a function takes the records and the keys of its stream; where two Rust types describe one type \
            of a stream, such as `(&'static str, i64)` and `(String, i64)`, say `.view_as::<..>()` before it"
)]
pub trait Reads<T: Data>: Data {}

impl<T: Data> Reads<T> for T {}

macro_rules! reads {
    ($($one:ty as $($other:ty),+;)+) => {
        $($(impl Reads<$one> for $other {})+)+
    };
}

reads! {
    String as &'static str, Cow<'static, str>;
    &'static str as String, Cow<'static, str>;
    Cow<'static, str> as String, &'static str;
    Vec<u8> as &'static [u8];
    &'static [u8] as Vec<u8>;
}
