//! [`WindowsDraft`]: windows as they are being described.

use crate::pipeline::NodeProblem;
use crate::pipeline::draft::DraftNode;
use crate::proto;
use crate::windowing::{
    Global, InvalidWindowing, TimestampCombiner, Trigger, WindowFn, WindowingStrategy, Windows,
};

/// What the program has said about windows.
#[derive(Clone, Debug)]
pub(crate) struct WindowsDraft {
    window_fn: proto::windowing_strategy::WindowFn,
    pub(crate) trigger: Option<Trigger>,
    pub(crate) allowed_lateness: i64,
    pub(crate) discarding: bool,
    pub(crate) timestamp_combiner: TimestampCombiner,
    pub(crate) fire_empty_on_time: bool,
    pub(crate) processing_time: bool,
    /// Empty when late records are dropped.
    pub(crate) late_output: String,
    /// How many of the latest records a window has; 0 stands for all.
    pub(crate) keep_last: u32,
}

impl WindowsDraft {
    pub(crate) fn new(windows: &impl Windows) -> Self {
        Self {
            window_fn: windows.to_message(),
            trigger: None,
            allowed_lateness: 0,
            discarding: false,
            timestamp_combiner: TimestampCombiner::default(),
            fire_empty_on_time: false,
            processing_time: false,
            late_output: String::new(),
            keep_last: 0,
        }
    }

    /// Windows of so many records.
    pub(crate) fn of_count(size: u32) -> Self {
        let trigger = Some(Trigger::after_count(size.into()).repeatedly());
        Self { trigger, discarding: true, ..Self::new(&Global) }
    }

    /// A window of the last `size` records, which fires after every `slide`.
    pub(crate) fn of_last(size: u32, slide: u32) -> Self {
        let trigger = Some(Trigger::after_count(slide.into()).repeatedly());
        Self { trigger, keep_last: size, ..Self::new(&Global) }
    }

    fn strategy(&self) -> proto::WindowingStrategy {
        let mode = if self.discarding {
            proto::AccumulationMode::Discarding
        } else {
            proto::AccumulationMode::Accumulating
        };
        let combiner = proto::TimestampCombiner::from(self.timestamp_combiner);
        proto::WindowingStrategy {
            window_fn: Some(self.window_fn.clone()),
            trigger: self.trigger.as_ref().map(proto::Trigger::from),
            accumulation_mode: mode.into(),
            allowed_lateness_ms: self.allowed_lateness,
            timestamp_combiner: combiner.into(),
            fire_empty_on_time: self.fire_empty_on_time,
            processing_time: self.processing_time,
        }
    }

    /// Gives the node these windows.
    pub(crate) fn apply<E>(&self, node: &mut DraftNode<E>) {
        if let Some(node) = node.function_node() {
            node.windowing = Some(self.strategy());
            node.windows_keep_last = self.keep_last;
            node.late_output.clone_from(&self.late_output);
        }
    }

    /// Whether there can be such windows. Of a window function of the library only its name is known
    /// here; its parameters are checked where it is.
    pub(crate) fn check(&self) -> Result<(), NodeProblem> {
        let find = |name: &str, _: &[u8]| -> Result<Box<dyn WindowFn>, InvalidWindowing> {
            if name.is_empty() {
                let message = "the name of a window function is empty: expected that of one that the \
                               library registers";
                return Err(InvalidWindowing::new(message));
            }
            Ok(Box::new(Global))
        };
        WindowingStrategy::from_proto(&self.strategy(), &find)?;
        Ok(())
    }
}
