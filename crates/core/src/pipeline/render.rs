//! Graphs for people: as text, as a Mermaid diagram, and as SVG.
//!
//! All are made from the graph alone, and look the same for equal graphs. What comes from the program,
//! such as names, is escaped.

mod describe;
mod layout;
mod mermaid;
mod svg;
mod text;

use crate::proto::PipelineGraph;

impl PipelineGraph {
    /// The graph as text: a paragraph for each stage, a line for each node.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// let p: Pipeline = Pipeline::new("lengths");
    /// p.from_values(["to", "be"]).map(|word| word.len() as i64).print();
    /// let expected = "\
    /// pipeline 'lengths'
    ///
    /// 1. values
    ///    2 values -> STRING
    ///
    /// 2. map <- 1
    ///    map function of STRING -> BIGINT
    ///
    /// 3. print <- 2
    ///    print BIGINT
    /// ";
    /// assert_eq!(p.build()?.graph.to_text(), expected);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn to_text(&self) -> String {
        text::render(self)
    }

    /// The graph as a diagram in Mermaid's language, which Markdown viewers draw. Stages of several
    /// functions are boxes around them.
    pub fn to_mermaid(&self) -> String {
        mermaid::render(self)
    }

    /// The graph as an SVG picture. Stages of several functions are boxes around them.
    pub fn to_svg(&self) -> String {
        svg::render(self)
    }
}
