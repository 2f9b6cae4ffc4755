//! Where the boxes of a drawing are: columns of stages, from left to right.
//!
//! A stage is one column right of the last of those that it reads from. In a column stages are ordered
//! by where those are that they read from, so that few lines cross. A line that goes past columns has a
//! place of its own in each of them.

use std::collections::BTreeMap;

use crate::pipeline::render::describe::what;
use crate::proto::{PipelineGraph, PipelineStage};

/// The place between columns, for lines.
const COLUMN_GAP: f64 = 64.0;
/// The place between stages.
const STAGE_GAP: f64 = 24.0;
/// The place around everything.
const MARGIN: f64 = 24.0;
/// The place between a fused stage's frame and its nodes.
const PADDING: f64 = 12.0;
/// The place for a fused stage's name.
const TITLE: f64 = 24.0;
/// The height of a node.
const NODE_HEIGHT: f64 = 44.0;
/// The place between the nodes of a stage.
const NODE_GAP: f64 = 18.0;
/// The place for a line that goes past.
const PASSING: f64 = 12.0;
/// How far above a node's middle its side outputs begin.
const SIDE: f64 = 12.0;
/// About how wide a character of a name is, and of what is said about a node.
const NAME_CHAR: f64 = 7.8;
const DETAIL_CHAR: f64 = 6.2;
/// How much of a text there is place for.
const LONGEST: usize = 48;

/// A drawing.
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Of stages of several nodes.
    pub(super) frames: Vec<Frame>,
    pub(super) nodes: Vec<NodeBox>,
    pub(super) lines: Vec<Line>,
}

/// A stage's frame.
pub(super) struct Frame {
    pub(super) title: String,
    pub(super) place: Place,
}

/// A node's box.
pub(super) struct NodeBox {
    pub(super) name: String,
    pub(super) detail: String,
    /// All of the texts, of which the box may have only the beginning.
    pub(super) full: String,
    pub(super) place: Place,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A line from one node to another, through points.
pub(super) struct Line {
    pub(super) points: Vec<(f64, f64)>,
    /// Down inside of a stage, and not from left to right.
    pub(super) inside: bool,
    /// Stands above the beginning of the line.
    pub(super) label: String,
}

/// What takes place in a column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Stage(usize),
    /// The edge of that number, going past, and in which column.
    Passing(usize, usize),
}

/// Something that a stage reads.
struct Edge {
    from: usize,
    to: usize,
    from_node: String,
    to_node: String,
    label: String,
}

pub(super) fn layout(graph: &PipelineGraph) -> Layout {
    let edges = edges(graph);
    let ranks = ranks(graph.stages.len(), &edges);
    let columns = columns(&ranks, &edges);
    let sizes: Vec<_> = graph.stages.iter().map(|stage| size(graph, stage)).collect();
    let height = |item: &Item| match item {
        Item::Stage(stage) => sizes[*stage].1,
        Item::Passing(..) => PASSING,
    };
    let tall = |column: &[Item]| {
        column.iter().map(height).sum::<f64>() + STAGE_GAP * (column.len().max(1) - 1) as f64
    };
    let tallest = columns.iter().map(|column| tall(column)).fold(0.0, f64::max);

    let mut places = BTreeMap::new();
    let mut x = MARGIN;
    let mut gap = 0.0;
    for (rank, column) in columns.iter().enumerate() {
        let widths = column.iter().map(|item| match item {
            Item::Stage(stage) => sizes[*stage].0,
            Item::Passing(..) => 0.0,
        });
        let width = widths.fold(0.0, f64::max);
        let mut y = MARGIN + (tallest - tall(column)) / 2.0;
        for item in column {
            let own = match item {
                Item::Stage(stage) => sizes[*stage].0,
                Item::Passing(..) => width,
            };
            let place = Place { x: x + (width - own) / 2.0, y, width: own, height: height(item) };
            places.insert(*item, place);
            y += height(item) + STAGE_GAP;
        }
        gap = gap_behind(rank, &ranks, &edges);
        x += width + gap;
    }
    let width = (x - gap + MARGIN).max(2.0 * MARGIN);
    draw(graph, &edges, &places, (width, tallest + 2.0 * MARGIN))
}

