//! [`Rows`]: records that connectors read and write.

use crate::row::{Change, Row};
use crate::types::Data;

/// Records with named columns: a struct with `#[derive(Row)]`, or a [`Change`] of one for connectors of
/// tables that change.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no row",
    label = "expected a struct with `#[derive(Row)]`, or a `Change` of one",
    note = "connectors read and write rows with named columns: make one of the record with `.map(..)`, or \
            use `from_values`, `read_text`, `write_text`, `print` or `collect`"
)]
pub trait Rows: Data {}

impl<T: Row> Rows for T {}

impl<T: Row> Rows for Change<T> {}
