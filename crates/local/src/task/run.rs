//! What a task's thread does, from the first call of an operator to the last.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crossbeam_channel::select;

use crate::control::{Command, Event, FINAL};
use crate::error::JobError;
use crate::record::Emitted;
use crate::task::{Body, Node, Stop, Target, Task};

/// For so long at most, records wait for a batch to be full.
pub(super) const LINGER: Duration = Duration::from_millis(10);

/// What a command means for a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    ToGoOn,
    ToEnd,
}

impl Task {
    /// Runs to the end, and tells the job how it went.
    pub(crate) fn run(mut self) {
        let ran = catch_unwind(AssertUnwindSafe(|| self.open_and_work()));
        let closed = catch_unwind(AssertUnwindSafe(|| self.close()));
        let failure = match (ran, closed) {
            (Ok(Err(Stop::Failed(error))), _) => Some(error),
            (Err(panic), _) | (_, Err(panic)) => {
                let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
                let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
                let text = text.unwrap_or_default();
                Some(JobError::Runner(format!("task '{}' panicked: {text}", self.name)))
            }
            (Ok(Ok(())), Ok(Err(error))) => Some(error),
            _ => None,
        };
        if let Some(error) = failure {
            self.control.fail(error);
        }
        // Nobody may be there to hear it any more.
        let _ = self.events.send(Event::Ended);
    }

    fn open_and_work(&mut self) -> Result<(), Stop> {
        for node in self.nodes.iter_mut().rev() {
            let state = node.state.take();
            node.body.open(state.as_deref())?;
        }
        if self.inlets.is_empty() {
            self.read_sources()?
        } else {
            self.read_channels()?
        }
        self.flush()?;
        self.finished()
    }

    /// All input is worked on. What operators prepared for the end of the job they do when all others
    /// are that far, too.
    fn finished(&mut self) -> Result<(), Stop> {
        let mut states = Vec::new();
        if self.checkpoints {
            for node in &mut self.nodes {
                let state = node.body.snapshot(FINAL, &mut Emitted::default())?;
                states.push((node.subtask.clone(), state));
            }
        }
        self.control.tell(&self.events, Event::Finished(states))?;
        loop {
            select! {
                recv(self.commands) -> command => match command {
                    Ok(Command::Completed(checkpoint)) => self.completed(checkpoint)?,
                    Ok(Command::Close) | Err(_) => return Ok(()),
                    Ok(Command::Checkpoint(_) | Command::Drain | Command::Look) => {}
                },
                recv(self.control.cancelled()) -> _ => return Err(Stop::Cancelled),
            }
        }
    }

    fn close(&mut self) -> Result<(), JobError> {
        let close = |node: &mut Node| match &mut node.body {
            Body::Operator(operator) => operator.close(),
            Body::Source(_) => Ok(()),
        };
        let closed: Vec<_> = self.nodes.iter_mut().map(close).collect();
        closed.into_iter().collect()
    }

    /// Does what the job asks for, without waiting.
    pub(super) fn obey(&mut self) -> Result<Asked, Stop> {
        if self.control.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        while let Ok(command) = self.commands.try_recv() {
            if let Asked::ToEnd = self.on_command(command)? {
                return Ok(Asked::ToEnd);
            }
        }
        Ok(Asked::ToGoOn)
    }

    pub(super) fn on_command(&mut self, command: Command) -> Result<Asked, Stop> {
        match command {
            Command::Checkpoint(checkpoint) => {
                for node in 0..self.nodes.len() {
                    let at = &self.nodes[node];
                    if matches!(at.body, Body::Source(_)) && !at.ended {
                        self.snapshot(node, checkpoint)?;
                    }
                }
                Ok(Asked::ToGoOn)
            }
            Command::Completed(checkpoint) => {
                self.completed(checkpoint)?;
                Ok(Asked::ToGoOn)
            }
            Command::Drain => Ok(Asked::ToEnd),
            Command::Look | Command::Close => Ok(Asked::ToGoOn),
        }
    }

    fn completed(&mut self, checkpoint: u64) -> Result<(), JobError> {
        self.nodes.iter_mut().try_for_each(|node| match &mut node.body {
            Body::Operator(operator) => operator.completed(checkpoint),
            Body::Source(_) => Ok(()),
        })
    }

    /// Tells all operators what time it is.
    pub(super) fn tell_clock(&mut self) -> Result<(), Stop> {
        let now = self.clock.now();
        for node in 0..self.nodes.len() {
            self.call(node, |body, out| match body {
                Body::Operator(operator) => operator.clock(now, out),
                Body::Source(_) => Ok(()),
            })?;
        }
        Ok(())
    }

    /// When the first operator wants to know the time; never by a clock that does not go by itself.
    pub(super) fn next_timer(&self) -> Option<Instant> {
        if self.clock.is_set() {
            return None;
        }
        let timers = self.nodes.iter().filter_map(|node| match &node.body {
            Body::Operator(operator) => operator.next_timer(),
            Body::Source(_) => None,
        });
        let ahead = timers.min()?.saturating_sub(self.clock.now());
        Instant::now().checked_add(Duration::from_millis(u64::try_from(ahead).unwrap_or(0)))
    }

    /// Sends what waits for batches to be full, and shows how far the work is.
    pub(super) fn flush(&mut self) -> Result<(), Stop> {
        self.nodes.iter().for_each(Node::publish);
        let outputs = self.nodes.iter_mut().flat_map(|node| &mut node.outputs);
        outputs.flat_map(|output| &mut output.targets).try_for_each(|target| match target {
            Target::Remote(outlet) => outlet.flush(&self.control),
            Target::Local { .. } => Ok(()),
        })
    }
}
