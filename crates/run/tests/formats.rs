//! Files that one runner has written, read by the other, as `cargo xtask submission` runs it.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use brookite_run::{Embedded, Flink, LocalRunner, Runner};
use pipelines::formats::copy_tables;

/// The columns: a boolean, whole numbers of one to eight bytes, two numbers with a point, text, bytes as
/// base64, two decimals, a day, a time, and both; as Flink writes them.
const ROWS: &str = "\
    true,-128,-32768,-2147483648,-9223372036854775808,1.5,0.1,brook,AAECAw==,12345678.9,\
    12345678901234567890.123456789012345678,2024-02-29,23:59:59,\"2020-12-30 12:13:14.123\"\n\
    false,127,32767,2147483647,9223372036854775807,-3.4028235E38,-1.7976931348623157E308,\"brø, ok\",/w==,-0.05,\
    -1E-18,1969-12-31,00:00:00,\"1969-12-31 23:59:59.999\"\n\
    null,null,null,null,null,null,null,null,null,null,null,null,null,null\n";

fn variable(name: &str) -> String {
    env::var(name).expect("set by `cargo xtask submission`")
}

/// The jars of formats that Flink does not have of itself.
fn jars() -> impl Iterator<Item = PathBuf> {
    let files = fs::read_dir(variable("BROOKITE_TEST_FORMATS")).unwrap();
    files.map(|file| file.unwrap().path())
}

fn embedded() -> Runner {
    let flink = Embedded::new().parallelism(1).jvm_option("-Xmx1g");
    Runner::Embedded(jars().fold(flink, Embedded::jar))
}

fn cluster() -> Runner {
    let flink = Flink::at(variable("BROOKITE_TEST_CLUSTER")).parallelism(1);
    Runner::Flink(jars().fold(flink, Flink::jar))
}

/// Copies tables, each from a place to another.
fn copy(runner: &Runner, folder: &Path, copies: &[(&str, &str)]) {
    let place = |place: &str| {
        let (format, name) = place.split_once(':').unwrap();
        format!("{format}:{}", folder.join(name).display())
    };
    let places: Vec<_> = copies.iter().flat_map(|(from, to)| [place(from), place(to)]).collect();
    runner.start(copy_tables, places).unwrap().wait().unwrap();
}

/// The lines of all files of a table.
fn lines(table: &Path) -> Vec<String> {
    let files = fs::read_dir(table).unwrap().map(|file| file.unwrap().path());
    let text: String = files.map(|file| fs::read_to_string(file).unwrap()).collect();
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
#[ignore = "needs Flink's classes: cargo xtask submission"]
fn what_one_runner_writes_the_other_reads() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("rows"), ROWS).unwrap();
    let mut rows: Vec<_> = ROWS.lines().collect();
    rows.sort();
    let local = Runner::Local(LocalRunner::new().parallelism(1));

    let copies =
        ["csv", "json", "parquet"].map(|format| (format, format!("{format}:local-{format}")));
    let copies: Vec<_> = copies.iter().map(|(_, to)| ("csv:rows", to.as_str())).collect();
    copy(&local, folder, &copies);
    copy(
        &embedded(),
        folder,
        &[
            ("csv:rows", "csv:flink-csv"),
            ("csv:rows", "json:flink-json"),
            ("csv:rows", "parquet:flink-parquet"),
            ("csv:rows", "avro:flink-avro"),
            ("csv:local-csv", "csv:a"),
            ("json:local-json", "csv:b"),
            ("parquet:local-parquet", "csv:c"),
        ],
    );
    copy(
        &local,
        folder,
        &[
            ("csv:flink-csv", "csv:d"),
            ("json:flink-json", "csv:e"),
            ("parquet:flink-parquet", "csv:f"),
        ],
    );
    copy(&cluster(), folder, &[("avro:flink-avro", "csv:g"), ("parquet:local-parquet", "csv:h")]);
    for table in ["local-csv", "flink-csv", "a", "b", "c", "d", "e", "f", "g", "h"] {
        assert_eq!(lines(&folder.join(table)), rows, "{table}");
    }
    assert_eq!(lines(&folder.join("local-json")), lines(&folder.join("flink-json")));
}
