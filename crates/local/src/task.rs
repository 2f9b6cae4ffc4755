//! [`Task`]: operators that run on one thread.
//!
//! What an operator emits goes to those behind it before the operator is called again: depth first.
//! Those on the same thread are called, those on others get it through channels, records in batches.

mod channels;
mod inlet;
mod node;
mod outlet;
mod run;
mod sources;

use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};

use crate::clock::Clock;
use crate::control::{Command, Control, Event};
use crate::error::JobError;
use crate::gate::Change;
use crate::operator::Poll;
use crate::record::{Emitted, Item, Record};

pub(crate) use inlet::Inlet;
pub(crate) use node::{Body, Node, Output, Target};
pub(crate) use outlet::Outlet;

/// Why a task does not go on.
#[derive(Debug)]
pub(crate) enum Stop {
    Failed(JobError),
    /// Another one failed, or the job is cancelled.
    Cancelled,
}

impl<E: Into<JobError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Operators that run on one thread, each behind those on this thread that it gets records from.
pub(crate) struct Task {
    pub(crate) name: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) inlets: Vec<Inlet>,
    pub(crate) clock: Clock,
    /// Whether sources emit one record at a time, and are read one after the other.
    pub(crate) deterministic: bool,
    /// Whether the state at the end is asked for.
    pub(crate) checkpoints: bool,
    pub(crate) control: Arc<Control>,
    pub(crate) commands: Receiver<Command>,
    pub(crate) events: Sender<Event>,
}

impl Task {
    /// Gives a record to an operator of this thread.
    fn record(&mut self, node: usize, channel: usize, record: Record<'_>) -> Result<(), Stop> {
        let at = &mut self.nodes[node];
        at.counts.records_in += 1;
        let input = at.gate.input(channel);
        let mut out = std::mem::take(&mut at.emitted);
        let Body::Operator(operator) = &mut at.body else { return Err(at.misrouted().into()) };
        operator.record(input, record, &mut out)?;
        self.dispatch(node, out)
    }

    fn watermark(&mut self, node: usize, channel: usize, watermark: i64) -> Result<(), Stop> {
        let changes = self.nodes[node].gate.watermark(channel, watermark);
        self.changed(node, changes)
    }

    fn idle(&mut self, node: usize, channel: usize, idle: bool) -> Result<(), Stop> {
        let changes = self.nodes[node].gate.idle(channel, idle);
        self.changed(node, changes)
    }

    fn changed(&mut self, node: usize, changes: [Option<Change>; 2]) -> Result<(), Stop> {
        for change in changes.into_iter().flatten() {
            self.call(node, |body, out| match (body, change) {
                (Body::Operator(operator), Change::Watermark(watermark)) => {
                    operator.watermark(watermark, out)
                }
                (Body::Operator(operator), Change::Idle(idle)) => {
                    operator.idle(idle, out);
                    Ok(())
                }
                (Body::Source(_), _) => Ok(()),
            })?;
        }
        Ok(())
    }

    /// Calls an operator, and passes on what it emits.
    fn call(
        &mut self,
        node: usize,
        call: impl FnOnce(&mut Body, &mut Emitted) -> Result<(), JobError>,
    ) -> Result<(), Stop> {
        let mut out = std::mem::take(&mut self.nodes[node].emitted);
        call(&mut self.nodes[node].body, &mut out)?;
        self.dispatch(node, out)
    }

    /// Lets a source emit.
    fn poll(&mut self, node: usize) -> Result<Poll, Stop> {
        let mut poll = Poll::End;
        let one = self.deterministic;
        self.call(node, |body, out| {
            if let Body::Source(source) = body {
                poll = source.poll(one, out)?;
            }
            Ok(())
        })?;
        Ok(poll)
    }

    /// Passes on what a node emitted.
    fn dispatch(&mut self, node: usize, mut emitted: Emitted) -> Result<(), Stop> {
        if !emitted.is_empty() {
            let mut outputs = std::mem::take(&mut self.nodes[node].outputs);
            let passed = self.pass_on(node, &emitted, &mut outputs);
            self.nodes[node].outputs = outputs;
            passed?;
            emitted.clear();
        }
        self.nodes[node].emitted = emitted;
        Ok(())
    }

