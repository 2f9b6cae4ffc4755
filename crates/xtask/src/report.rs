//! From single runs to a table of medians and ratios.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::figures::median;

/// Medians of one workload with one setting of object reuse, in nanoseconds per record.
struct Row {
    workload: String,
    reuse: bool,
    source: f64,
    java: f64,
    rust: f64,
}

impl Row {
    /// The whole chain's time with the Rust function over its time with the Java function.
    fn chain_ratio(&self) -> f64 {
        self.rust / self.java
    }

    /// The same for what the function adds to the bare source; none where Java adds nothing
    /// that stands out from the noise.
    fn own_ratio(&self) -> Option<f64> {
        let own = [self.rust - self.source, self.java - self.source];
        (own[1] > 0.05 * self.source).then(|| own[0] / own[1])
    }
}

/// The table, a row per workload and setting.
pub(crate) struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Takes the medians of runs as the harness prints them.
    pub(crate) fn of(runs: &[Value]) -> Result<Report> {
        let mut groups: Vec<(String, bool)> = Vec::new();
        for run in runs {
            let group = group_of(run).with_context(|| format!("no measurement: {run}"))?;
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        let row = |(workload, reuse): (String, bool)| {
            let median_of = |variant: &str| {
                let of_variant = |run: &&Value| {
                    run["variant"] == variant
                        && group_of(run).is_some_and(|g| g.0 == workload && g.1 == reuse)
                };
                let times = runs.iter().filter(of_variant).filter_map(nanoseconds).collect();
                median(times).with_context(|| format!("{workload}: no run of {variant}"))
            };
            let (source, java, rust) =
                (median_of("source")?, median_of("java")?, median_of("rust")?);
            Ok(Row { workload, reuse, source, java, rust })
        };
        let rows = groups.into_iter().map(row).collect::<Result<_>>()?;
        Ok(Report { rows })
    }

    /// The medians as JSON.
    pub(crate) fn medians(&self) -> Value {
        let row = |row: &Row| {
            json!({
                "workload": row.workload, "object_reuse": row.reuse,
                "source_ns": row.source, "java_ns": row.java, "rust_ns": row.rust,
                "chain_ratio": row.chain_ratio(), "function_ratio": row.own_ratio(),
            })
        };
        self.rows.iter().map(row).collect()
    }

    /// The table in Markdown, under a head that says what it was measured on.
    pub(crate) fn markdown(&self, machine: &Value, quick: bool) -> String {
        let mut text = String::from("# Rust functions against Java functions, inside Flink\n\n");
        if quick {
            text.push_str("**Quick run: shows that everything runs, says nothing of speed.**\n\n");
        }
        for (key, value) in machine.as_object().into_iter().flatten() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            text.push_str(&format!("- {key}: {value}\n"));
        }
        text.push_str(
            "\nNanoseconds per record at parallelism 1, median of the repetitions. `source` is \
             the same chain without the function. `chain` is the time of the whole chain with \
             Rust over that with Java, `function` the same after subtracting the source: below 1 \
             Rust is faster. The plugins are compiled for this processor and with a profile of \
             these functions at work, as the JVM compiles Java.\n\n\
             | workload | object reuse | source | Java | Rust | chain | function |\n\
             |---|---|---:|---:|---:|---:|---:|\n",
        );
        for row in &self.rows {
            let reuse = if row.reuse { "on" } else { "off" };
            let own = row.own_ratio().map_or_else(|| "-".to_owned(), |own| format!("{own:.2}"));
            text.push_str(&format!(
                "| {} | {reuse} | {:.0} | {:.0} | {:.0} | {:.2} | {own} |\n",
                row.workload,
                row.source,
                row.java,
                row.rust,
                row.chain_ratio()
            ));
        }
        text
    }
}

/// What a checkpoint waits for, as a table; nothing when it was not measured.
pub(crate) fn flushes(runs: &[Value]) -> Result<String> {
    if runs.is_empty() {
        return Ok(String::new());
    }
    let mut text = String::from(
        "\nWriting back changed values before a checkpoint's barrier, nanoseconds per value: \
         Rust's cache, and a map in Java that is put into the same store.\n\n\
         | store | values | Java | Rust | Rust, all values |\n\
         |---|---:|---:|---:|---:|\n",
    );
    for run in runs {
        let number = |name: &str| run[name].as_f64().with_context(|| format!("no {name} in {run}"));
        text.push_str(&format!(
            "| {} | {} | {:.0} | {:.0} | {:.0} ms |\n",
            run["backend"].as_str().context("no backend")?,
            number("keys")?,
            number("java_value_ns")?,
            number("rust_value_ns")?,
            number("flush_of_all_ms")?
        ));
    }
    Ok(text)
}

fn group_of(run: &Value) -> Option<(String, bool)> {
    Some((run["workload"].as_str()?.to_owned(), run["object_reuse"].as_bool()?))
}

fn nanoseconds(run: &Value) -> Option<f64> {
    Some(run["seconds"].as_f64()? * 1e9 / run["records"].as_f64()?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Report;

    #[test]
    fn medians_and_ratios() {
        let run = |variant: &str, seconds: f64| {
            json!({
                "workload": "json", "object_reuse": false, "variant": variant,
                "records": 1_000_000_000u64, "seconds": seconds,
            })
        };
        let runs = [
            run("source", 100.0),
            run("java", 500.0),
            run("java", 300.0),
            run("java", 290.0),
            run("rust", 200.0),
        ];
        let report = Report::of(&runs).expect("all variants are there");
        let medians = &report.medians()[0];
        assert_eq!(medians["java_ns"], 300.0);
        assert_eq!(medians["chain_ratio"], 200.0 / 300.0);
        assert_eq!(medians["function_ratio"], 0.5);
        let markdown = report.markdown(&json!({"cpu": "a"}), false);
        assert!(markdown.contains("| json | off | 100 | 300 | 200 | 0.67 | 0.50 |"), "{markdown}");
    }

    #[test]
    fn a_missing_variant_is_an_error() {
        let run = json!({
            "workload": "json", "object_reuse": true, "variant": "java",
            "records": 1, "seconds": 1.0,
        });
        assert!(Report::of(&[run]).is_err());
    }
}
