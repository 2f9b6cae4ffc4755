//! Graphs for people.

use std::time::Duration;

use brookite_core::function::{Collector, OutputTag};
use brookite_core::pipeline::{Connector, Pipeline, PipelineGraph, WatermarkStrategy};
use brookite_core::windowing::Tumbling;

use crate::errors::Click;
use crate::functions::{Both, Parse, REJECTED, Sum, WithKey};
use crate::graph;

const LATE: OutputTag<i64> = OutputTag::new("late");

/// Something of everything.
fn sample() -> PipelineGraph {
    graph(|p: &Pipeline| {
        p.name("numbers of words").parallelism(4).checkpoint_interval(Duration::from_secs(10));
        let words =
            p.read_text("/data/*.txt").flat_map(|line, out: &mut Collector<'_, &'static str>| {
                line.split(' ').for_each(|word| out.collect(word));
            });
        let numbers = words.name("split").process(Parse::default).name("parse");
        numbers.side_output(&REJECTED).write_text("/rejected");
        let late = WatermarkStrategy::bounded_out_of_orderness(2_000);
        let keyed = numbers.assign_timestamps(|number| *number, late).key_by(|number| number % 10);
        let windows = keyed.window(Tumbling::of(60_000)).allowed_lateness(500).late_output(&LATE);
        let sums =
            windows.aggregate_with_process(Sum::default, WithKey::default).name("sum per key");
        let sums = sums.uid("sums").parallelism(2);
        sums.side_output(&LATE).print_with("late").parallelism(1);
        let values = sums.map(|(_, sum)| sum);
        let texts = values.connect(&p.from_values(["<one> & \"two\""])).map(Both::default);
        texts.name("A & <B>\n").collect("all");
        let clicks = p.source::<Click>(Connector::new("datagen")).key_by_field::<i64>("user");
        clicks.map(|click| click.user).rebalance().print();
    })
}

const TEXT: &str = "\
pipeline 'numbers of words', parallelism 4, checkpoints every 10000 ms