/// The place behind a column, in which the labels of lines stand where they begin.
fn gap_behind(rank: usize, ranks: &[usize], edges: &[Edge]) -> f64 {
    let labels = edges.iter().filter(|edge| ranks[edge.from] == rank);
    let widths = labels.map(|edge| text_width(&shorten(&edge.label), DETAIL_CHAR));
    COLUMN_GAP.max(widths.fold(0.0, f64::max) + 32.0)
}

/// What stages read from others.
fn edges(graph: &PipelineGraph) -> Vec<Edge> {
    let stage_of = |uid: &str| {
        graph.stages.iter().position(|stage| stage.nodes.iter().any(|node| node == uid))
    };
    let mut edges = Vec::new();
    for node in &graph.nodes {
        for input in &node.inputs {
            let (Some(from), Some(to)) = (stage_of(&input.node), stage_of(&node.uid)) else {
                continue;
            };
            // A stage reads from those before it; whatever else a graph says is not drawn.
            if from < to {
                let (from_node, to_node) = (input.node.clone(), node.uid.clone());
                edges.push(Edge { from, to, from_node, to_node, label: input.side_output.clone() });
            }
        }
    }
    edges
}

/// The column of each stage.
fn ranks(stages: usize, edges: &[Edge]) -> Vec<usize> {
    let mut ranks = vec![0; stages];
    for stage in 0..stages {
        let before = edges.iter().filter(|edge| edge.to == stage).map(|edge| ranks[edge.from] + 1);
        ranks[stage] = before.max().unwrap_or(0);
    }
    ranks
}

/// What is in each column, from top to bottom.
fn columns(ranks: &[usize], edges: &[Edge]) -> Vec<Vec<Item>> {
    let count = ranks.iter().max().map_or(0, |last| last + 1);
    let mut columns: Vec<Vec<Item>> = vec![Vec::new(); count];
    for (stage, rank) in ranks.iter().enumerate() {
        columns[*rank].push(Item::Stage(stage));
    }
    for (number, edge) in edges.iter().enumerate() {
        let past = ranks[edge.from] + 1..ranks[edge.to];
        for (rank, column) in past.clone().zip(&mut columns[past]) {
            column.push(Item::Passing(number, rank));
        }
    }
    for index in 1..count {
        let (before, behind) = columns.split_at_mut(index);
        let Some(before) = before.last() else { continue };
        let position = |item: Item| before.iter().position(|other| *other == item);
        let weight = |item: &Item| {
            let from = |number: usize| {
                let stage = position(Item::Stage(edges[number].from));
                stage.or_else(|| position(Item::Passing(number, index - 1)))
            };
            let read: Vec<usize> = match item {
                Item::Passing(number, _) => from(*number).into_iter().collect(),
                Item::Stage(stage) => {
                    let read = edges.iter().enumerate().filter(|(_, edge)| edge.to == *stage);
                    read.filter_map(|(number, _)| from(number)).collect()
                }
            };
            read.iter().sum::<usize>() as f64 / read.len().max(1) as f64
        };
        behind[0].sort_by(|one, other| weight(one).total_cmp(&weight(other)));
    }
    columns
}

/// Width and height of a stage.
fn size(graph: &PipelineGraph, stage: &PipelineStage) -> (f64, f64) {
    let nodes = stage.nodes.len().max(1) as f64;
    let nodes_height = nodes * NODE_HEIGHT + (nodes - 1.0) * NODE_GAP;
    let width = node_width(graph, stage);
    if stage.nodes.len() > 1 {
        let title = text_width(&shorten(&stage.name), NAME_CHAR);
        (width.max(title) + 2.0 * PADDING, nodes_height + TITLE + 2.0 * PADDING)
    } else {
        (width, nodes_height)
    }
}

fn node_width(graph: &PipelineGraph, stage: &PipelineStage) -> f64 {
    let nodes = stage.nodes.iter().filter_map(|uid| graph.node(uid));
    let widths = nodes.map(|node| {
        let detail = text_width(&shorten(&what(node)), DETAIL_CHAR);
        text_width(&shorten(&node.name), NAME_CHAR).max(detail) + 2.0 * PADDING
    });
    widths.fold(80.0, f64::max)
}

