//! What stages have done so far.

use std::sync::Arc;

use crate::control::Figures;
use crate::plan::Plan;

/// What a job has done so far.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct JobMetrics {
    /// Each behind those that it reads from.
    pub stages: Vec<StageMetrics>,
}

/// What the subtasks of a stage have done so far.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StageMetrics {
    /// Identifies the stage.
    pub uid: String,
    /// For people.
    pub name: String,
    /// How many subtasks there are.
    pub parallelism: u32,
    /// Records that came in.
    pub records_in: u64,
    /// Records that went out, side outputs included.
    pub records_out: u64,
    /// The lowest watermark of all subtasks, in milliseconds since the epoch; `None` while one of them
    /// has none.
    pub watermark: Option<i64>,
}

/// Where the figures of all stages are to be read.
#[derive(Debug)]
pub(crate) struct Watched {
    stages: Vec<(String, String, Vec<Arc<Figures>>)>,
}

impl Watched {
    pub(crate) fn new(plan: &Plan, figures: &[Vec<Arc<Figures>>]) -> Self {
        let stages = plan.operators.iter().zip(figures);
        let watched = stages.map(|(operator, figures)| {
            (operator.uid.clone(), operator.name.clone(), figures.clone())
        });
        Self { stages: watched.collect() }
    }

    pub(crate) fn read(&self) -> JobMetrics {
        let stages = self.stages.iter().map(|(uid, name, figures)| {
            let read: Vec<_> = figures.iter().map(|figures| figures.get()).collect();
            let lowest = read.iter().map(|(_, _, watermark)| *watermark).min();
            StageMetrics {
                uid: uid.clone(),
                name: name.clone(),
                parallelism: u32::try_from(figures.len()).unwrap_or(u32::MAX),
                records_in: read.iter().map(|(records_in, ..)| records_in).sum(),
                records_out: read.iter().map(|(_, records_out, _)| records_out).sum(),
                watermark: lowest.filter(|watermark| *watermark != i64::MIN),
            }
        });
        JobMetrics { stages: stages.collect() }
    }
}
