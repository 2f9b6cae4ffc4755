//! Exactly once from Kafka to Kafka, on a cluster whose TaskManagers are killed.
//!
//! One pipeline runs three times over the same payments: unbounded, while they come in and TaskManagers die of
//! SIGKILL; then undisturbed to the end of the topic, on the cluster and embedded. Of each run a
//! read_committed consumer must see the same results, and they must be those that [`payments`] computes
//! with no Flink at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use brookite_client::{Checkpoints, JobId, JobState, Submission};

use crate::cluster::{Distribution, Running, Settings, free_port};
use crate::failover::{Disturbance, any_seed, wait_for_end};
use crate::figures::grouped;
use crate::kafka::broker::Broker;
use crate::kafka::client::Client;
use crate::kafka::jars::Jars;
use crate::kafka::payments::{self, PARTITIONS, Total};
use crate::kafka::refusals;
use crate::kafka::tool::{Payments, Tool};
use crate::layout::Layout;
use crate::setup::JavaTools;

/// How long a job may take once nothing holds it back.
const PATIENCE: Duration = Duration::from_secs(300);

const TASK_MANAGERS: u32 = 2;

/// As many as the TaskManagers have slots, but one.
const PARALLELISM: u32 = 3;

/// Payments that are there before the job is.
const BEFORE: u64 = 2_000;

/// So many come in every [`BEAT`] while it is disturbed.
const PER_BEAT: u64 = 40;
const BEAT: Duration = Duration::from_millis(100);

/// What is read by all.
const INPUT: &str = "payments";

/// What is done to the job.
pub(crate) struct Plan {
    /// How many TaskManagers are killed.
    pub(crate) kills: u32,
    /// From which the moments of the kills follow.
    pub(crate) seed: u64,
}

impl Plan {
    /// Short enough for the test command.
    pub(crate) fn short() -> Self {
        Self { kills: 2, seed: any_seed() }
    }
}

/// Runs the plan with what is built already.
pub(crate) fn prove(
    layout: &Layout,
    tools: &JavaTools,
    distribution: Distribution,
    plan: &Plan,
) -> Result<()> {
    let folder = layout.results("kafka-failover");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let jars = Jars::built(layout)?;
    let broker = Broker::start(tools, &jars, &folder.join("broker"), free_port()?, false)?;
    let mut client = Client::connect(tools, &jars, broker.address())?;
    let tool = Tool {
        layout,
        tools,
        flink_home: distribution.home().to_owned(),
        connector: jars.connector(),
    };
    let settings = Settings {
        task_managers: TASK_MANAGERS,
        slots: 2,
        port: free_port()?,
        // With tasks on both, no kill misses.
        options: vec!["taskmanager.load-balance.mode=SLOTS".to_owned()],
        outlive: false,
    };
    println!("seed {}", plan.seed);
    let cluster = Running::start(layout, tools, distribution, &folder.join("cluster"), settings)?;
    client.create(INPUT, PARTITIONS)?;
    let feeding = Client::connect(tools, &jars, broker.address())?;
    let mut proof = Proof { plan, folder, broker, client, tool, cluster };
    let expected = proof.disturbed(feeding)?;
    proof.undisturbed(&expected)?;
    proof.embedded(&expected)?;
    println!("what is wrong:");
    refusals::check(
        &proof.tool,
        &mut proof.client,
        proof.broker.address(),
        proof.cluster.client(),
    )?;
    proof.cluster.stop()?;
    drop(proof.client);
    proof.broker.stop()
}

/// The runs, with one broker and one cluster.
struct Proof<'p> {
    plan: &'p Plan,
    folder: PathBuf,
    broker: Broker,
    client: Client,
    tool: Tool<'p>,
    cluster: Running<'p>,
}

