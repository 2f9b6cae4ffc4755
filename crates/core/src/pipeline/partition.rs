//! Which parallel instance gets a record.

use crate::pipeline::closure::Beside;
use crate::pipeline::draft::DraftNode;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::{Executable, Make, NodeKind, Returns, Stream};
use crate::proto::PartitionNode;
use crate::proto::partition_node::Kind;
use crate::types::{Data, View};

/// A node that deals out records.
pub(crate) fn partition<T: Data, E>(name: &str, kind: Kind) -> DraftNode<E> {
    let node = PartitionNode { kind: kind.into(), partitioner: None };
    DraftNode::new(name, NodeKind::Partition(node)).emits::<T>()
}

impl<T: Data, E: Executable> Stream<T, E> {
    /// Deals records out in turn to all instances of what reads the stream: for an uneven load.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.sequence(1, 100).rebalance().map(|number| number * number).parallelism(4).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn rebalance(&self) -> Self {
        self.then(partition::<T, E>("rebalance", Kind::Rebalance))
    }

    /// Deals records out in turn to some of the instances of what reads the stream, so that as few
    /// as possible go over the network.
    #[must_use]
    pub fn rescale(&self) -> Self {
        self.then(partition::<T, E>("rescale", Kind::Rescale))
    }

    /// Sends each record to any instance of what reads the stream, by chance.
    #[must_use]
    pub fn shuffle(&self) -> Self {
        self.then(partition::<T, E>("shuffle", Kind::Shuffle))
    }

    /// Leaves each record in its parallel instance. What reads the stream has as many.
    #[must_use]
    pub fn forward(&self) -> Self {
        self.then(partition::<T, E>("forward", Kind::Forward))
    }

    /// Sends all records to the first instance of what reads the stream.
    #[must_use]
    pub fn global(&self) -> Self {
        self.then(partition::<T, E>("global", Kind::Global))
    }

    /// Sends each record to the partition that a closure says, modulo how many instances there are of what
    /// reads the stream.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.sequence(1, 100).partition_custom(|number| (number % 7) as i32).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn partition_custom<R, C>(&self, closure: C) -> Self
    where
        R: Returns<Value = i32> + 'static,
        C: for<'a, 'v> Fn(&'v View<'a, T>) -> R + Clone + Send + Sync + 'static,
    {
        let make = Make::new(move || Beside::<T, R, C>::new(closure.clone()));
        let Runnable { function, keep } = Runnable::map(make);
        let node = PartitionNode { kind: Kind::Custom.into(), partitioner: Some(function) };
        let node = DraftNode::new("partition_custom", NodeKind::Partition(node));
        self.then(node.keep(keep).emits::<(i32, T)>())
    }
}
