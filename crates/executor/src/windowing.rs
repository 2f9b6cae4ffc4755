//! Windows: triggers and panes, once for every host.

mod machine;
