//! Several streams as one.

use crate::pipeline::draft::DraftNode;
use crate::pipeline::{Executable, NodeKind, Stream};
use crate::types::Data;

impl<T: Data, E: Executable> Stream<T, E> {
    /// The records of this stream and of others, in no particular order.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let (low, high) = (p.sequence(1, 3), p.sequence(101, 103));
    /// low.union([&high]).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn union<'s>(&self, others: impl IntoIterator<Item = &'s Self>) -> Self
    where
        E: 's,
    {
        let others: Vec<_> = others.into_iter().map(|other| &other.port).collect();
        let node = DraftNode::new("union", NodeKind::Union).emits::<T>();
        Self::new(self.port.then_with(&others, node))
    }
}
