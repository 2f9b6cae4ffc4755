//! What is wrong with a job that reads or writes Kafka is told, and within a reasonable time.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::cluster::free_port;
use crate::kafka::client::{Client, Record};
use crate::kafka::payments;
use crate::kafka::tool::{Payments, Tool};

/// How long it may take to tell, with jobs that wait for Kafka for [`TIMEOUT`] milliseconds.
const PATIENCE: Duration = Duration::from_secs(60);

const TIMEOUT: &str = "3000";

/// A job that must not get on.
struct Wrong<'c> {
    what: &'static str,
    brokers: &'c str,
    from: &'static str,
    to: &'static str,
    /// Of the pipeline.
    more: &'static [&'static str],
    connector: bool,
    /// How often Flink starts it again.
    restarts: u32,
    said: &'static [&'static str],
}

/// Has each of them fail on the cluster.
pub(super) fn check(
    tool: &Tool<'_>,
    client: &mut Client,
    brokers: &str,
    cluster: &brookite_client::Client,
) -> Result<()> {
    client.create("malformed", 1)?;
    client.send("malformed", &Record { partition: 0, ..payments::payment(0) })?;
    client.send("malformed", &Record { partition: 0, value: "five cents".to_owned() })?;
    client.flush()?;
    client.create("nothing", 1)?;
    let nobody = format!("localhost:{}", free_port()?);
    let usual = Wrong {
        what: "",
        brokers,
        from: "malformed",
        to: "nothing",
        more: &[],
        connector: true,
        restarts: 0,
        said: &[],
    };
    for wrong in [
        Wrong {
            what: "the connector is missing",
            connector: false,
            said: &[
                "node 'payments' of pipeline 'payments'",
                "no connector to read from 'kafka' here: say --connector kafka",
                "flink-sql-connector-kafka",
            ],
            ..usual
        },
        Wrong {
            what: "a record is no JSON",
            said: &[
                "JsonParseException",
                "Failed to deserialize JSON 'five cents'",
                "'Source: payments",
            ],
            ..usual
        },
        Wrong {
            what: "the topic to read is missing",
            from: "nowhere",
            said: &["UnknownTopicOrPartitionException", "[nowhere]", "'Source: payments"],
            ..usual
        },
        Wrong {
            what: "the broker allows no transactions that long",
            more: &["--transaction-timeout", "3600000"],
            said: &[
                "transaction timeout is larger",
                "transaction.max.timeout.ms",
                "totals: Writer",
            ],
            ..usual
        },
        Wrong {
            what: "there is no broker",
            brokers: &nobody,
            restarts: 1,
            said: &[
                "starting again after a failure: TimeoutException",
                "Failed to get metadata for topics [malformed]",
                "'Source: payments",
            ],
            ..usual
        },
    ] {
        wrong.check(tool, &cluster.url())?;
    }
    Ok(())
}

impl Wrong<'_> {
    fn check(&self, tool: &Tool<'_>, url: &str) -> Result<()> {
        let Self { what, brokers, from, to, more, connector, restarts, said } = *self;
        let started = Instant::now();
        let more: Vec<&str> = more.iter().copied().chain(["--timeout", TIMEOUT]).collect();
        let payments = Payments { brokers, from, to, more: &more };
        let text = tool.fails(url, connector, restarts, &payments)?;
        for part in said {
            ensure!(text.contains(part), "{what}: expected '{part}' to be said, found\n{text}");
        }
        let seconds = started.elapsed().as_secs_f64();
        ensure!(started.elapsed() < PATIENCE, "{what}: was told after {seconds:.0} s");
        println!("  {what}: told after {seconds:.1} s");
        Ok(())
    }
}
