//! Graphs as SVG.

use std::fmt::Write;

use crate::pipeline::render::layout::{Line, NodeBox, layout};
use crate::proto::PipelineGraph;

/// Colours and fonts.
const STYLE: &str = "\
text{font-family:system-ui,sans-serif;text-anchor:middle}\
.name{font-size:13px;font-weight:600;fill:#1f2328}\
.detail{font-size:11px;fill:#59636e}\
.title{font-size:12px;font-weight:600;fill:#8a3b12}\
.label{font-size:11px;fill:#59636e;text-anchor:start}\
.node{fill:#ffffff;stroke:#8c959f}\
.frame{fill:#fdf1ea;stroke:#c2673a;stroke-width:1.5}\
.line{fill:none;stroke:#59636e;stroke-width:1.5;marker-end:url(#arrow)}\
.side{stroke-dasharray:5 4}";

pub(super) fn render(graph: &PipelineGraph) -> String {
    let layout = layout(graph);
    let (width, height) = (layout.width, layout.height);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width:.0}\" \
         height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\">\n\
         <title>{}</title>\n\
         <style>{STYLE}</style>\n\
         <defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" \
         markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#59636e\"/></marker></defs>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        escape(&graph.name)
    );
    for frame in &layout.frames {
        let place = frame.place;
        let _ = writeln!(
            svg,
            "<rect class=\"frame\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"10\"/>\
             <text class=\"title\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            place.x,
            place.y,
            place.width,
            place.height,
            place.x + place.width / 2.0,
            place.y + 22.0,
            escape(&frame.title)
        );
    }
    layout.lines.iter().for_each(|line| write_line(&mut svg, line));
    layout.nodes.iter().for_each(|node| write_node(&mut svg, node));
    svg += "</svg>\n";
    svg
}

fn write_node(svg: &mut String, node: &NodeBox) {
    let place = node.place;
    let middle = place.x + place.width / 2.0;
    let _ = writeln!(
        svg,
        "<g><title>{}</title>\
         <rect class=\"node\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"6\"/>\
         <text class=\"name\" x=\"{middle:.1}\" y=\"{:.1}\">{}</text>\
         <text class=\"detail\" x=\"{middle:.1}\" y=\"{:.1}\">{}</text></g>",
        escape(&node.full),
        place.x,
        place.y,
        place.width,
        place.height,
        place.y + 19.0,
        escape(&node.name),
        place.y + 35.0,
        escape(&node.detail)
    );
}

/// Leaves and arrives level, and bends in between.
fn write_line(svg: &mut String, line: &Line) {
    let Some(((x, y), behind)) = line.points.split_first() else { return };
    let mut path = format!("M{x:.1} {y:.1}");
    let (mut from_x, mut from_y) = (*x, *y);
    for (x, y) in behind {
        let straight = line.inside || (from_y - y).abs() < 0.05;
        if straight {
            let _ = write!(path, "L{x:.1} {y:.1}");
        } else {
            let bend = f64::midpoint(from_x, *x);
            let _ = write!(path, "C{bend:.1} {from_y:.1} {bend:.1} {y:.1} {x:.1} {y:.1}");
        }
        (from_x, from_y) = (*x, *y);
    }
    let class = if line.label.is_empty() { "line" } else { "line side" };
    let _ = writeln!(svg, "<path class=\"{class}\" d=\"{path}\"/>");
    if !line.label.is_empty() {
        let _ = writeln!(
            svg,
            "<text class=\"label\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            x + 8.0,
            y - 6.0,
            escape(&line.label)
        );
    }
}

/// Text as XML has it. Characters that XML cannot have are replaced.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            char if char.is_control() => escaped.push('\u{fffd}'),
            char => escaped.push(char),
        }
    }
    escaped
}
