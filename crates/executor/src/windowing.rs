//! Windows: triggers and panes, once for every host.

mod engine;
mod machine;
mod pane;
