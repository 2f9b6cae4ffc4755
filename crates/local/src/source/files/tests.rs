//! Sources of files, made as a job makes them.

use std::fs;

use brookite_core::proto::{ConnectorNode, ConnectorWatermark, TextFilesNode, TextRecords};
use brookite_core::types::{DataType, Field, Kind};
use prost::encoding::encode_varint;

use super::*;
use crate::body::{Surroundings, maker};
use crate::clock::Clock;
use crate::plan::{Operator, Work};
use crate::record::Item;
use crate::task::Body;

/// A source of the files of a folder.
type Make = fn(&Path) -> Work;

/// All kinds of sources of files, and how far each has read after the first two lines of [`filled`].
const KINDS: [(Make, Place); 3] = [
    (lines, Place { read: 46, lines: 2 }),
    (records, Place { read: 2, lines: 0 }),
    (rows, Place { read: 2, lines: 0 }),
];

fn lines(folder: &Path) -> Work {
    Work::TextFiles(TextFilesNode { path: folder.display().to_string(), records: None })
}

fn records(folder: &Path) -> Work {
    let records = Some(TextRecords::default());
    Work::TextFiles(TextFilesNode { path: folder.display().to_string(), records })
}

fn rows(folder: &Path) -> Work {
    let options = [("path", folder.display().to_string()), ("format", "csv".to_owned())];
    let node = ConnectorNode {
        connector: "filesystem".to_owned(),
        options: options.map(|(key, value)| (key.to_owned(), value)).into(),
        watermark: Some(ConnectorWatermark { column: "at".to_owned(), delay_ms: 300 }),
        ..ConnectorNode::default()
    };
    let column =
        |name: &str, kind| Field { name: name.to_owned(), data_type: DataType::required(kind) };
    let columns = vec![column("id", Kind::BigInt), column("at", Kind::Timestamp(3))];
    Work::ReadConnector(node, DataType::required(Kind::Row(columns)))
}

fn source(work: Work) -> Box<dyn Source> {
    let operator = Operator {
        uid: "read".to_owned(),
        name: "read".to_owned(),
        parallelism: 1,
        work,
        legs: Vec::new(),
        chains_up: true,
        chains_down: true,
    };
    let surroundings = Surroundings {
        functions: Default::default(),
        clock: Clock::Machine,
        collected: Default::default(),
        batch: false,
        deterministic: true,
        feeds: None,
        checkpoints: true,
    };
    match maker(&operator, &surroundings).unwrap()(0, 1).unwrap() {
        Body::Source(source) => source,
        Body::Operator(_) => panic!("expected a source"),
    }
}

/// A folder with three files, of which the second has nothing in it.
fn filled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let line = |number: i64| format!("{number},1970-01-01 00:00:0{number}");
    let first = [line(1), line(2), line(3)].join("\r\n");
    fs::write(folder.path().join("a"), first).unwrap();
    fs::write(folder.path().join("b"), "").unwrap();
    fs::write(folder.path().join("c"), [line(4), line(5)].join("\n") + "\n").unwrap();
    folder
}

/// What one call emits; `None` at the end.
fn poll(source: &mut dyn Source, one: bool) -> Option<Vec<String>> {
    let mut out = Emitted::default();
    let poll = source.poll(one, &mut out).unwrap();
    let mut start = 0;
    let shown = out.items().iter().map(|item| match *item {
        Item::Record { end, timestamp, .. } => {
            let bytes = &out.bytes()[std::mem::replace(&mut start, end)..end];
            format!("{timestamp}: {bytes:?}")
        }
        Item::Watermark(watermark) => format!("watermark {watermark}"),
        Item::Idle(idle) => format!("idle {idle}"),
    });
    let shown: Vec<_> = shown.collect();
    match poll {
        Poll::More => Some(shown),
        Poll::End => {
            assert!(shown.is_empty(), "{shown:?} at the end");
            None
        }
        Poll::Wait(_) => panic!("a file is there"),
    }
}

fn rest(source: &mut dyn Source) -> Vec<Vec<String>> {
    std::iter::from_fn(|| poll(source, true)).collect()
}

/// A position as checkpoints have had it from the beginning.
fn position(files: [PathBuf; 2], file: PathBuf, place: Place) -> Vec<u8> {
    let mut bytes = Vec::new();
    let [next, last] = files;
    for (number, file) in [(1, next), (1, last), (2, file)] {
        let text = file.display().to_string();
        bytes.push(number << 3 | 2);
        encode_varint(text.len() as u64, &mut bytes);
        bytes.extend_from_slice(text.as_bytes());
    }
    for (number, value) in [(3, place.read), (4, place.lines)] {
        if value > 0 {
            bytes.push(number << 3);
            encode_varint(value, &mut bytes);
        }
    }
    bytes
}

#[test]
fn a_source_goes_on_behind_whatever_it_emitted() {
    let folder = filled();
    for (make, _) in KINDS {
        let all = rest(&mut *source(make(folder.path())));
        assert_eq!(all.len(), 5, "{all:?}");
        for emitted in 0..=all.len() {
            let mut before = source(make(folder.path()));
            (0..emitted).for_each(|at| assert_eq!(poll(&mut *before, true).as_ref(), all.get(at)));
            let mut after = source(make(folder.path()));
            after.open(Some(&before.snapshot())).unwrap();
            assert_eq!(rest(&mut *after), all[emitted..]);
        }
    }
}

#[test]
fn positions_of_earlier_checkpoints_are_still_read_and_written() {
    let folder = filled();
    let [a, b, c] = ["a", "b", "c"].map(|name| folder.path().join(name));
    for (make, place) in KINDS {
        let mut before = source(make(folder.path()));
        (0..2).for_each(|_| assert!(poll(&mut *before, true).is_some()));
        let earlier = position([c.clone(), b.clone()], a.clone(), place);
        assert_eq!(before.snapshot(), earlier);
        let mut after = source(make(folder.path()));
        after.open(Some(&earlier)).unwrap();
        assert_eq!(rest(&mut *after), rest(&mut *before));
    }
}

#[test]
fn no_position_is_told_as_such() {
    let folder = filled();
    for (make, _) in KINDS {
        let error = source(make(folder.path())).open(Some(b"\x0a\xff")).unwrap_err();
        assert!(matches!(error, JobError::Checkpoint(_)), "{error}");
    }
}

#[test]
fn a_watermark_comes_behind_all_rows_of_a_call() {
    let folder = filled();
    let mut one = source(rows(folder.path()));
    let first = poll(&mut *one, true).unwrap();
    assert!(first[0].starts_with("1000: "), "{first:?}");
    assert_eq!(first[1..], ["watermark 700"]);

    let line = |at: usize| format!("{at},1970-01-01 00:{:02}:{:02}\n", at / 60, at % 60);
    fs::write(folder.path().join("a"), (0..300).map(line).collect::<String>()).unwrap();
    let mut many = source(rows(folder.path()));
    let (first, second) = (poll(&mut *many, false).unwrap(), poll(&mut *many, false).unwrap());
    assert_eq!((first.len(), first[256].as_str()), (257, "watermark 254700"));
    // The rows of the third file are old: the watermark does not go back.
    assert_eq!((second.len(), second[46].as_str()), (47, "watermark 298700"));
    assert_eq!(poll(&mut *many, false), None);
}
