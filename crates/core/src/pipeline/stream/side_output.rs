//! What nodes emit beside their results, and records seen as another type.

use crate::function::OutputTag;
use crate::pipeline::draft::Port;
use crate::pipeline::stages::side_outputs;
use crate::pipeline::{Executable, NodeKind, NodeProblem, Stream};
use crate::types::{Data, DataType};

impl<T: Data, E: Executable> Stream<T, E> {
    /// What the node emits into a side output: one that its function declares, or that of its windows'
    /// late records.
    ///
    /// An example stands at [`process`](Self::process).
    #[must_use]
    pub fn side_output<S: Data>(&self, tag: &OutputTag<S>) -> Stream<S, E> {
        let name = tag.name();
        let mut from = self.port.clone();
        // Late records are those of the windows, which may stand before the node's function.
        let windows = self.port.draft.borrow().nodes.iter().position(|node| {
            node.part_of == Some(self.port.node) && side_outputs(&node.kind).contains(&name)
        });
        from.node = windows.unwrap_or(from.node);
        name.clone_into(&mut from.side_output);
        self.port.check(check(&from, name, &S::data_type()));
        Stream::new(from)
    }

    /// The same records, seen as another Rust type that describes the same type of a stream, such as
    /// `(&'static str, i64)` in place of `(String, i64)`. Adds no node.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let words = p.from_values(["to", "be"]).map(|word| word.to_uppercase());
    /// words.view_as::<&str>().filter(|word| !word.is_empty()).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn view_as<U: Data>(&self) -> Stream<U, E> {
        if let Some(difference) = T::data_type().difference(&U::data_type()) {
            let seen_as = std::any::type_name::<U>();
            self.port.problem(NodeProblem::View { seen_as, difference });
        }
        Stream::new(self.port.clone())
    }
}

/// Whether the node has such a side output.
fn check<E>(port: &Port<E>, name: &str, found: &DataType) -> Result<(), NodeProblem> {
    let draft = port.draft.borrow();
    let NodeKind::Function(node) = &draft.nodes[port.node].kind else {
        return Err(NodeProblem::NoSideOutput {
            name: name.to_owned(),
            known: "none".to_owned(),
            hint: "only functions have side outputs",
        });
    };
    let function = node.function.as_ref();
    let mut declared = function.into_iter().flat_map(|function| &function.side_outputs);
    let expected = match declared.find(|output| output.name == name) {
        Some(output) => output.r#type.as_ref(),
        None if node.late_output == name => function.and_then(|function| function.input.as_ref()),
        None => {
            let known = side_outputs(&draft.nodes[port.node].kind).join(", ");
            return Err(NodeProblem::NoSideOutput {
                name: name.to_owned(),
                known: if known.is_empty() { "none".to_owned() } else { known },
                hint: "declare it in the function's `side_outputs`, or send late records into it with \
                       `late_output`",
            });
        }
    };
    let expected = expected.and_then(|expected| DataType::try_from(expected).ok());
    match expected.and_then(|expected| expected.difference(found)) {
        Some(difference) => Err(NodeProblem::SideOutputType { name: name.to_owned(), difference }),
        None => Ok(()),
    }
}