/// Boxes and lines where the stages are.
fn draw(
    graph: &PipelineGraph,
    edges: &[Edge],
    places: &BTreeMap<Item, Place>,
    (width, height): (f64, f64),
) -> Layout {
    let mut layout =
        Layout { width, height, frames: Vec::new(), nodes: Vec::new(), lines: Vec::new() };
    let mut boxes = BTreeMap::new();
    for (index, stage) in graph.stages.iter().enumerate() {
        let place = places.get(&Item::Stage(index)).copied().unwrap_or_default();
        let fused = stage.nodes.len() > 1;
        let (inset, top) = if fused { (PADDING, PADDING + TITLE) } else { (0.0, 0.0) };
        if fused {
            layout.frames.push(Frame { title: shorten(&stage.name), place });
        }
        let mut y = place.y + top;
        let mut above: Option<Place> = None;
        for node in stage.nodes.iter().filter_map(|uid| graph.node(uid)) {
            let width = place.width - 2.0 * inset;
            let place = Place { x: place.x + inset, y, width, height: NODE_HEIGHT };
            boxes.insert(node.uid.as_str(), place);
            let what = what(node);
            layout.nodes.push(NodeBox {
                name: shorten(&node.name),
                detail: shorten(&what),
                full: format!("{} ({}): {what}", node.name, node.uid),
                place,
            });
            if let Some(above) = above {
                let x = place.x + width / 2.0;
                let points = vec![(x, above.y + NODE_HEIGHT), (x, y)];
                layout.lines.push(Line { points, inside: true, label: String::new() });
            }
            above = Some(place);
            y += NODE_HEIGHT + NODE_GAP;
        }
    }
    for (number, edge) in edges.iter().enumerate() {
        let (Some(from), Some(to)) =
            (boxes.get(edge.from_node.as_str()), boxes.get(edge.to_node.as_str()))
        else {
            continue;
        };
        // A side output has its own place to begin at, for its label.
        let side = if edge.label.is_empty() { 0.0 } else { SIDE };
        let mut points = vec![(from.x + from.width, from.y + from.height / 2.0 - side)];
        // Columns stand from left to right, and so do the places of a line in them.
        let mut passing: Vec<_> = places
            .iter()
            .filter(|(item, _)| matches!(item, Item::Passing(passing, _) if *passing == number))
            .map(|(_, place)| *place)
            .collect();
        passing.sort_by(|one, other| one.x.total_cmp(&other.x));
        for place in passing {
            let y = place.y + place.height / 2.0;
            points.extend([(place.x, y), (place.x + place.width, y)]);
        }
        points.push((to.x, to.y + to.height / 2.0));
        layout.lines.push(Line { points, inside: false, label: shorten(&edge.label) });
    }
    layout
}

/// The beginning of a text that is too long.
fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

/// About how wide a text is: those of East Asia have characters twice as wide as others.
fn text_width(text: &str, char_width: f64) -> f64 {
    let width = |char: char| if u32::from(char) >= 0x1100 { 2.0 } else { 1.0 };
    text.chars().map(width).sum::<f64>() * char_width
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Pipeline;

    #[test]
    fn lines_go_past_boxes_and_not_through_them() {
        let p: Pipeline = Pipeline::new("test");
        let numbers = p.sequence(1, 9);
        let mut far = numbers.map(|n| n + 1).map(|n| n + 2).rebalance();
        for _ in 0..4 {
            far = far.union([&numbers, &p.sequence(1, 2)]).map(|n| n + 1).map(|n| n + 2);
        }
        far.print();
        let graph = p.build().expect("it can be built").graph;
        let layout = layout(&graph);
        let frames = layout.frames.iter().map(|frame| frame.place);
        let boxes: Vec<_> = frames.chain(layout.nodes.iter().map(|node| node.place)).collect();
        let passing = layout.lines.iter().filter(|line| line.points.len() > 2);
        let mut seen = 0;
        for line in passing {
            for pair in line.points[1..line.points.len() - 1].chunks(2) {
                let [(left, y), (right, _)] = pair else { panic!("a place has two ends") };
                let through = |place: &Place| {
                    place.x < *right
                        && *left < place.x + place.width
                        && place.y < *y
                        && *y < place.y + place.height
                };
                assert!(!boxes.iter().any(through), "{left} to {right} at {y}");
                seen += 1;
            }
        }
        assert!(seen > 3, "there are lines that go past");
    }
}
