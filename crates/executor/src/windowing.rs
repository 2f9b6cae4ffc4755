//! Windows: triggers and panes, once for every host.
//!
//! An [`Engine`] decides what happens to a record and to a timer under a
//! [`WindowingStrategy`](brookite_core::windowing::WindowingStrategy). It keeps nothing itself. What
//! there is to keep lies with the caller, who implements [`Windows`] for one key: the windows' panes and
//! contents, the timers, the clocks. A stage implements it on the state and timers of its host; a
//! program of your own, or a test, can do so on maps.

mod engine;
mod machine;
mod pane;

pub use engine::{ActiveWindows, Clock, Engine, Firing, Windows};
pub use pane::{MalformedPane, Pane};
