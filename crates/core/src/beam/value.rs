//! What Beam's coders write that no type of Flink is.

use crate::value::Value;

/// A value of Beam's model. Points in time are milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BeamValue {
    /// The window of all times.
    GlobalWindow,
    /// A window from `start`, inclusive, to `end`, exclusive.
    IntervalWindow {
        /// Its first millisecond.
        start: i64,
        /// The millisecond after its last.
        end: i64,
    },
    /// A window of the user's own.
    CustomWindow {
        /// Its last millisecond.
        max_timestamp: i64,
        /// The window.
        window: Value,
    },
    /// An element with its timestamp, windows and pane.
    Windowed(WindowedValue),
    /// A timer, set or cleared.
    Timer(Timer),
    /// A key, and which of its shards.
    ShardedKey {
        /// The shard, opaque.
        shard: Vec<u8>,
        /// The key.
        key: Value,
    },
    /// An iterable whose first elements are here, and the others in Beam's state, where
    /// [`StateBackedIterableCoder::read_rest`](crate::beam::StateBackedIterableCoder::read_rest) reads
    /// them.
    Continued {
        /// The first elements.
        elements: Vec<Value>,
        /// Under which the state has the others.
        token: Vec<u8>,
    },
}

/// An element of a Beam collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowedValue {
    /// The element.
    pub value: Value,
    /// Its event time.
    pub timestamp: i64,
    /// The windows it is in.
    pub windows: Vec<Value>,
    /// The pane that it came with.
    pub pane: Pane,
}

/// A timer of Beam's model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// The key that it belongs to.
    pub key: Value,
    /// Its name among the timers of one family.
    pub tag: String,
    /// The windows it is in.
    pub windows: Vec<Value>,
    /// When it fires; `None` clears the timer.
    pub firing: Option<Firing>,
}

/// When a timer fires, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Firing {
    /// When it fires, in the timer's own time domain.
    pub fire_timestamp: i64,
    /// The event time that it holds the watermark back to.
    pub hold_timestamp: i64,
    /// The pane of what it emits.
    pub pane: Pane,
}

/// Which firing of a window's trigger an element came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pane {
    /// Whether it is the window's first pane.
    pub is_first: bool,
    /// Whether it is the window's last pane.
    pub is_last: bool,
    /// How the pane lies to the watermark.
    pub timing: Timing,
    /// Panes of the window before this one.
    pub index: i64,
    /// Panes of the window before this one that were not early; -1 for early ones.
    pub on_time_index: i64,
}

impl Pane {
    /// The pane of an element that no trigger has fired.
    pub const NO_FIRING: Self =
        Self { is_first: true, is_last: true, timing: Timing::Unknown, index: 0, on_time_index: 0 };
}

/// How a pane lies to the watermark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// Before the watermark passed the end of the window.
    Early = 0,
    /// When the watermark passed the end of the window.
    OnTime = 1,
    /// After the watermark passed the end of the window.
    Late = 2,
    /// No trigger has fired.
    Unknown = 3,
}