1. read text
   lines of /data/*.txt -> STRING

2. split -> parse <- 1
   split: flat_map function of STRING -> STRING
   parse: process function of STRING -> BIGINT

3. line <- 2 'rejected'
   map function of STRING -> ROW<line STRING NOT NULL>

4. write text <- 3
   connector 'filesystem' of ROW<line STRING NOT NULL>

5. timestamps <- 2
   timestamps, 2 s out of order -> BIGINT

6. key_by <- 5
   key BIGINT from a closure -> TUPLE<BIGINT NOT NULL, BIGINT NOT NULL>

7. aggregate -> sum per key <- 6 (uid 'sums', parallelism 2)
   aggregate: aggregate function of BIGINT in tumbling windows of 1 min, 500 ms late -> BIGINT
   sum per key: process_window function of BIGINT by BIGINT -> TUPLE<BIGINT NOT NULL, BIGINT NOT NULL>

8. print <- 7 'late' (parallelism 1)
   print BIGINT

9. map <- 7
   map function of TUPLE<BIGINT NOT NULL, BIGINT NOT NULL> -> BIGINT

10. values
   1 value -> STRING

11. A & <B>� <- 9, 10
   co_map function of BIGINT and STRING -> STRING

12. collect all <- 11
   collect STRING as 'all'

13. datagen
   connector 'datagen' -> ROW<user BIGINT NOT NULL, at TIMESTAMP_LTZ(3) NOT NULL, button STRING>

14. key_by user <- 13
   key BIGINT from field 'user' -> ROW<user BIGINT NOT NULL, at TIMESTAMP_LTZ(3) NOT NULL, button STRING>

15. map <- 14
   map function of ROW<user BIGINT NOT NULL, at TIMESTAMP_LTZ(3) NOT NULL, button STRING> -> BIGINT

16. rebalance <- 15
   in turn to all instances -> BIGINT

17. print <- 16
   print BIGINT
";

#[test]
fn a_graph_as_text_has_a_paragraph_for_each_stage() {
    assert_eq!(sample().to_text(), TEXT);
}

const MERMAID: &str = "\
flowchart LR
  n0[\"read text<br/><small>lines of /data/#42;.txt</small>\"]
  subgraph s1[\"split -#62; parse\"]
    n1[\"split<br/><small>flat_map function of STRING</small>\"]
    n2[\"parse<br/><small>process function of STRING</small>\"]
  end
  n3[\"line<br/><small>map function of STRING</small>\"]
  n4[\"write text<br/><small>connector 'filesystem' of ROW#60;line STRING NOT NULL#62;</small>\"]
  n5[\"timestamps<br/><small>timestamps, 2 s out of order</small>\"]
  n6[\"key_by<br/><small>key BIGINT from a closure</small>\"]
  subgraph s6[\"aggregate -#62; sum per key\"]
    n7[\"aggregate<br/><small>aggregate function of BIGINT in tumbling windows of 1 min, 500 ms late</small>\"]
    n8[\"sum per key<br/><small>process_window function of BIGINT by BIGINT</small>\"]
  end
  n9[\"print<br/><small>print BIGINT</small>\"]
  n10[\"map<br/><small>map function of TUPLE#60;BIGINT NOT NULL, BIGINT NOT NULL#62;</small>\"]
  n11[\"values<br/><small>1 value</small>\"]
  n12[\"A #38; #60;B#62;#32;<br/><small>co_map function of BIGINT and STRING</small>\"]
  n13[\"collect all<br/><small>collect STRING as 'all'</small>\"]
  n14[\"datagen<br/><small>connector 'datagen'</small>\"]
  n15[\"key_by user<br/><small>key BIGINT from field 'user'</small>\"]
  n16[\"map<br/><small>map function of ROW#60;user BIGINT NOT NULL, at TIMESTAMP_LTZ#40;3#41; NOT NULL, button STRING#62;</small>\"]
  n17[\"rebalance<br/><small>in turn to all instances</small>\"]
  n18[\"print<br/><small>print BIGINT</small>\"]
  n0 --> n1
  n1 --> n2
  n2 -. \"rejected\" .-> n3
  n3 --> n4
  n2 --> n5
  n5 --> n6
  n6 --> n7
  n7 --> n8
  n7 -. \"late\" .-> n9
  n8 --> n10
  n10 --> n12
  n11 --> n12
  n12 --> n13
  n14 --> n15
  n15 --> n16
  n16 --> n17
  n17 --> n18
";

#[test]
fn a_mermaid_diagram_has_boxes_around_fused_functions_and_escapes_text() {
    assert_eq!(sample().to_mermaid(), MERMAID);
}

/// The elements that begin and end, in order; fails when they do not nest.
fn elements(svg: &str) -> Vec<String> {
    let (mut all, mut open) = (Vec::new(), Vec::new());
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        assert!(!text.contains('"') || text.contains("{"), "text is escaped: {text}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "elements nest");
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default().to_owned();
        if !tag.ends_with('/') {
            open.push(name.clone());
        }
        all.push(name);
    }
    assert!(open.is_empty(), "elements end: {open:?}");
    all
}

#[test]
fn an_svg_is_well_formed_and_has_a_box_for_each_node_and_a_frame_for_each_fused_stage() {
    let graph = sample();
    let svg = graph.to_svg();
    let elements = elements(&svg);
    assert_eq!(elements.iter().filter(|name| *name == "g").count(), graph.nodes.len());
    let fused = graph.stages.iter().filter(|stage| stage.nodes.len() > 1).count();
    assert_eq!(svg.matches("class=\"frame\"").count(), fused);
    assert!(svg.contains("A &amp; &lt;B&gt;"), "names are escaped");
    assert_eq!(svg, sample().to_svg());
}

#[test]
fn an_empty_graph_and_one_of_unknown_nodes_can_be_drawn() {
    let mut empty = PipelineGraph::default();
    assert!(empty.to_svg().ends_with("</svg>\n"));
    empty.nodes.push(Default::default());
    empty.stages.push(brookite_core::proto::PipelineStage {
        nodes: vec![String::new(), "gone".to_owned()],
        ..Default::default()
    });
    elements(&empty.to_svg());
    empty.to_text();
    empty.to_mermaid();
}

/// The boxes with that class: left, top, right, bottom.
fn boxes(svg: &str, class: &str) -> Vec<[f64; 4]> {
    let start = format!("<rect class=\"{class}\" ");
    let number = |tag: &str, name: &str| -> f64 {
        let value = tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.expect("it is there").parse().expect("it is a number")
    };
    let tags = svg.split(&start).skip(1).map(|rest| format!(" {rest}"));
    tags.map(|tag| {
        let (x, y) = (number(&tag, " x"), number(&tag, " y"));
        [x, y, x + number(&tag, " width"), y + number(&tag, " height")]
    })
    .collect()
}

#[test]
fn boxes_do_not_overlap() {
    let svg = sample().to_svg();
    for class in ["node", "frame"] {
        let boxes = boxes(&svg, class);
        for (index, one) in boxes.iter().enumerate() {
            for other in &boxes[index + 1..] {
                let apart = one[2] <= other[0]
                    || other[2] <= one[0]
                    || one[3] <= other[1]
                    || other[3] <= one[1];
                assert!(apart, "{one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn the_script_of_a_test_stream_is_counted() {
    let graph = graph(|p: &Pipeline| {
        let events = p.test_stream::<i64>("events");
        events.add(1).advance_watermark_to_infinity();
        events.stream().print();
    });
    assert!(graph.to_text().contains("1. events\n   2 events of a test -> BIGINT\n"));
}
