//! [`LocalHost`]: what a stage finds around it: state and timers in memory, the clock, the log.

use brookite_core::proto::StageSpec;
use brookite_core::state::{StateChange, StateDeclaration, StateQuery};
use brookite_executor::host::{Host, HostError, LogOrigin, MetricDeclaration, MetricSlot, StateId};
use brookite_executor::memory::MemoryHost;
use log::{Level, LevelFilter};

use crate::clock::Clock;

/// A [`MemoryHost`] whose log lines people see. Clones share one state.
#[derive(Clone, Debug)]
pub(crate) struct LocalHost {
    memory: MemoryHost,
    clock: Clock,
    stage: String,
    subtask: u32,
    log_level: LevelFilter,
}

impl LocalHost {
    pub(crate) fn new(spec: &StageSpec, clock: Clock) -> Self {
        let memory = MemoryHost::new();
        memory.set_processing_time(clock.now());
        let subtask = spec.subtask.map_or(0, |subtask| subtask.index);
        let level = std::env::var("RUST_LOG").ok().and_then(|level| level.parse().ok());
        let log_level = level.unwrap_or(LevelFilter::Info);
        Self { memory, clock, stage: spec.stage.clone(), subtask, log_level }
    }

    pub(crate) fn memory(&self) -> &MemoryHost {
        &self.memory
    }

    pub(crate) fn stage(&self) -> &str {
        &self.stage
    }
}

impl Host for LocalHost {
    fn register_state(&mut self, declaration: &StateDeclaration) -> Result<StateId, HostError> {
        self.memory.register_state(declaration)
    }

    fn read_state(
        &mut self,
        state: StateId,
        namespace: &[u8],
        query: StateQuery<'_>,
        out: &mut Vec<u8>,
    ) -> Result<bool, HostError> {
        self.memory.read_state(state, namespace, query, out)
    }

    fn write_state(
        &mut self,
        state: StateId,
        namespace: &[u8],
        change: StateChange<'_>,
    ) -> Result<(), HostError> {
        self.memory.write_state(state, namespace, change)
    }

    fn processing_time(&mut self) -> Result<i64, HostError> {
        Ok(self.clock.now())
    }

    fn register_metric(&mut self, metric: &MetricDeclaration) -> Result<MetricSlot, HostError> {
        self.memory.register_metric(metric)
    }

    fn update_metric(&mut self, metric: MetricSlot, value: i64) {
        self.memory.update_metric(metric, value);
    }

    fn log_level(&mut self, _: &str) -> LevelFilter {
        self.log_level
    }

    fn log(&mut self, level: Level, target: &str, origin: LogOrigin<'_>, message: &str) {
        if level > self.log_level {
            return;
        }
        let (stage, subtask) = (&self.stage, self.subtask + 1);
        match origin {
            LogOrigin::Function(name) if name != stage => {
                eprintln!("{level} [{stage} ({subtask}), {name}] {target}: {message}");
            }
            LogOrigin::Function(_) | LogOrigin::Stage => {
                eprintln!("{level} [{stage} ({subtask})] {target}: {message}");
            }
            LogOrigin::Thread(name) => eprintln!("{level} [{name}] {target}: {message}"),
        }
    }
}
