//! Side outputs: results that go elsewhere than the others.

use std::any::TypeId;
use std::fmt;
use std::marker::PhantomData;

use crate::coder::{Coder, Encoding, WithCoder};
use crate::types::{Data, DataType};

/// Names a side output and the type of its values, like Flink's class of that name.
///
/// A constant of the crate, declared by the functions that use it
/// ([`side_outputs`](crate::function::ProcessFunction::side_outputs)) and taken by the job under its
/// name. What a function emits into an output that the job does not take is dropped, as in Flink.
///
/// ```
/// use brookite_core::function::{OutputTag, SideOutputs};
///
/// const REJECTED: OutputTag<&str> = OutputTag::new("rejected");
///
/// assert_eq!(REJECTED.name(), "rejected");
/// assert_eq!(SideOutputs::of(&REJECTED).iter().count(), 1);
/// ```
pub struct OutputTag<T: Data> {
    name: &'static str,
    values: PhantomData<fn() -> T>,
}

impl<T: Data> OutputTag<T> {
    /// A tag of that name.
    ///
    /// # Panics
    /// When the name is empty: in a constant, that is an error of the compiler.
    pub const fn new(name: &'static str) -> Self {
        assert!(!name.is_empty(), "the name of a side output cannot be empty");
        Self { name, values: PhantomData }
    }

    /// The name that jobs know it by.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The output, whatever its type.
    #[inline]
    pub(crate) fn output(&self) -> SideOutput {
        SideOutput {
            name: self.name,
            rust_type: TypeId::of::<T>(),
            data_type: T::data_type,
            has_encoding: |encoding| T::with_coder(encoding, HasCoder).is_some(),
        }
    }
}

impl<T: Data> Clone for OutputTag<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Data> Copy for OutputTag<T> {}

impl<T: Data> fmt::Debug for OutputTag<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OutputTag({:?}, {})", self.name, T::data_type())
    }
}

/// A side output whose type is known at run time.
#[derive(Clone, Copy, Debug)]
pub struct SideOutput {
    name: &'static str,
    rust_type: TypeId,
    data_type: fn() -> DataType,
    has_encoding: fn(Encoding) -> bool,
}

/// Asks whether there is a coder.
struct HasCoder;

impl<T: Data> WithCoder<T> for HasCoder {
    type Output = ();

    fn with<C: Coder<T> + 'static>(self, _: C) {}
}

impl SideOutput {
    /// The name that jobs know it by.
    #[inline]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The type in Rust. Two of them may describe the same type of a stream.
    #[inline]
    pub fn rust_type(&self) -> TypeId {
        self.rust_type
    }

    /// The type of its values.
    pub fn data_type(&self) -> DataType {
        (self.data_type)()
    }

    /// Whether values of the type can stand alone on an edge with that encoding.
    pub fn has_encoding(&self, encoding: Encoding) -> bool {
        (self.has_encoding)(encoding)
    }
}

/// The side outputs that a function declares.
///
/// ```
/// use brookite_core::function::{OutputTag, SideOutputs};
///
/// const LATE: OutputTag<i64> = OutputTag::new("late");
/// const REJECTED: OutputTag<&str> = OutputTag::new("rejected");
///
/// let outputs = SideOutputs::of(&LATE).and(&REJECTED);
/// assert_eq!(outputs.iter().map(|output| output.name()).collect::<Vec<_>>(), ["late", "rejected"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct SideOutputs(Vec<SideOutput>);

impl SideOutputs {
    /// No side output.
    pub fn none() -> Self {
        Self::default()
    }

    /// This side output.
    pub fn of<T: Data>(tag: &OutputTag<T>) -> Self {
        Self::none().and(tag)
    }

    /// Another side output.
    #[must_use]
    pub fn and<T: Data>(mut self, tag: &OutputTag<T>) -> Self {
        self.0.push(tag.output());
        self
    }

    /// All of them, in the order in which they were named.
    pub fn iter(&self) -> impl Iterator<Item = &SideOutput> {
        self.0.iter()
    }
}
