//! Where records come from.

mod collection;
mod files;
mod record_files;
mod sequence;
mod test_stream;
mod text_files;

pub(crate) use collection::CollectionSource;
pub(crate) use files::{FileKind, FilesSource, Place};
pub(crate) use record_files::RecordFiles;
pub(crate) use sequence::SequenceSource;
pub(crate) use test_stream::{Fed, TestStreamSource};
pub(crate) use text_files::TextFiles;

/// A source emits so many records in one call, at most.
pub(crate) const AT_ONCE: usize = 256;

/// How many records a source emits in one call.
pub(crate) fn at_once(one: bool) -> usize {
    if one { 1 } else { AT_ONCE }
}
