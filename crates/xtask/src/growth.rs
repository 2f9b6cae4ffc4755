//! Memory that levels off: many keys in a TaskManager whose cache is bounded, and many jobs one after
//! the other in one TaskManager.

mod sample;

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use brookite_client::{Aggregate, JarId, JobId, Submission};

use crate::cluster::{Distribution, Running, Settings, free_port};
use crate::figures::grouped;
use crate::java::Jobs;
use crate::layout::Layout;
use crate::setup::JavaTools;
use crate::{failover, native};
use failover::wait_for_end;
use sample::{Sample, StateCache};

const MAIN: &str = "org.brookite.failover.GrowthJob";

/// How often memory is looked at.
const PERIOD: Duration = Duration::from_secs(5);

/// How long the whole may take.
const PATIENCE: Duration = Duration::from_secs(1_800);

/// The keys of a job that only opens and closes its operators.
const FEW_KEYS: u64 = 20_000;

/// How much of the final memory may have come in the second half.
const TOLERANCE: f64 = 0.1;

/// Builds everything, runs a job with that many keys, then that many small jobs, and prints the memory
/// of the TaskManager.
pub(crate) fn run(keys: u64, cycles: u32) -> Result<()> {
    let layout = Layout::find()?;
    let tools = JavaTools::find_or_install()?;
    let distribution = Distribution::find_or_download(&layout)?;
    native::build(&layout, &[failover::PLUGIN])?;
    Jobs::build(&layout, &tools)?;

    let folder = layout.results("growth");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let jar = failover::job_jar(&layout, &folder)?;
    let settings = Settings {
        task_managers: 1,
        slots: 1,
        port: free_port()?,
        options: vec!["metrics.fetcher.update-interval=1000".to_owned()],
        outlive: false,
    };
    let cluster = Running::start(&layout, &tools, distribution, &folder.join("cluster"), settings)?;
    let growth = Growth { jar: cluster.client().upload_jar(&jar)?, cluster };
    let by_keys = growth.by_keys(keys)?;
    let by_jobs = growth.by_jobs(cycles)?;
    growth.cluster.stop()?;
    levels_off("with the keys", &by_keys)?;
    levels_off("with the jobs", &by_jobs)
}

struct Growth<'l> {
    cluster: Running<'l>,
    /// The name of the job's jar on the cluster.
    jar: JarId,
}

impl Growth<'_> {
    /// The memory while a job meets more and more keys.
    fn by_keys(&self, keys: u64) -> Result<Vec<Sample>> {
        println!("{} keys, one job:", grouped(keys));
        println!("{}", Sample::HEADER);
        let job = self.submit(keys)?;
        let client = self.cluster.client();
        client.wait_until_running(&job, PATIENCE)?;
        let started = Instant::now();
        let mut samples = Vec::new();
        let mut seen = 0;
        while !client.state(&job)?.is_over() {
            ensure!(started.elapsed() < PATIENCE, "{seen} keys after {} s", PATIENCE.as_secs());
            let next = Instant::now() + PERIOD;
            // Of five records four have new keys. A job that is over counts no longer.
            let records = self.metric(&job, "numRecordsIn")?;
            seen = records.map_or(seen, |records| records / 5 * 4);
            let cached = self.state_cache(&job)?;
            let sample = Sample::take(&self.cluster, started.elapsed(), seen, cached)?;
            println!("{sample}");
            samples.push(sample);
            while Instant::now() < next && !client.state(&job)?.is_over() {
                sleep(Duration::from_millis(200));
            }
        }
        wait_for_end(client, &job, PATIENCE)?;
        let sample = Sample::take(&self.cluster, started.elapsed(), keys, None)?;
        println!("{sample}");
        samples.push(sample);
        Ok(samples)
    }

    /// The memory after more and more jobs.
    fn by_jobs(&self, cycles: u32) -> Result<Vec<Sample>> {
        println!("{cycles} jobs of {} keys, one after the other:", grouped(FEW_KEYS));
        println!("{}", Sample::HEADER);
        let started = Instant::now();
        let every = (cycles / 20).max(1);
        let mut samples = Vec::new();
        for cycle in 1..=cycles {
            let job = self.submit(FEW_KEYS)?;
            wait_for_end(self.cluster.client(), &job, PATIENCE)?;
            if cycle % every == 0 {
                // The classes of jobs that are over are garbage until the JVM looks for it.
                self.cluster.collect_garbage(1)?;
                // Flink asks the JVM once a second.
                sleep(Duration::from_millis(1_500));
                let count = u64::from(cycle);
                let sample = Sample::take(&self.cluster, started.elapsed(), count, None)?;
                println!("{sample}");
                samples.push(sample);
            }
        }
        Ok(samples)
    }

    fn submit(&self, keys: u64) -> Result<JobId> {
        let submission = Submission::default()
            .entry_class(MAIN)
            .arguments(["--keys", &keys.to_string()])
            .parallelism(1);
        Ok(self.cluster.client().run_jar(&self.jar, &submission)?)
    }

    /// A metric of the operator; none before Flink knows.
    fn metric(&self, job: &JobId, name: &str) -> Result<Option<u64>> {
        let client = self.cluster.client();
        let metric = client.operator_metric(job, "visits", name, Aggregate::Sum)?;
        Ok(metric.map(|metric| metric as u64))
    }

    /// What the operator's state caches hold; none before Flink knows.
    fn state_cache(&self, job: &JobId) -> Result<Option<StateCache>> {
        let entries = self.metric(job, "stateCacheEntries")?;
        let bytes = self.metric(job, "stateCacheBytes")?;
        Ok(entries.zip(bytes).map(|(entries, bytes)| StateCache { entries, bytes }))
    }
}

/// Fails when much of the memory came in the second half.
fn levels_off(what: &str, samples: &[Sample]) -> Result<()> {
    let (Some(half), Some(last)) = (samples.get(samples.len() / 2), samples.last()) else {
        bail!("the memory was not looked at");
    };
    let (half, last) = (half.resident(), last.resident());
    let grown = (last as f64 - half as f64) / last as f64;
    println!(
        "{what}: {} MB resident after half of it, {} MB at the end ({:+.1} %)",
        half >> 20,
        last >> 20,
        grown * 100.0
    );
    ensure!(grown < TOLERANCE, "the memory grows {what} and does not level off");
    Ok(())
}
