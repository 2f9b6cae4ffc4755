//! Making the sources and operators of a plan, one for each subtask, in the subtask's thread.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use brookite_core::dynamic::FlinkCoder;
use brookite_core::proto::{StageSpec, Subtask};
use brookite_core::types::DataType;
use brookite_executor::FunctionEntry;
use crossbeam_channel::{Sender, unbounded};

use crate::clock::Clock;
use crate::connector;
use crate::control::lock;
use crate::error::JobError;
use crate::files;
use crate::operator::{
    CollectSink, Collected, FunctionStage, PrintSink, Sorted, StageMaker, Telling,
    TimestampsOperator,
};
use crate::plan::{Operator, Work};
use crate::source::{
    CollectionSource, Fed, FilesSource, RecordFiles, SequenceSource, TestStreamSource, TextFiles,
};
use crate::task::Body;

/// Makes what subtask `index` of `parallelism` runs.
pub(crate) type MakeBody = Arc<dyn Fn(u32, u32) -> Result<Body, JobError> + Send + Sync>;

/// What a running test's events go to, by the names of its test streams.
pub(crate) type Feeds = Arc<Mutex<BTreeMap<String, Sender<Fed>>>>;

/// What all operators of a job have in common.
#[derive(Clone)]
pub(crate) struct Surroundings {
    pub(crate) functions: Arc<Vec<FunctionEntry>>,
    pub(crate) clock: Clock,
    pub(crate) collected: Collected,
    pub(crate) batch: bool,
    pub(crate) deterministic: bool,
    /// What feeds the test streams, by their names; none when they end with their scripts.
    pub(crate) feeds: Option<Feeds>,
    /// Whether sinks commit at checkpoints, and not just at the end.
    pub(crate) checkpoints: bool,
}

/// Prepares for making an operator: what is wrong with it is told before anything runs.
pub(crate) fn maker(
    operator: &Operator,
    surroundings: &Surroundings,
) -> Result<MakeBody, JobError> {
    let batch = surroundings.batch;
    Ok(match &operator.work {
        Work::Collection(node) => {
            let elements = Arc::new(node.elements.clone());
            Arc::new(move |index, _| {
                let own = if index == 0 { elements.to_vec() } else { Vec::new() };
                Ok(Body::Source(Box::new(CollectionSource::new(own))))
            })
        }
        Work::TestStream(name, events) => {
            let events = Arc::new(events.clone());
            let mut fed = None;
            if let Some(feeds) = &surroundings.feeds {
                let (sender, receiver) = unbounded();
                fed = Some(receiver);
                if lock(feeds).insert(name.clone(), sender).is_some() {
                    let reason =
                        "another test stream has the same name, by which the test feeds it";
                    return Err(JobError::graph(name, reason));
                }
            }
            let clock = surroundings.clock.clone();
            Arc::new(move |_, _| {
                let (events, fed, clock) = (events.clone(), fed.clone(), clock.clone());
                let source = TestStreamSource::new(events, fed, clock, !batch);
                Ok(Body::Source(Box::new(source)))
            })
        }
        Work::Sequence(node) => {
            let (first, last) = (node.first, node.last);
            Arc::new(move |index, parallelism| {
                let source = SequenceSource::new(first, last, index, parallelism);
                Ok(Body::Source(Box::new(source)))
            })
        }
        Work::TextFiles(node) => {
            let (files, records) = (files::find(&node.path)?, node.records);
            Arc::new(move |index, parallelism| {
                let subtask = (index, parallelism);
                Ok(Body::Source(match records {
                    None => Box::new(FilesSource::new(&files, subtask, TextFiles::default())),
                    Some(records) => {
                        Box::new(FilesSource::new(&files, subtask, RecordFiles(records)))
                    }
                }))
            })
        }
        Work::ReadConnector(node, data_type) => {
            connector::source(&operator.uid, node, data_type, surroundings)?
        }
        Work::Functions { spec, broadcast } => {
            let (stages, broadcast) = (Stages::new(spec, surroundings), *broadcast);
            let keyed = spec.key.is_some();
            Arc::new(move |index, parallelism| {
                let stage = stages.make(index, parallelism);
                Ok(Body::Operator(if batch && (keyed || broadcast) {
                    Box::new(Sorted::new(stage, keyed, broadcast))
                } else {
                    Box::new(stage)
                }))
            })
        }
        Work::Timestamps { spec, node } => {
            let stages = Stages::new(spec, surroundings);
            let (late, idleness) = (node.out_of_orderness_ms, node.idleness_ms);
            let telling = match surroundings {
                Surroundings { batch: true, .. } => Telling::Never,
                Surroundings { deterministic: true, .. } => Telling::AfterEach,
                _ => Telling::Periodically,
            };
            Arc::new(move |index, parallelism| {
                let assigner = stages.make(index, parallelism);
                let operator = TimestampsOperator::new(assigner, telling, late, idleness);
                Ok(Body::Operator(Box::new(operator)))
            })
        }
        Work::Print(node, data_type) => {
            let (uid, prefix) = (operator.uid.clone(), node.prefix.clone());
            let coder = coder(&uid, data_type)?;
            Arc::new(move |index, parallelism| {
                let subtask = (index, parallelism);
                let sink = PrintSink::new(&uid, &prefix, coder.clone(), subtask, false);
                Ok(Body::Operator(Box::new(sink)))
            })
        }
        Work::Collect(node) => {
            let (name, collected) = (node.name.clone(), surroundings.collected.clone());
            lock(&collected).entry(name.clone()).or_default();
            Arc::new(move |_, _| {
                let sink = CollectSink::new(name.clone(), collected.clone());
                Ok(Body::Operator(Box::new(sink)))
            })
        }
        Work::WriteConnector(node, data_type) => {
            connector::sink(&operator.uid, node, data_type, surroundings)?
        }
    })
}

/// A coder for what a node emits or takes.
pub(crate) fn coder(node: &str, data_type: &DataType) -> Result<FlinkCoder, JobError> {
    FlinkCoder::new(data_type.clone()).map_err(|error| JobError::graph(node, error.to_string()))
}

/// Makes the stages of functions.
struct Stages {
    functions: Arc<Vec<FunctionEntry>>,
    spec: StageSpec,
    clock: Clock,
}

impl Stages {
    fn new(spec: &StageSpec, surroundings: &Surroundings) -> Self {
        let (functions, clock) = (surroundings.functions.clone(), surroundings.clock.clone());
        Self { functions, spec: spec.clone(), clock }
    }

    fn make(&self, index: u32, parallelism: u32) -> FunctionStage {
        let subtask = Some(Subtask { index, parallelism, attempt: 0 });
        let spec = StageSpec { subtask, ..self.spec.clone() };
        let (functions, clock) = (self.functions.clone(), self.clock.clone());
        FunctionStage::new(StageMaker { functions, spec, clock })
    }
}
