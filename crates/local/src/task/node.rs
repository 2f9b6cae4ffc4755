//! [`Node`]: an operator or a source, and where its output goes.

use std::sync::Arc;

use crate::control::{Figures, SubtaskId};
use crate::error::JobError;
use crate::gate::Gate;
use crate::operator::{Operator, Source};
use crate::record::{Emitted, Record};
use crate::router::{Router, To};
use crate::task::{Outlet, Stop, Task};

/// An operator or a source of a task.
pub(crate) struct Node {
    pub(crate) subtask: SubtaskId,
    pub(crate) body: Body,
    pub(crate) gate: Gate,
    pub(crate) outputs: Vec<Output>,
    /// Empty between two calls; kept for its memory.
    pub(crate) emitted: Emitted,
    /// The checkpoint whose barrier has come on some channels.
    pub(crate) aligning: Option<u64>,
    /// Whether it is a source that has no more.
    pub(crate) ended: bool,
    pub(crate) counts: Counts,
    pub(crate) figures: Arc<Figures>,
    /// What it goes on from.
    pub(crate) state: Option<Vec<u8>>,
}

/// What [`Figures`] shows to other threads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    pub(crate) records_in: u64,
    pub(crate) records_out: u64,
    pub(crate) watermark: i64,
}

pub(crate) enum Body {
    Source(Box<dyn Source>),
    Operator(Box<dyn Operator>),
}

impl Node {
    pub(crate) fn new(
        subtask: SubtaskId,
        body: Body,
        figures: Arc<Figures>,
        state: Option<Vec<u8>>,
    ) -> Self {
        Self {
            subtask,
            body,
            gate: Gate::default(),
            outputs: Vec::new(),
            emitted: Emitted::default(),
            aligning: None,
            ended: false,
            counts: Counts { records_in: 0, records_out: 0, watermark: i64::MIN },
            figures,
            state,
        }
    }

    pub(super) fn misrouted(&self) -> JobError {
        JobError::Runner(format!("a record was sent to source '{}'", self.subtask.stage))
    }

    pub(super) fn publish(&self) {
        self.figures.set(self.counts.records_in, self.counts.records_out, self.counts.watermark);
    }
}

impl Body {
    pub(super) fn open(&mut self, state: Option<&[u8]>) -> Result<(), JobError> {
        match self {
            Self::Source(source) => source.open(state),
            Self::Operator(operator) => operator.open(state),
        }
    }

    pub(super) fn snapshot(
        &mut self,
        checkpoint: u64,
        out: &mut Emitted,
    ) -> Result<Vec<u8>, JobError> {
        match self {
            Self::Source(source) => Ok(source.snapshot()),
            Self::Operator(operator) => operator.snapshot(checkpoint, out),
        }
    }
}

/// An edge out of a node.
pub(crate) struct Output {
    /// What of the node goes there: 0 for its results, else a side output.
    pub(crate) port: u32,
    pub(crate) router: Router,
    /// In the order of the router's targets.
    pub(crate) targets: Vec<Target>,
}

/// The operator at the other end.
pub(crate) enum Target {
    /// On this thread.
    Local { node: usize, channel: usize },
    /// On another one.
    Remote(Outlet),
}

impl Output {
    pub(super) fn record(
        &mut self,
        task: &mut Task,
        bytes: &[u8],
        timestamp: i64,
    ) -> Result<(), Stop> {
        let first = self.router.targets().start;
        let routed = self.router.route(bytes)?;
        let record = Record { key: routed.key, bytes: routed.bytes, timestamp };
        match routed.to {
            To::One(target) => send(task, &mut self.targets[target - first], record),
            To::All => self.targets.iter_mut().try_for_each(|target| send(task, target, record)),
        }
    }
}

fn send(task: &mut Task, target: &mut Target, record: Record<'_>) -> Result<(), Stop> {
    match target {
        Target::Local { node, channel } => task.record(*node, *channel, record),
        Target::Remote(outlet) => outlet.record(record, &task.control),
    }
}
