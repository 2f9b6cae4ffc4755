//! What a function without keys learns during a call.

use std::fmt;

use crate::coder::{Coder, EncodeError, Encoding, WithCoder};
use crate::error::Result;
use crate::function::{CallHost, OutputTag};
use crate::types::{Data, View};

/// What a function learns about the call at hand, and where it puts side results.
///
/// There are no timers here: a timer belongs to a key. A function that needs them implements
/// [`KeyedProcessFunction`](crate::function::KeyedProcessFunction) or
/// [`KeyedCoProcessFunction`](crate::function::KeyedCoProcessFunction) and stands behind a `keyBy`.
pub struct PlainContext<'a> {
    timestamp: Option<i64>,
    host: &'a dyn CallHost,
}

impl<'a> PlainContext<'a> {
    /// The context of a call.
    #[inline]
    pub fn new(timestamp: Option<i64>, host: &'a dyn CallHost) -> Self {
        Self { timestamp, host }
    }

    /// The timestamp of the record at hand in milliseconds since the epoch, `None` when it has none;
    /// in `on_timer` that of the timer.
    #[inline]
    pub fn timestamp(&self) -> Option<i64> {
        self.timestamp
    }

    /// The operator's watermark in milliseconds since the epoch: no record with an earlier or equal
    /// timestamp is expected any more. `i64::MIN` before the first.
    #[inline]
    pub fn current_watermark(&self) -> i64 {
        self.host.current_watermark()
    }

    /// The machine's clock in milliseconds since the epoch. Asks the host each time.
    ///
    /// # Errors
    /// When the host fails.
    pub fn current_processing_time(&self) -> Result<i64> {
        self.host.current_processing_time()
    }

    /// Emits a value into a side output; it has the timestamp of the call at hand. It is dropped when
    /// the job does not take that output.
    ///
    /// # Errors
    /// When the function does not declare that output in `side_outputs`, or one of another type under
    /// that name, and when the value cannot be encoded.
    pub fn side_output<T: Data>(&self, tag: &OutputTag<T>, value: View<'_, T>) -> Result<()> {
        let mut write = |encoding: Encoding, out: &mut Vec<u8>| {
            T::with_coder(encoding, Write(&value, out))
                .expect("a stage is built with encodings that the types of its outputs have")
        };
        self.host.side_output(&tag.output(), &mut write)
    }

    /// Never there: for the compiler to say why.
    #[doc(hidden)]
    pub fn register_event_time_timer(&self, _time: i64) -> Result<()>
    where
        Self: HasTimers,
    {
        unreachable!("no such context has timers")
    }

    /// Never there: for the compiler to say why.
    #[doc(hidden)]
    pub fn register_processing_time_timer(&self, _time: i64) -> Result<()>
    where
        Self: HasTimers,
    {
        unreachable!("no such context has timers")
    }

    #[inline]
    pub(crate) fn host(&self) -> &'a dyn CallHost {
        self.host
    }
}

/// No context without a key has timers.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a timer belongs to a key, and there is none here",
    label = "no timers here",
    note = "implement `KeyedProcessFunction` or `KeyedCoProcessFunction`, whose `Context` has a key \
            and timers, and call it on a keyed stream; of a function of a broadcast stream, the other input may \
            have keys"
)]
pub trait HasTimers {}

/// A value, and where it is written.
struct Write<'w, 'v, T: Data>(&'w View<'v, T>, &'w mut Vec<u8>);

impl<T: Data> WithCoder<T> for Write<'_, '_, T> {
    type Output = std::result::Result<(), EncodeError>;

    fn with<C: Coder<T> + 'static>(self, coder: C) -> Self::Output {
        coder.encode(self.0, self.1)
    }
}

impl fmt::Debug for PlainContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlainContext").field("timestamp", &self.timestamp).finish_non_exhaustive()
    }
}
