//! [`Coordinator`]: starts the tasks, and sees to it that they all end.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, at, never, select, unbounded};

use crate::body::Surroundings;
use crate::checkpoint::Checkpoints;
use crate::control::{Command, Event, FINAL, SubtaskId};
use crate::error::JobError;
use crate::job::{JobState, Shared};
use crate::seed::{Seed, Soil};

/// What the job is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Request {
    Drain,
    /// A test has fed its streams.
    Look,
}

/// Runs a job, on a thread of its own.
pub(super) struct Coordinator {
    pub(super) shared: Arc<Shared>,
    pub(super) commands: Vec<Sender<Command>>,
    pub(super) requested: Receiver<Request>,
    pub(super) surroundings: Surroundings,
    pub(super) checkpoints: Option<Checkpoints>,
}

/// How far the tasks are.
struct Progress {
    tasks: usize,
    finished: usize,
    ended: usize,
    /// The checkpoint that is being taken.
    pending: Option<Pending>,
    /// What the subtasks of tasks that have finished are from now on.
    last_states: BTreeMap<SubtaskId, Vec<u8>>,
    next_checkpoint: Option<Instant>,
}

struct Pending {
    number: u64,
    states: BTreeMap<SubtaskId, Vec<u8>>,
}

impl Coordinator {
    pub(super) fn run(mut self, seeds: Vec<Seed>) {
        let (sender, events) = unbounded();
        let subtasks: usize = seeds.iter().map(Seed::subtasks).sum();
        let tasks = seeds.len();
        let threads = self.spawn(seeds, &sender);
        let mut progress = Progress {
            tasks: threads.len(),
            finished: 0,
            ended: 0,
            pending: None,
            last_states: BTreeMap::new(),
            next_checkpoint: self.next_checkpoint(),
        };
        if threads.len() < tasks {
            let reason = format!("only {} of {tasks} threads could be had", threads.len());
            self.shared.control.fail(JobError::Runner(reason));
        }
        while progress.ended < progress.tasks {
            let timer = match progress.next_checkpoint {
                Some(next) if progress.pending.is_none() && progress.finished == 0 => at(next),
                _ => never(),
            };
            let step = select! {
                recv(events) -> event => match event {
                    Ok(event) => self.on_event(event, &mut progress, subtasks),
                    Err(_) => break,
                },
                recv(self.requested) -> request => {
                    match request {
                        Ok(Request::Drain) => {
                            self.shared.set(JobState::Draining);
                            self.tell_all(Command::Drain);
                        }
                        Ok(Request::Look) => self.tell_all(Command::Look),
                        Err(_) => {}
                    }
                    Ok(())
                },
                recv(timer) -> _ => {
                    self.begin_checkpoint(&mut progress);
                    Ok(())
                },
            };
            if let Err(error) = step {
                self.shared.control.fail(error);
            }
        }
        for thread in threads {
            // A panic was told as the task's failure.
            let _ = thread.join();
        }
        self.shared.set(match self.shared.control.failure() {
            Some(_) => JobState::Failed,
            None if progress.finished == progress.tasks => JobState::Finished,
            None => JobState::Cancelled,
        });
    }

    fn spawn(&mut self, seeds: Vec<Seed>, events: &Sender<Event>) -> Vec<JoinHandle<()>> {
        let restored = self.checkpoints.as_mut().map(Checkpoints::take_restored);
        let restored = restored.unwrap_or_default();
        let soil = Soil {
            control: self.shared.control.clone(),
            events: events.clone(),
            surroundings: self.surroundings.clone(),
            restored: Arc::new(restored),
        };
        let mut threads = Vec::new();
        for seed in seeds {
            let soil = soil.clone();
            let name = seed.name.clone();
            let spawned = thread::Builder::new().name(name).spawn(move || {
                let (control, events) = (soil.control.clone(), soil.events.clone());
                match seed.grow(soil) {
                    Ok(task) => task.run(),
                    Err(error) => {
                        control.fail(error);
                        // Nobody may be there to hear it any more.
                        let _ = events.send(Event::Ended);
                    }
                }
            });
            match spawned {
                Ok(thread) => threads.push(thread),
                Err(_) => break,
            }
        }
        threads
    }

    fn tell_all(&self, command: Command) {
        for task in &self.commands {
            // One that has ended does not listen.
            let _ = task.send(command);
        }
    }

    fn on_event(
        &mut self,
        event: Event,
        progress: &mut Progress,
        subtasks: usize,
    ) -> Result<(), JobError> {
        match event {
            Event::Snapshot { checkpoint, subtask, state } => {
                if let Some(pending) = &mut progress.pending
                    && pending.number == checkpoint
                {
                    pending.states.insert(subtask, state);
                }
                self.complete_if_all(progress, subtasks)
            }
            Event::Finished(states) => {
                progress.finished += 1;
                progress.last_states.extend(states);
                self.complete_if_all(progress, subtasks)?;
                if progress.finished == progress.tasks {
                    if let Some(checkpoints) = &mut self.checkpoints {
                        checkpoints.write(&progress.last_states, true)?;
                    }
                    self.tell_all(Command::Completed(FINAL));
                    self.tell_all(Command::Close);
                }
                Ok(())
            }
            Event::Ended => {
                progress.ended += 1;
                Ok(())
            }
        }
    }

    fn next_checkpoint(&self) -> Option<Instant> {
        Instant::now().checked_add(self.checkpoints.as_ref()?.interval())
    }

    fn begin_checkpoint(&mut self, progress: &mut Progress) {
        progress.next_checkpoint = self.next_checkpoint();
        let Some(checkpoints) = &self.checkpoints else { return };
        let number = checkpoints.next_number();
        progress.pending = Some(Pending { number, states: BTreeMap::new() });
        self.tell_all(Command::Checkpoint(number));
    }

    /// A checkpoint is complete when each subtask has told its part, or has come to its end.
    fn complete_if_all(
        &mut self,
        progress: &mut Progress,
        subtasks: usize,
    ) -> Result<(), JobError> {
        let Some(pending) = &mut progress.pending else { return Ok(()) };
        let mut states = progress.last_states.clone();
        states
            .extend(pending.states.iter().map(|(subtask, state)| (subtask.clone(), state.clone())));
        if states.len() < subtasks {
            return Ok(());
        }
        let number = pending.number;
        progress.pending = None;
        if let Some(checkpoints) = &mut self.checkpoints {
            checkpoints.write(&states, false)?;
        }
        self.tell_all(Command::Completed(number));
        Ok(())
    }
}
