//! What a function of windows learns when a window tells its result.

use std::fmt;
use std::ops::Deref;

use crate::function::{Context, PlainContext};
use crate::types::{Data, View};
use crate::windowing::{PaneInfo, Window};

/// What a function of windows learns when a window tells its result.
///
/// It is a [`PlainContext`] with a key and a window: clocks and side outputs are that one's methods.
/// [`timestamp`](PlainContext::timestamp) is that of the results, the last of the window unless the
/// stream's windows combine timestamps otherwise.
pub struct WindowContext<'a, K: Data> {
    context: Context<'a, K>,
    window: Window,
    pane: PaneInfo,
}

impl<'a, K: Data> WindowContext<'a, K> {
    /// The context of a firing.
    #[inline]
    pub fn new(context: Context<'a, K>, window: Window, pane: PaneInfo) -> Self {
        Self { context, window, pane }
    }

    /// The key whose window it is.
    #[inline]
    pub fn key(&self) -> &View<'a, K> {
        self.context.key()
    }

    /// The window: its start and end are in milliseconds since the epoch.
    #[inline]
    pub fn window(&self) -> Window {
        self.window
    }

    /// Which of the window's firings this is.
    #[inline]
    pub fn pane(&self) -> PaneInfo {
        self.pane
    }
}

impl<'a, K: Data> Deref for WindowContext<'a, K> {
    type Target = PlainContext<'a>;

    #[inline]
    fn deref(&self) -> &PlainContext<'a> {
        &self.context
    }
}

impl<K: Data> fmt::Debug for WindowContext<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WindowContext")
            .field("window", &self.window)
            .field("pane", &self.pane)
            .finish_non_exhaustive()
    }
}
