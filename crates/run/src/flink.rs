//! [`Flink`]: a cluster.

use std::env;
use std::path::Path;
use std::time::{Duration, Instant};

use brookite_client::package::{Package, Platform};
use brookite_client::{
    Client, ClientError, Ended, JobId, Next, SavepointOptions, Submission, WaitOptions,
};
use brookite_core::proto::PipelineGraph;
use brookite_executor::PipelineEntry;
use prost::Message as _;

use crate::deployment::{Deployment, deployment_methods};
use crate::error::RunError;
use crate::job::{JobHandle, JobResult};
use crate::metrics::JobMetrics;
use crate::state::JobState;

/// How long a job's tasks may take to start before it can be stopped with a savepoint.
const STARTING: Duration = Duration::from_secs(60);

/// A cluster, and how a pipeline is run there.
///
/// ```
/// use brookite_run::{Flink, Runner};
///
/// let cluster = Flink::at("http://localhost:8081")
///     .parallelism(8)
///     .option("execution.checkpointing.interval", "10s")
///     .savepoint("file:///savepoints/savepoint-a5bbba-64c9e951cc73");
/// let runner = Runner::Flink(cluster);
/// # let _ = runner;
/// ```
#[derive(Clone, Debug)]
pub struct Flink {
    url: String,
    savepoint: Option<String>,
    deployment: Deployment,
}

/// A job on a cluster.
#[derive(Clone, Debug)]
pub struct FlinkJob {
    client: Client,
    id: JobId,
    name: String,
}

impl Flink {
    /// The cluster whose REST API has that address, such as `http://localhost:8081`.
    pub fn at(url: impl Into<String>) -> Self {
        Self { url: url.into(), savepoint: None, deployment: Deployment::default() }
    }

    deployment_methods!("the cluster's `parallelism.default`");

    /// Goes on from this savepoint or retained checkpoint, which stays as it is.
    #[must_use]
    pub fn savepoint(mut self, path: impl Into<String>) -> Self {
        self.savepoint = Some(path.into());
        self
    }

    pub(crate) fn start(
        &self,
        entry: &PipelineEntry,
        graph: &PipelineGraph,
    ) -> Result<FlinkJob, RunError> {
        // Before anything is packaged: without a cluster it would be in vain.
        let client = Client::connect(&self.url)?;
        let (wrapper, library) = self.deployment.find(entry, graph)?;
        let folder =
            tempfile::tempdir().map_err(RunError::file("make a folder in", env::temp_dir()))?;
        let jar = folder.path().join(format!("{}.jar", entry.name()));
        let package = Package::new(wrapper)
            .library(Platform::of_this_machine(), library)
            .graph(graph.encode_to_vec());
        self.deployment.jars.iter().fold(package, Package::connector).write(&jar)?;
        let id = self.submit(&client, &jar)?;
        let name = client.job(&id).map_or_else(|_| graph.name.clone(), |job| job.name);
        Ok(FlinkJob { client, id, name })
    }

    /// A job that runs on the cluster already, or has ended there.
    ///
    /// # Errors
    /// When the cluster does not answer, or knows no such job.
    pub fn attach(&self, job: &JobId) -> Result<JobHandle, RunError> {
        let client = Client::connect(&self.url)?;
        let name = client.job(job)?.name;
        Ok(JobHandle::flink(FlinkJob { client, id: job.clone(), name }))
    }

    fn submit(&self, client: &Client, jar: &Path) -> Result<JobId, RunError> {
        let mut submission = Submission::default().arguments(self.deployment.arguments());
        if let Some(parallelism) = self.deployment.parallelism {
            submission = submission.parallelism(parallelism);
        }
        if let Some(savepoint) = &self.savepoint {
            submission = submission.savepoint(savepoint);
        }
        for (key, value) in &self.deployment.options {
            submission = submission.option(key, value);
        }
        let uploaded = client.upload_jar(jar)?;
        let started = client.run_jar(&uploaded, &submission);
        let removed = client.delete_jar(&uploaded);
        let id = started?;
        // The job runs, and does not need the jar.
        drop(removed);
        Ok(id)
    }
}

/// Stops a job with a savepoint, for which all of its tasks must run.
pub(crate) fn stop(client: &Client, job: &JobId, drain: bool) -> Result<String, RunError> {
    client.wait_until_running(job, STARTING)?;
    Ok(client.stop(job, &SavepointOptions::default().drain(drain))?)
}

impl FlinkJob {
    /// The job's number.
    pub fn id(&self) -> &JobId {
        &self.id
    }

    /// The job's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The cluster.
    pub fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn state(&self) -> Result<JobState, RunError> {
        Ok(self.client.state(&self.id)?.into())
    }

    pub(crate) fn wait(&self) -> Result<JobResult, RunError> {
        self.wait_until(|| Next::Continue)?
            .ok_or_else(|| RunError::Cancelled { name: self.name.clone() })
    }

    pub(crate) fn wait_for(&self, longest: Duration) -> Result<Option<JobResult>, RunError> {
        let until = Instant::now() + longest;
        self.wait_until(|| if Instant::now() < until { Next::Continue } else { Next::Leave })
    }

    fn wait_until(&self, next: impl Fn() -> Next) -> Result<Option<JobResult>, RunError> {
        let options = WaitOptions::default().interval(Duration::from_millis(200));
        match self.client.wait(&self.id, &options, |_| next()).map_err(RunError::of_job)? {
            Ended::Finished(job) => {
                let (duration, metrics) = (job.duration, JobMetrics::from(&*job));
                Ok(Some(JobResult { state: JobState::Finished, duration, metrics }))
            }
            _ => Ok(None),
        }
    }

    pub(crate) fn cancel(&self) -> Result<(), RunError> {
        match self.client.cancel(&self.id) {
            Ok(()) | Err(ClientError::JobIsOver { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn stop(&self, drain: bool) -> Result<String, RunError> {
        stop(&self.client, &self.id, drain)
    }

    pub(crate) fn metrics(&self) -> Result<JobMetrics, RunError> {
        Ok(JobMetrics::from(&self.client.job(&self.id)?))
    }

    pub(crate) fn collected(&self, sink: &str) -> Result<Vec<Vec<u8>>, RunError> {
        Ok(self.client.collected(&self.id, sink)?)
    }
}
