//! [`PaneInfo`]: which firing of a window a result is.

/// When a window fires, in relation to the watermark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PaneTiming {
    /// Before the watermark reached the window's end: the result is a guess.
    Early,
    /// When the watermark reached the window's end, for the first time.
    OnTime,
    /// After that: records came late.
    Late,
    /// The result does not come from a window.
    #[default]
    Unknown,
}

/// Which of a window's firings this is. As in Beam's model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PaneInfo {
    /// Where the watermark was.
    pub timing: PaneTiming,
    /// Whether it is the window's first firing.
    pub is_first: bool,
    /// Whether it is the last: the window is forgotten after it.
    pub is_last: bool,
    /// How many firings came before.
    pub index: u64,
    /// How many firings that were not early came before; `None` in an early firing.
    pub nonspeculative_index: Option<u64>,
}