impl Proof<'_> {
    /// Returns what the results must be.
    fn disturbed(&mut self, mut feeding: Client) -> Result<Vec<Total>> {
        let to = "totals-with-kills";
        println!("with kills:");
        feed(&mut feeding, 0..BEFORE)?;
        let job = self.submit(to, &[])?;
        let feeder = Feeder::start(feeding, BEFORE);
        let started = Instant::now();
        // A job that has told nothing could not tell it twice.
        self.wait_for_results(to, &job, 1)?;
        let mut disturbance = Disturbance::new(self.plan.seed, TASK_MANAGERS);
        let mut seen = Vec::new();
        for number in 1..=self.plan.kills {
            let kill = disturbance.kill(&mut self.cluster, &job)?;
            seen = payments::seen(&self.client.read(to)?)?;
            let seconds = started.elapsed().as_secs_f64();
            println!("  kill {number}, after {seconds:.1} s: {kill}; {} results", seen.len());
        }
        let (mut feeding, count) = feeder.stop()?;
        let state = self.cluster.client().state(&job)?;
        ensure!(!state.is_over(), "the job was {state} before the last kill");
        let expected = payments::expected(count)?;
        let early = payments::without(&seen, &expected);
        ensure!(early.is_empty(), "results that must not be: {early:?}");
        payments::closing().try_for_each(|record| feeding.send(INPUT, &record))?;
        feeding.flush()?;
        self.wait_for_results(to, &job, expected.len())?;
        // What came twice would come with one of the next checkpoints.
        sleep(Duration::from_secs(1));
        let Checkpoints { counts, .. } = self.cluster.client().checkpoints(&job)?;
        self.cancel(&job)?;
        self.check(to, &expected)?;
        println!(
            "  {} payments, {} results, none lost, none doubled; {:.1} s, {} checkpoints complete, \
             restored {} times",
            grouped(count),
            grouped(expected.len() as u64),
            started.elapsed().as_secs_f64(),
            counts.completed,
            counts.restored,
        );
        ensure!(counts.restored > 0, "the job did not notice the kills");
        Ok(expected)
    }

    fn undisturbed(&mut self, expected: &[Total]) -> Result<()> {
        let to = "totals";
        println!("undisturbed:");
        let job = self.submit(to, &["--until-now"])?;
        wait_for_end(self.cluster.client(), &job, PATIENCE)?;
        self.check(to, expected)
    }

    fn embedded(&mut self, expected: &[Total]) -> Result<()> {
        let to = "totals-embedded";
        self.client.create(to, PARTITIONS)?;
        let payments =
            Payments { brokers: self.broker.address(), from: INPUT, to, more: &["--until-now"] };
        self.tool.run_embedded(&payments, 2)?;
        self.check(to, expected)
    }

    /// Makes the topic and starts the job, as one jar.
    fn submit(&mut self, to: &str, more: &[&str]) -> Result<JobId> {
        self.client.create(to, PARTITIONS)?;
        let jar = self.folder.join(format!("{to}.jar"));
        let payments = Payments { brokers: self.broker.address(), from: INPUT, to, more };
        self.tool.package(&payments, &jar)?;
        let client = self.cluster.client();
        let uploaded = client.upload_jar(Path::new(&jar))?;
        let options = [
            ("execution.checkpointing.interval", "300ms"),
            ("restart-strategy.type", "fixed-delay"),
            ("restart-strategy.fixed-delay.attempts", "2147483647"),
            ("restart-strategy.fixed-delay.delay", "100ms"),
        ];
        let options = options.map(|(key, value)| format!("-D{key}={value}"));
        let submission = Submission::default().arguments(options).parallelism(PARALLELISM);
        Ok(client.run_jar(&uploaded, &submission)?)
    }

    /// Waits until so many results are committed.
    fn wait_for_results(&mut self, topic: &str, job: &JobId, count: usize) -> Result<()> {
        let started = Instant::now();
        loop {
            let found = payments::seen(&self.client.read(topic)?)?.len();
            if found >= count {
                return Ok(());
            }
            let state = self.cluster.client().state(job)?;
            ensure!(!state.is_over(), "the job is {state}");
            if started.elapsed() > PATIENCE {
                bail!("{found} of {count} results after {} s", PATIENCE.as_secs());
            }
            sleep(Duration::from_millis(200));
        }
    }

    fn cancel(&self, job: &JobId) -> Result<()> {
        let client = self.cluster.client();
        client.cancel(job)?;
        let started = Instant::now();
        while client.state(job)? != JobState::Canceled {
            ensure!(started.elapsed() < PATIENCE, "the job cannot be cancelled");
            sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    fn check(&mut self, topic: &str, expected: &[Total]) -> Result<()> {
        let found = payments::seen(&self.client.read(topic)?)?;
        match payments::difference(expected, &found) {
            None => Ok(()),
            Some(difference) => bail!("topic '{topic}': {difference}"),
        }
    }
}

/// Sends payments, and waits until they are stored.
fn feed(client: &mut Client, indices: std::ops::Range<u64>) -> Result<()> {
    for index in indices {
        client.send(INPUT, &payments::payment(index))?;
    }
    client.flush()
}

/// Payments that come in at a steady pace, whatever becomes of the job.
struct Feeder {
    /// It stops when this is gone.
    stop: Sender<()>,
    thread: JoinHandle<Result<(Client, u64)>>,
}

impl Feeder {
    fn start(mut client: Client, mut next: u64) -> Self {
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = thread::spawn(move || {
            while stopped.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                feed(&mut client, next..next + PER_BEAT)?;
                next += PER_BEAT;
            }
            Ok((client, next))
        });
        Self { stop, thread }
    }

    /// Returns how many payments there are.
    fn stop(self) -> Result<(Client, u64)> {
        drop(self.stop);
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}
