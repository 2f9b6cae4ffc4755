//! The broker's process.

use std::fmt;
use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::background::Background;
use crate::cluster::check_free;
use crate::kafka::jars::Jars;
use crate::setup::JavaTools;
use crate::step;

/// How long the broker may take to answer.
const PATIENCE: Duration = Duration::from_secs(90);

/// Sixteen bytes in Base64, as Kafka names its clusters.
const CLUSTER: &str = "YnJvb2tpdGUta2Fma2EtMQ";

/// A broker that runs. It ends with this value.
pub(crate) struct Broker {
    left: Option<Left>,
    address: String,
    log: PathBuf,
}

/// A broker that a command has left running, as it is written down in its folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Left {
    port: u16,
    folder: PathBuf,
    #[serde(flatten)]
    process: Background,
}

impl Broker {
    /// Starts a broker with no topics, and waits until it takes calls.
    pub(super) fn start(
        tools: &JavaTools,
        jars: &Jars,
        folder: &Path,
        port: u16,
        outlive: bool,
    ) -> Result<Self> {
        if let Some(left) = Left::read(folder)? {
            left.end()?;
        }
        check_free(port)?;
        let data = folder.join("data");
        if data.exists() {
            fs::remove_dir_all(&data)
                .with_context(|| format!("cannot remove the old {}", data.display()))?;
        }
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let properties = folder.join("server.properties");
        fs::write(&properties, configuration(port, &data))
            .with_context(|| format!("cannot write {}", properties.display()))?;
        let mut format = tools.java();
        format.args(["-XX:TieredStopAtLevel=1", "-cp", jars.class_path()]);
        format.args(["kafka.tools.StorageTool", "format", "--cluster-id", CLUSTER, "--config"]);
        step::run("preparing Kafka's storage", format.arg(&properties))?;

        let log = folder.join("broker.log");
        let output =
            fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut command = tools.java();
        command.args(["-Xmx512m", "-XX:-UsePerfData", "-Dbrookite.log.level=INFO"]);
        command.args(["-cp", jars.class_path(), "kafka.Kafka"]).arg(&properties);
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        let process =
            Background::start(&mut command, outlive).context("cannot start the broker")?;
        let left = Left { port, folder: folder.to_owned(), process };
        let broker = Self { address: left.address(), left: Some(left), log };
        broker.write_down()?;
        broker.wait_until_it_answers()?;
        Ok(broker)
    }

    /// Where clients call it.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    pub(super) fn log(&self) -> &Path {
        &self.log
    }

    fn left(&self) -> &Left {
        self.left.as_ref().expect("it is taken only when the broker is given up")
    }

    fn write_down(&self) -> Result<()> {
        let left = self.left();
        let file = file(&left.folder);
        fs::write(&file, serde_json::to_string_pretty(left)?)
            .with_context(|| format!("cannot write {}", file.display()))
    }

    fn wait_until_it_answers(&self) -> Result<()> {
        let started = Instant::now();
        loop {
            if self.says_that_it_started() && connects(self.left().port) {
                return Ok(());
            }
            let log = self.log.display();
            ensure!(self.left().is_alive(), "the broker ended at once: see {log}");
            let seconds = PATIENCE.as_secs();
            ensure!(started.elapsed() < PATIENCE, "no broker after {seconds} s: see {log}");
            sleep(Duration::from_millis(100));
        }
    }

    /// It listens before it answers.
    fn says_that_it_started(&self) -> bool {
        fs::read_to_string(&self.log).is_ok_and(|log| log.contains("Kafka Server started"))
    }

    /// Lets it run on when this program ends.
    pub(super) fn leave(mut self) {
        self.left = None;
    }

    /// Ends it.
    pub(super) fn stop(mut self) -> Result<()> {
        self.left.take().map_or(Ok(()), Left::end)
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        if let Some(left) = self.left.take()
            && let Err(error) = left.end()
        {
            eprintln!("the broker may still run: {error:#}");
        }
    }
}

impl Left {
    /// What was started before, if anything.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>> {
        let file = file(folder);
        if !file.exists() {
            return Ok(None);
        }
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let left = serde_json::from_str(&text).with_context(|| {
            let path = file.display();
            format!("{path} names no process: end what `jps` shows of Kafka, and delete it")
        })?;
        Ok(Some(left))
    }

    pub(super) fn address(&self) -> String {
        format!("localhost:{}", self.port)
    }

    pub(super) fn is_alive(&self) -> bool {
        self.process.is_alive(&self.folder)
    }

    /// Ends it and removes its data.
    pub(super) fn end(mut self) -> Result<()> {
        Background::end(std::iter::once(&mut self.process), &self.folder).context("the broker")?;
        let data = self.folder.join("data");
        if data.exists() {
            fs::remove_dir_all(&data)
                .with_context(|| format!("cannot remove {}", data.display()))?;
        }
        let file = file(&self.folder);
        fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))
    }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kafka at {} (process {})", self.address(), self.process.pid())
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("broker.json")
}

fn connects(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// One node, which keeps one copy of everything.
fn configuration(port: u16, data: &Path) -> String {
    let controller = port + 1;
    format!(
        "\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@localhost:{controller}
listeners=CLIENTS://localhost:{port},CONTROLLER://localhost:{controller}
advertised.listeners=CLIENTS://localhost:{port}
listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=CLIENTS
controller.listener.names=CONTROLLER
log.dirs={}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
",
        data.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_damaged_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Left::read(folder.path()).unwrap().is_none());
        fs::write(file(folder.path()), "{").unwrap();
        let message = Left::read(folder.path()).unwrap_err().to_string();
        assert!(message.contains("delete it"), "{message}");
    }
}