    fn pass_on(
        &mut self,
        node: usize,
        emitted: &Emitted,
        outputs: &mut [Output],
    ) -> Result<(), Stop> {
        let mut start = 0;
        for item in emitted.items() {
            match *item {
                Item::Record { port, end, timestamp } => {
                    let bytes = &emitted.bytes()[start..end];
                    start = end;
                    self.nodes[node].counts.records_out += 1;
                    for output in outputs.iter_mut().filter(|output| output.port == port) {
                        output.record(self, bytes, timestamp)?;
                    }
                }
                Item::Watermark(watermark) => {
                    self.nodes[node].counts.watermark = watermark;
                    for target in outputs.iter_mut().flat_map(|output| &mut output.targets) {
                        match target {
                            Target::Local { node, channel } => {
                                self.watermark(*node, *channel, watermark)?;
                            }
                            Target::Remote(outlet) => outlet.watermark(watermark, &self.control)?,
                        }
                    }
                }
                Item::Idle(idle) => {
                    for target in outputs.iter_mut().flat_map(|output| &mut output.targets) {
                        match target {
                            Target::Local { node, channel } => self.idle(*node, *channel, idle)?,
                            Target::Remote(outlet) => outlet.idle(idle, &self.control)?,
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// A channel into an operator has ended.
    fn end(&mut self, node: usize, channel: usize) -> Result<(), Stop> {
        let Some(input) = self.nodes[node].gate.end(channel) else {
            return self.snapshot_if_aligned(node);
        };
        self.call(node, |body, out| match body {
            Body::Operator(operator) => operator.end_of_input(input, out),
            Body::Source(_) => Ok(()),
        })?;
        self.snapshot_if_aligned(node)?;
        if !self.nodes[node].gate.has_ended() {
            return Ok(());
        }
        self.call(node, |body, out| match body {
            Body::Operator(operator) => operator.finish(out),
            Body::Source(_) => Ok(()),
        })?;
        self.end_outputs(node)
    }

    /// A source has no more: the last watermark, and the end.
    fn end_source(&mut self, node: usize) -> Result<(), Stop> {
        self.call(node, |_, out| {
            out.watermark(i64::MAX);
            Ok(())
        })?;
        self.nodes[node].ended = true;
        self.end_outputs(node)
    }

    fn end_outputs(&mut self, node: usize) -> Result<(), Stop> {
        let mut outputs = std::mem::take(&mut self.nodes[node].outputs);
        let ended =
            outputs.iter_mut().flat_map(|output| &mut output.targets).try_for_each(|target| {
                match target {
                    Target::Local { node, channel } => self.end(*node, *channel),
                    Target::Remote(outlet) => outlet.end(&self.control),
                }
            });
        self.nodes[node].outputs = outputs;
        ended
    }

    /// The barrier of a checkpoint has come to a node.
    fn barrier(&mut self, node: usize, channel: usize, checkpoint: u64) -> Result<(), Stop> {
        let at = &mut self.nodes[node];
        at.gate.align(channel);
        at.aligning = Some(checkpoint);
        self.snapshot_if_aligned(node)
    }

    fn snapshot_if_aligned(&mut self, node: usize) -> Result<(), Stop> {
        let at = &mut self.nodes[node];
        match at.aligning {
            Some(checkpoint) if at.gate.take_aligned() => {
                at.aligning = None;
                self.snapshot(node, checkpoint)
            }
            _ => Ok(()),
        }
    }

    /// Takes a node's part of a checkpoint, and lets the barrier go on.
    fn snapshot(&mut self, node: usize, checkpoint: u64) -> Result<(), Stop> {
        let mut state = Vec::new();
        self.call(node, |body, out| {
            state = body.snapshot(checkpoint, out)?;
            Ok(())
        })?;
        let subtask = self.nodes[node].subtask.clone();
        self.control.tell(&self.events, Event::Snapshot { checkpoint, subtask, state })?;
        let mut outputs = std::mem::take(&mut self.nodes[node].outputs);
        let sent =
            outputs.iter_mut().flat_map(|output| &mut output.targets).try_for_each(|target| {
                match target {
                    Target::Local { node, channel } => self.barrier(*node, *channel, checkpoint),
                    Target::Remote(outlet) => outlet.barrier(checkpoint, &self.control),
                }
            });
        self.nodes[node].outputs = outputs;
        sent
    }
}
