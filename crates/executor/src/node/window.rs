//! Windows at the head of a stage: the engine's decisions on the state and timers of a host.
//!
//! A window's bytes, its start and end, are the namespace of its state and of its timers. In it stand
//! the contents (`window-contents`: an accumulator, or a list of elements) and, unless the windows fire
//! just once, the pane (`window-panes`). Which windows of a key there are (`window-active`) is only
//! noted down when windows merge, in the namespace of zeros, which is no window.

mod aggregate;
mod buffer;
mod element;
mod fold;
mod gather;
mod head;
mod namespace;
mod node;
mod pair;
mod process;
mod reduce;
mod stored;

pub(crate) use aggregate::Aggregate;
pub(crate) use buffer::Buffer;
pub(crate) use element::{Element, views};
pub(crate) use fold::{Fold, FoldReduce};
pub(crate) use head::{Windowed, Windowing};
pub(crate) use namespace::WIDTH;
pub(crate) use pair::{CoGroup, Join, Pair};
pub(crate) use process::{ProcessWindow, ProcessWindowNode};
pub(crate) use reduce::Reduce;

/// The state with a window's contents, as Flink calls it.
const CONTENTS: &str = "window-contents";
