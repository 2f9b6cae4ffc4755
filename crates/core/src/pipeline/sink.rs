//! Ends of streams.

use std::fmt;

use crate::pipeline::connector::Connector;
use crate::pipeline::draft::{DraftNode, Port};
use crate::pipeline::options::node_options;
use crate::pipeline::{Executable, KeyedStream, NodeKind, Rows, Stream};
use crate::proto::{CollectNode, PrintNode};
use crate::types::{Data, Key};

/// The end of a stream.
pub struct StreamSink<E = ()> {
    port: Port<E>,
}

impl<E> StreamSink<E> {
    fn new(port: Port<E>) -> Self {
        Self { port }
    }

    node_options!();
}

impl<E> fmt::Debug for StreamSink<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamSink").finish_non_exhaustive()
    }
}

impl<T: Data, E: Executable> Stream<T, E> {
    /// Writes each record to the standard output of the task, a line each.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.from_values(["to", "be"]).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn print(&self) -> StreamSink<E> {
        self.print_with("")
    }

    /// Writes each record to the standard output of the task, with `prefix` in front of each line.
    pub fn print_with(&self, prefix: &str) -> StreamSink<E> {
        let input = Some((&T::data_type()).into());
        let node = PrintNode { prefix: prefix.to_owned(), input };
        StreamSink::new(self.port.then(DraftNode::new("print", NodeKind::Print(node))))
    }

    /// Hands the records to the program that runs the pipeline, under that name: for tests and small
    /// results.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.sequence(1, 3).map(|number| number * number).collect("squares");
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn collect(&self, name: &str) -> StreamSink<E> {
        let input = Some((&T::data_type()).into());
        let node = CollectNode { name: name.to_owned(), input };
        let port =
            self.port.then(DraftNode::new(format!("collect {name}"), NodeKind::Collect(node)));
        if name.is_empty() {
            port.problem(crate::pipeline::NodeProblem::Empty { what: "collect name" });
        }
        StreamSink::new(port)
    }

    /// Writes each record, a row or a [change](crate::row::Change) of one, into a connector of Flink SQL.
    /// Its columns are the row's. Changes need a connector with a primary key.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// # use brookite_core::pipeline::Connector;
    /// # use brookite_macros::Row;
    /// #[derive(Row)]
    /// struct Length {
    ///     word: String,
    ///     length: i64,
    /// }
    ///
    /// let files = Connector::new("filesystem").option("path", "/tmp/lengths").format("csv");
    /// p.from_values(["to", "be"])
    ///     .map(|word| Length { word: word.to_owned(), length: word.len() as i64 })
    ///     .sink(files)
    ///     .name("lengths");
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn sink(&self, connector: Connector) -> StreamSink<E>
    where
        T: Rows,
    {
        let name = connector.name().to_owned();
        let check = connector.check(&T::data_type(), false);
        let mut node = connector.into_node();
        node.input = Some((&T::data_type()).into());
        let port = self.port.then(DraftNode::new(name, NodeKind::ConnectorSink(node)));
        port.check(check);
        StreamSink::new(port)
    }
}

impl<K: Key, T: Data, E: Executable> KeyedStream<K, T, E> {
    /// Writes each record to the standard output of the task that has its key.
    pub fn print(&self) -> StreamSink<E> {
        self.records().print()
    }

    /// Hands the records to the program that runs the pipeline; see [`Stream::collect`].
    pub fn collect(&self, name: &str) -> StreamSink<E> {
        self.records().collect(name)
    }
}
