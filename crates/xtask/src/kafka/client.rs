//! A client of the broker: a process of Java that is told what to do.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use anyhow::{Context, Result, bail};

use crate::kafka::jars::Jars;
use crate::setup::JavaTools;

const MAIN: &str = "org.brookite.kafka.KafkaClient";

/// The process. It ends with this value.
pub(super) struct Client {
    process: Child,
    /// There until the process is to end.
    input: Option<BufWriter<ChildStdin>>,
    output: BufReader<ChildStdout>,
}

/// What a topic has in a partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) partition: u32,
    pub(super) value: String,
}

impl Client {
    /// Starts the process and waits until the broker answers it.
    pub(super) fn connect(tools: &JavaTools, jars: &Jars, address: &str) -> Result<Self> {
        let mut command = tools.java();
        command.args(["-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"]);
        command.args(["-cp", jars.class_path(), MAIN, address]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().context("cannot start Kafka's client")?;
        let input = process.stdin.take().map(BufWriter::new);
        let output = process.stdout.take().context("Kafka's client has no standard output")?;
        let mut client = Self { process, input, output: BufReader::new(output) };
        client.answer().context("the broker does not answer")?;
        Ok(client)
    }

    /// Makes a topic.
    pub(super) fn create(&mut self, topic: &str, partitions: u32) -> Result<()> {
        self.say(format_args!("create {topic} {partitions}"))?;
        self.done()
    }

    /// Sends a record, which need not be stored until [`flush`](Self::flush) returns.
    pub(super) fn send(&mut self, topic: &str, record: &Record) -> Result<()> {
        let Record { partition, value } = record;
        self.say(format_args!("send {topic} {partition} {value}"))
    }

    /// Waits until all that was sent is stored.
    pub(super) fn flush(&mut self) -> Result<()> {
        self.say(format_args!("flush"))?;
        self.done()
    }

    /// All that a read_committed consumer sees.
    pub(super) fn read(&mut self, topic: &str) -> Result<Vec<Record>> {
        self.say(format_args!("read {topic}"))?;
        self.answer().with_context(|| format!("cannot read the topic '{topic}'"))
    }

    fn say(&mut self, line: std::fmt::Arguments<'_>) -> Result<()> {
        let input = self.input.as_mut().context("Kafka's client has no standard input")?;
        writeln!(input, "{line}").context("Kafka's client has ended")
    }

    fn done(&mut self) -> Result<()> {
        self.answer().map(|_| ())
    }

    /// Reads until it says that it is done.
    fn answer(&mut self) -> Result<Vec<Record>> {
        if let Some(input) = &mut self.input {
            input.flush().context("Kafka's client has ended")?;
        }
        let mut records = Vec::new();
        let mut line = String::new();
        loop {
            line.clear();
            if self.output.read_line(&mut line).context("cannot read from Kafka's client")? == 0 {
                bail!("Kafka's client has ended: what it said is above");
            }
            match line.trim_end().split_once(' ') {
                None if line.trim_end() == "ok" => return Ok(records),
                Some(("record", record)) => records.push(Record::parse(record)?),
                Some(("error", what)) => bail!("{what}"),
                _ => bail!("Kafka's client said what it must not: {line}"),
            }
        }
    }
}

impl Record {
    fn parse(text: &str) -> Result<Self> {
        let (partition, value) = text.split_once(' ').context("a record has no partition")?;
        Ok(Self { partition: partition.parse()?, value: value.to_owned() })
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It ends with its input; what it has not sent by then is of no interest.
        self.input = None;
        if let Err(error) = self.process.wait() {
            eprintln!("Kafka's client may still run: {error}");
        }
    }
}
