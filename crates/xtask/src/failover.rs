//! Exactly once, on a cluster whose TaskManagers are killed.
//!
//! One job, with its state in Rust, runs undisturbed, then while TaskManagers die of SIGKILL, then with
//! a savepoint between each of three parallelisms. Each run must leave the same results, and they must be
//! those that [`truth`] computes with no Flink at all.

mod dice;
mod disturbance;
mod outcome;
mod package;
mod truth;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use brookite_client::{
    Checkpoints, Client, JarId, JobId, Next, SavepointOptions, Submission, WaitOptions,
};

use crate::cluster::{Distribution, Running, Settings, free_port};
use crate::figures::grouped;
use crate::java::Jobs;
use crate::layout::Layout;
use crate::native;
use crate::setup::JavaTools;
pub(crate) use dice::any_seed;
pub(crate) use disturbance::Disturbance;
use outcome::Outcome;
pub(crate) use package::{java_job, job_jar, wrapper_jar};

/// The package of the job's functions.
pub(crate) const PLUGIN: &str = "failover-functions";

/// How long a job may take once nothing holds it back.
const PATIENCE: Duration = Duration::from_secs(300);

/// What is done to the job.
pub(crate) struct Plan {
    /// How many events there are at the least: a job that is disturbed has as many as it takes.
    pub(crate) events: u64,
    /// Events per second and source while the job is disturbed.
    pub(crate) pace: u64,
    /// How many TaskManagers are killed.
    pub(crate) kills: u32,
    /// From which the moments of the kills follow.
    pub(crate) seed: u64,
    /// The parallelisms that the job is run with one after the other.
    pub(crate) parallelisms: Vec<u32>,
}

impl Plan {
    /// So many kills, and savepoints that take the job from one parallelism to three, then to two.
    pub(crate) fn full(kills: u32, seed: Option<u64>) -> Self {
        let seed = seed.unwrap_or_else(any_seed);
        // A kill takes less than ten seconds, in most of which the job stands still.
        let events = u64::from(kills.max(3)) * 15_000;
        Self { events, pace: 1_500, kills, seed, parallelisms: vec![1, 3, 2] }
    }

    /// Short enough for the test command: it takes about a minute.
    pub(crate) fn short() -> Self {
        Self { events: 40_000, pace: 1_000, ..Self::full(3, None) }
    }
}

/// Builds everything, runs the plan, prints what happened.
pub(crate) fn run(plan: &Plan) -> Result<()> {
    let layout = Layout::find()?.with_plugins_as_tested();
    let tools = JavaTools::find_or_install()?;
    let distribution = Distribution::find_or_download(&layout)?;
    native::build(&layout, &[PLUGIN])?;
    Jobs::build(&layout, &tools)?;
    prove(&layout, &tools, distribution, plan)
}

