//! How fast coders are: criterion's medians of core's coders, beside Flink's own serializer for text in a
//! JVM of the same run.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::java::Jobs;
use crate::layout::Layout;
use crate::setup::JavaTools;
use crate::{step, versions};

const FLINK: &str = "org.brookite.bench.StringSerializerBench";

/// Bytes of text in a pass of the text benches: 1,024 texts of 100 characters.
const TEXT_BYTES: f64 = 102_400.0;

/// The formats of the row, as the bench names them.
const ROWS: [(&str, &str); 3] =
    [("", "Brookite, Flink's BinaryRowData"), ("bincode ", "serde + bincode"), ("prost ", "prost")];

/// Runs both benches, prints the tables and leaves them in target/bench.
pub(crate) fn run() -> Result<()> {
    let layout = Layout::find()?;
    let tools = JavaTools::find_or_install()?;
    let jobs = Jobs::build(&layout, &tools)?;

    let mut command = layout.cargo("bench");
    command.args(["--package", "brookite-core", "--bench", "coders"]);
    step::run("core's coders", &mut command)?;
    let flink = step::run("Flink's StringSerializer", &mut jobs.command(&tools, FLINK))?;
    let flink: Value = flink
        .lines()
        .find_map(|line| if line.starts_with('{') { serde_json::from_str(line).ok() } else { None })
        .with_context(|| format!("the bench in Java measured nothing; it printed:\n{flink}"))?;

    let target = layout.root().join("target");
    let mut table = format!("{}\n\n", versions::describe(&layout, &tools));
    table +=
        "| row of BIGINT, STRING of 20, DOUBLE, TIMESTAMP(3), INT | decode, ns | encode, ns |\n";
    table += "|---|---:|---:|\n";
    for (prefix, name) in ROWS {
        let decode = median(&target, "row", &format!("{prefix}decode"))?;
        let encode = median(&target, "row", &format!("{prefix}encode"))?;
        table += &format!("| {name} | {decode:.1} | {encode:.1} |\n");
    }
    table +=
        "\n| 100 ASCII characters in Flink's String format | read, ns/byte | write, ns/byte |\n";
    table += "|---|---:|---:|\n";
    let read = median(&target, "text", "decode")? / TEXT_BYTES;
    let owned = median(&target, "text", "decode owned")? / TEXT_BYTES;
    let write = median(&target, "text", "encode")? / TEXT_BYTES;
    let flink_read = number(&flink, "deserialize_ns_per_byte")?;
    let flink_write = number(&flink, "serialize_ns_per_byte")?;
    table += &format!("| Brookite, `&str` | {read:.3} | {write:.3} |\n");
    table += &format!("| Brookite, `String` | {owned:.3} | |\n");
    table += &format!("| Flink's StringSerializer | {flink_read:.3} | {flink_write:.3} |\n");
    let (reading, writing) = (flink_read / read, flink_write / write);
    table += &format!("| times faster, `&str` | {reading:.1} | {writing:.1} |\n");

    let results = layout.results("bench");
    fs::create_dir_all(&results).with_context(|| format!("cannot create {}", results.display()))?;
    let path = results.join("coders.md");
    fs::write(&path, &table).with_context(|| format!("cannot write {}", path.display()))?;
    println!("\n{table}\nThe table: {}", path.display());
    Ok(())
}

/// What criterion left as the median of a bench, in nanoseconds.
fn median(target: &Path, group: &str, bench: &str) -> Result<f64> {
    // Criterion names folders as benches.
    let path = target.join("criterion").join(group).join(bench).join("new/estimates.json");
    let text = fs::read_to_string(&path)
        .with_context(|| format!("criterion left nothing in {}", path.display()))?;
    let estimates: Value = serde_json::from_str(&text)?;
    let median = estimates["median"]["point_estimate"].as_f64();
    median.with_context(|| format!("no median in {}", path.display()))
}

fn number(measured: &Value, name: &str) -> Result<f64> {
    let number = measured[name].as_f64().with_context(|| format!("no {name} in {measured}"))?;
    ensure!(number > 0.0, "{name} is {number}");
    Ok(number)
}
