//! What a keyed function learns during a call.

use std::cell::OnceCell;
use std::fmt;
use std::ops::Deref;

use crate::coder::{Arena, Coder, DecodeError};
use crate::error::Result;
use crate::function::{CallHost, PlainContext, Timer, TimerCommand};
use crate::types::{Data, View};

/// What a keyed function learns about the call at hand, and its timers.
///
/// It is a [`PlainContext`] with a key: timestamps, clocks and side outputs are that one's methods.
///
/// A timer is of the key at hand. Registered twice for the same time, it fires once; deleting one that
/// is not there does nothing. One that is due already fires with the next watermark or, by the
/// machine's clock, at once after this call; negative timestamps lie before 1970 and are no exception.
pub struct Context<'a, K: Data> {
    key: OnceCell<View<'a, K>>,
    read_key: KeyReader<'a, K>,
    plain: PlainContext<'a>,
}

impl<'a, K: Data> Context<'a, K> {
    /// The context of a call. Bytes that the reader cannot read must have been turned down before.
    #[inline]
    pub fn new(read_key: KeyReader<'a, K>, timestamp: Option<i64>, host: &'a dyn CallHost) -> Self {
        Self { key: OnceCell::new(), read_key, plain: PlainContext::new(timestamp, host) }
    }

    /// The key of the record or timer at hand.
    #[inline]
    pub fn key(&self) -> &View<'a, K> {
        self.key.get_or_init(|| {
            self.read_key.read().expect("an executor makes no context for a key that is malformed")
        })
    }

    /// Has `on_timer` called once the watermark has reached `time`, in milliseconds since the epoch.
    ///
    /// # Errors
    /// When the host takes no timers.
    pub fn register_event_time_timer(&self, time: i64) -> Result<()> {
        self.command(TimerCommand::Register, Timer::event_time(time))
    }

    /// Takes back what [`register_event_time_timer`](Self::register_event_time_timer) did.
    ///
    /// # Errors
    /// When the host takes no timers.
    pub fn delete_event_time_timer(&self, time: i64) -> Result<()> {
        self.command(TimerCommand::Delete, Timer::event_time(time))
    }

    /// Has `on_timer` called once the machine's clock has reached `time`, in milliseconds since the
    /// epoch.
    ///
    /// # Errors
    /// When the host takes no timers.
    pub fn register_processing_time_timer(&self, time: i64) -> Result<()> {
        self.command(TimerCommand::Register, Timer::processing_time(time))
    }

    /// Takes back what [`register_processing_time_timer`](Self::register_processing_time_timer) did.
    ///
    /// # Errors
    /// When the host takes no timers.
    pub fn delete_processing_time_timer(&self, time: i64) -> Result<()> {
        self.command(TimerCommand::Delete, Timer::processing_time(time))
    }

    fn command(&self, command: TimerCommand, timer: Timer) -> Result<()> {
        self.plain.host().timer(self.read_key.bytes, command, timer)
    }
}

impl<'a, K: Data> Deref for Context<'a, K> {
    type Target = PlainContext<'a>;

    #[inline]
    fn deref(&self) -> &PlainContext<'a> {
        &self.plain
    }
}

impl<K: Data> fmt::Debug for Context<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("timestamp", &self.timestamp()).finish_non_exhaustive()
    }
}

/// Reads a key that is known to be well-formed, when a function asks for it.
#[derive(Clone, Copy)]
pub struct KeyReader<'a, K: Data> {
    bytes: &'a [u8],
    arena: &'a Arena,
    coder: &'a dyn Coder<K>,
}

impl<'a, K: Data> KeyReader<'a, K> {
    /// A reader for the key's bytes.
    #[inline]
    pub fn new(bytes: &'a [u8], arena: &'a Arena, coder: &'a dyn Coder<K>) -> Self {
        Self { bytes, arena, coder }
    }

    /// Reads the key.
    ///
    /// # Errors
    /// When the bytes are no such key.
    pub fn read(&self) -> Result<View<'a, K>, DecodeError> {
        self.coder.decode(self.bytes, self.arena)
    }
}

impl<K: Data> fmt::Debug for KeyReader<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyReader").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}