/// Runs the plan with what is built already.
pub(crate) fn prove(
    layout: &Layout,
    tools: &JavaTools,
    distribution: Distribution,
    plan: &Plan,
) -> Result<()> {
    let folder = layout.results("failover");
    if folder.exists() {
        Running::end_left_over(&folder.join("cluster"))?;
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove the old {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let jar = job_jar(layout, &folder)?;
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
    let jar = cluster.client().upload_jar(&jar)?;
    let mut proof = Proof { plan, folder, cluster, jar };
    proof.undisturbed()?;
    proof.disturbed()?;
    proof.rescaled()?;
    proof.cluster.stop()
}

const TASK_MANAGERS: u32 = 2;

/// As many as the TaskManagers have slots, but one.
const PARALLELISM: u32 = 3;

/// The three runs on one cluster.
struct Proof<'p> {
    plan: &'p Plan,
    folder: PathBuf,
    cluster: Running<'p>,
    /// The name of the job's jar on the cluster.
    jar: JarId,
}

/// A run of the job: where its results go, and the file that ends its pace.
struct Run {
    name: &'static str,
    output: PathBuf,
    hurry: PathBuf,
    /// How often the job may fail.
    restarts: u32,
    started: Instant,
}

impl Run {
    /// From now on the job runs as fast as it can.
    fn hurry(&self) -> Result<()> {
        fs::write(&self.hurry, "").with_context(|| format!("cannot write {}", self.hurry.display()))
    }
}

impl Proof<'_> {
    fn undisturbed(&self) -> Result<()> {
        let run = self.begin("undisturbed", 0)?;
        run.hurry()?;
        let job = self.submit(&run, PARALLELISM, None)?;
        wait_for_end(self.cluster.client(), &job, PATIENCE)?;
        self.check(&run, &job)
    }

    fn disturbed(&mut self) -> Result<()> {
        let run = self.begin("with kills", i32::MAX as u32)?;
        let job = self.submit(&run, PARALLELISM, None)?;
        let mut disturbance = Disturbance::new(self.plan.seed, TASK_MANAGERS);
        for number in 1..=self.plan.kills {
            let kill = disturbance.kill(&mut self.cluster, &job)?;
            println!("  kill {number}, after {:.1} s: {kill}", run.started.elapsed().as_secs_f64());
        }
        let state = self.cluster.client().state(&job)?;
        ensure!(!state.is_over(), "the job was over before the last kill: it had too few events");
        run.hurry()?;
        wait_for_end(self.cluster.client(), &job, PATIENCE)?;
        self.check(&run, &job)
    }

    fn rescaled(&self) -> Result<()> {
        let run = self.begin("rescaled", 0)?;
        let client = self.cluster.client();
        let mut savepoint = None;
        let last = self.plan.parallelisms.len() - 1;
        for (index, &parallelism) in self.plan.parallelisms.iter().enumerate() {
            let job = self.submit(&run, parallelism, savepoint.take())?;
            client.wait_until_running(&job, PATIENCE)?;
            if index == last {
                run.hurry()?;
                wait_for_end(client, &job, PATIENCE)?;
                return self.check(&run, &job);
            }
            // Long enough for state of every kind.
            std::thread::sleep(Duration::from_secs(3));
            savepoint = Some(client.stop(&job, &SavepointOptions::default())?);
            println!("  parallelism {parallelism}, then a savepoint");
        }
        bail!("there is no parallelism to run with")
    }

    fn begin(&self, name: &'static str, restarts: u32) -> Result<Run> {
        let folder = self.folder.join(name.replace(' ', "-"));
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        println!("{name}:");
        Ok(Run {
            name,
            output: folder.join("output"),
            hurry: folder.join("hurry"),
            restarts,
            started: Instant::now(),
        })
    }

    fn submit(&self, run: &Run, parallelism: u32, savepoint: Option<String>) -> Result<JobId> {
        let path = |path: &Path| path.display().to_string();
        let arguments = [
            ("--events", self.plan.events.to_string()),
            ("--pace", self.plan.pace.to_string()),
            ("--hurry", path(&run.hurry)),
            ("--checkpoints", "300".to_owned()),
            ("--restarts", run.restarts.to_string()),
            ("--output", format!("file://{}", path(&run.output))),
        ];
        let arguments = arguments.into_iter().flat_map(|(name, value)| [name.to_owned(), value]);
        let mut submission = Submission::default().arguments(arguments).parallelism(parallelism);
        if let Some(savepoint) = savepoint {
            submission = submission.savepoint(savepoint);
        }
        Ok(self.cluster.client().run_jar(&self.jar, &submission)?)
    }

    /// Compares what a run left behind with the truth.
    fn check(&self, run: &Run, job: &JobId) -> Result<()> {
        let outcome = Outcome::read(&run.output)?;
        let truth = Outcome::of(truth::lines(self.plan.events));
        if let Some(difference) = truth.difference(&outcome) {
            bail!("{}: the results are not what they must be: {difference}", run.name);
        }
        let Checkpoints { counts, .. } = self.cluster.client().checkpoints(job)?;
        println!(
            "  {} events, {} results, none lost, none doubled; {:.1} s, \
             {} checkpoints complete, {} not, restored {} times",
            grouped(self.plan.events),
            grouped(outcome.len()),
            run.started.elapsed().as_secs_f64(),
            counts.completed,
            counts.failed,
            counts.restored,
        );
        Ok(())
    }
}

/// Waits until a job has come to its end; any other end is an error.
pub(crate) fn wait_for_end(client: &Client, job: &JobId, patience: Duration) -> Result<()> {
    let options = WaitOptions::default().interval(Duration::from_millis(200)).patience(patience);
    client.wait(job, &options, |_| Next::Continue)?;
    Ok(())
}
