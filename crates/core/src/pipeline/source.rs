//! Beginnings of streams.

use crate::pipeline::connector::Connector;
use crate::pipeline::draft::{DraftNode, Port};
use crate::pipeline::{Executable, NodeKind, NodeProblem, Pipeline, Rows, Stream};
use crate::proto::{CollectionElement, CollectionNode, SequenceNode, TextFilesNode, TextRecords};
use crate::types::Data;

impl<E: Executable> Pipeline<E> {
    /// The stream of these values, which stand in the graph: for small inputs and tests.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.from_values([("to", 1), ("be", 2)]).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn from_values<T>(&self, values: impl IntoIterator<Item = T>) -> Stream<T, E>
    where
        T: Data<View<'static> = T>,
    {
        let mut elements = Vec::new();
        let mut problem = None;
        for (index, value) in values.into_iter().enumerate() {
            let mut record = Vec::new();
            if let Err(source) = T::encode(&value, &mut record) {
                problem.get_or_insert(NodeProblem::Value { index, source });
            }
            elements.push(CollectionElement { record });
        }
        let kind = NodeKind::Collection(CollectionNode { elements });
        let stream = self.add(DraftNode::new("values", kind).emits::<T>());
        stream.port.check(problem.map_or(Ok(()), Err));
        stream
    }

    /// The stream of the numbers from `first` to `last`, both of them in it.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.sequence(1, 1_000).filter(|number| number % 7 == 0).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn sequence(&self, first: i64, last: i64) -> Stream<i64, E> {
        let kind = NodeKind::Sequence(SequenceNode { first, last });
        self.add(DraftNode::new("sequence", kind).emits::<i64>())
    }

    /// The stream of the lines of text files: of one, of all in a folder, or of those that a pattern
    /// with `*`, `?`, `[..]` or `**` names.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.read_text("logs/**/*.txt").filter(|line| line.contains("ERROR")).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn read_text(&self, path: impl Into<String>) -> Stream<&'static str, E> {
        self.text_files("read text", path.into(), None)
    }

    /// The stream of the records of text files, for functions that parse them: the file, the number of the
    /// line in which the record begins, from 1, and its bytes without the end of its last line. `records`
    /// says where they end: with each line, unless it names a quote.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline, proto::TextRecords};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.read_records("logs/*.txt", TextRecords::default())
    ///     .filter(|(_, _, bytes)| std::str::from_utf8(bytes).is_err())
    ///     .map(|(file, line, _)| format!("{file}: line {line} is no text"))
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn read_records(
        &self,
        path: impl Into<String>,
        records: TextRecords,
    ) -> Stream<(&'static str, i64, &'static [u8]), E> {
        self.text_files("read files", path.into(), Some(records))
    }

    fn text_files<T: Data>(
        &self,
        name: &str,
        path: String,
        records: Option<TextRecords>,
    ) -> Stream<T, E> {
        let empty = path.is_empty();
        let kind = NodeKind::TextFiles(TextFilesNode { path, records });
        let stream = self.add(DraftNode::new(name, kind).emits::<T>());
        if empty {
            stream.port.problem(NodeProblem::Empty { what: "path" });
        }
        stream
    }

    /// The stream of the rows that a connector of Flink SQL reads. `T` says what columns they
    /// have. Rows of a table that changes are [`Change`](crate::row::Change)s.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// // A struct with `#[derive(Row)]` has the columns.
    /// # use brookite_core::pipeline::Connector;
    /// # use brookite_macros::Row;
    /// #[derive(Row)]
    /// struct Click<'a> {
    ///     user: &'a str,
    ///     count: i64,
    /// }
    ///
    /// let clicks = Connector::new("kafka")
    ///     .option("topic", "clicks")
    ///     .option("properties.bootstrap.servers", "localhost:9092")
    ///     .format("json");
    /// p.source::<Click<'_>>(clicks).map(|click| click.count).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn source<T: Rows>(&self, connector: Connector) -> Stream<T, E> {
        let name = connector.name().to_owned();
        let check = connector.check(&T::data_type(), true);
        let kind = NodeKind::ConnectorSource(connector.into_node());
        let stream = self.add(DraftNode::new(name, kind).emits::<T>());
        stream.port.check(check);
        stream
    }

    fn add<T>(&self, node: DraftNode<E>) -> Stream<T, E> {
        Stream::new(Port::source(&self.draft, node))
    }
}
