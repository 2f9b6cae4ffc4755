//! How a job gets on.

use std::fmt;
use std::time::Duration;

use crate::checkpoint::Checkpoints;
use crate::client::Client;
use crate::error::ClientError;
use crate::job::{Job, JobState};
use crate::job_id::JobId;

/// For how long a job may be starting.
const STARTING: Duration = Duration::from_secs(3);

/// How a job gets on, at one moment.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Progress {
    /// The job's name.
    pub name: String,
    /// Where it stands.
    pub state: JobState,
    /// For how long it has run.
    pub duration: Duration,
    /// Its vertices, sources first.
    pub vertices: Vec<VertexProgress>,
    /// Its checkpoints.
    pub checkpoints: Checkpoints,
    /// How often it went on after a failure; none before Flink knows.
    pub restarts: Option<u64>,
    /// There when tasks wait for slots, and none is free.
    pub shortage: Option<SlotShortage>,
}

/// How a vertex gets on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VertexProgress {
    /// The names of its operators.
    pub name: String,
    /// In how many tasks it runs.
    pub parallelism: u32,
    /// Where its tasks stand as a whole, such as `RUNNING`.
    pub status: String,
    /// Records that came from other vertices; 0 for a source.
    pub records_in: u64,
    /// Records for other vertices; 0 for a sink.
    pub records_out: u64,
    /// The part of its time, from 0 to 1, for which it is held up by those behind it; none before Flink
    /// knows.
    pub backpressure: Option<f64>,
}

/// Tasks wait for slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SlotShortage {
    /// How many tasks wait.
    pub waiting: u32,
    /// How many slots the job needs for all of its tasks to run.
    pub needed: u32,
    /// Slots of the cluster that no job has.
    pub free: u32,
    /// Slots of the cluster.
    pub slots: u32,
    /// TaskManagers that are registered.
    pub task_managers: u32,
}

impl Progress {
    /// Records that vertices have read from their sources: what the first vertices have written.
    pub fn records_in(&self) -> u64 {
        let sources = self.vertices.iter().filter(|vertex| vertex.records_in == 0);
        sources.map(|vertex| vertex.records_out).sum()
    }

    /// Records that have come to the last vertices.
    pub fn records_out(&self) -> u64 {
        let sinks = self.vertices.iter().filter(|vertex| vertex.records_out == 0);
        sinks.map(|vertex| vertex.records_in).sum()
    }
}

impl Client {
    /// How a job gets on.
    ///
    /// # Errors
    ///
    /// [`ClientError::JobNotFound`], and when the cluster does not answer.
    pub fn progress(&self, job: &JobId) -> Result<Progress, ClientError> {
        let details = self.job(job)?;
        let restarts = self.job_metrics(job, &["numRestarts"])?.remove("numRestarts");
        Ok(Progress {
            checkpoints: self.checkpoints(job)?,
            restarts: restarts.map(|restarts| restarts as u64),
            shortage: self.shortage(&details)?,
            vertices: self.vertices(&details)?,
            name: details.name,
            state: details.state,
            duration: details.duration,
        })
    }

    fn vertices(&self, job: &Job) -> Result<Vec<VertexProgress>, ClientError> {
        let mut vertices = Vec::with_capacity(job.vertices.len());
        for vertex in &job.vertices {
            let backpressure = if job.state == JobState::Running && vertex.status == "RUNNING" {
                self.backpressure(&job.id, &vertex.id)?.map(|pressure| pressure.ratio)
            } else {
                None
            };
            vertices.push(VertexProgress {
                name: vertex.name.clone(),
                parallelism: vertex.parallelism,
                status: vertex.status.clone(),
                records_in: vertex.metrics.read_records,
                records_out: vertex.metrics.write_records,
                backpressure,
            });
        }
        Ok(vertices)
    }

    /// Whether the job's tasks wait for slots that are not there.
    pub(crate) fn shortage(&self, job: &Job) -> Result<Option<SlotShortage>, ClientError> {
        let waiting = job.vertices.iter().map(|vertex| vertex.waiting()).sum();
        let may_wait =
            matches!(job.state, JobState::Created | JobState::Running | JobState::Restarting);
        if waiting == 0 || !may_wait {
            return Ok(None);
        }
        let overview = self.overview()?;
        let needed = slots_needed(job);
        // A job that has just got its slots has tasks that wait, too: for a moment.
        let lacks =
            overview.slots < needed || (overview.free_slots < needed && job.duration > STARTING);
        Ok(lacks.then_some(SlotShortage {
            waiting,
            needed,
            free: overview.free_slots,
            slots: overview.slots,
            task_managers: overview.task_managers,
        }))
    }

    /// What is known of a shortage when the job has failed of it.
    pub(crate) fn shortage_after(&self, job: &Job) -> Result<SlotShortage, ClientError> {
        let overview = self.overview()?;
        Ok(SlotShortage {
            waiting: job.vertices.iter().map(|vertex| vertex.parallelism).sum(),
            needed: slots_needed(job),
            free: overview.free_slots,
            slots: overview.slots,
            task_managers: overview.task_managers,
        })
    }
}

/// A slot holds one task of each vertex of a slot sharing group.
fn slots_needed(job: &Job) -> u32 {
    let mut groups: Vec<(Option<&str>, u32)> = Vec::new();
    for vertex in &job.vertices {
        let name = vertex.slot_sharing_group.as_deref();
        match groups.iter_mut().find(|(group, _)| *group == name) {
            Some((_, slots)) => *slots = vertex.parallelism.max(*slots),
            None => groups.push((name, vertex.parallelism)),
        }
    }
    groups.iter().map(|(_, slots)| slots).sum()
}

impl fmt::Display for SlotShortage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { needed, free, slots, task_managers, .. } = self;
        write!(
            f,
            "needs {needed}, and the cluster has {slots} on {task_managers} TaskManagers ({free} free)"
        )
    }
}
