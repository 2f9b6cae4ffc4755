//! Calls that are illegal, and calls that fail: what the host is told.

use brookite_core::proto::{self, FailureKind};

use crate::failure::{Cause, Failed, failure};
use crate::guard;
use crate::stage::{Stage, Status};

/// How much of a record is shown in a failure, in characters.
const SHOWN: usize = 200;

impl Stage {
    pub(super) fn require(
        &self,
        call: &'static str,
        legal: impl FnOnce(&Status) -> bool,
    ) -> Result<(), Failed> {
        if legal(&self.status) {
            return Ok(());
        }
        let state = match &self.status {
            Status::Failed(first) => return Err(first.clone()),
            Status::Built => "not open yet",
            Status::Open => "open",
            Status::Finished => "finished",
            Status::Closed => "closed",
        };
        Err(self.refuse(call, format!("'{call}' was called on a stage that is {state}")))
    }

    /// A call that should not have been made. It has done nothing.
    #[cold]
    pub(super) fn refuse(&self, phase: &str, message: String) -> Failed {
        Box::new(self.located(phase, failure(FailureKind::Lifecycle, message)))
    }

    #[cold]
    pub(super) fn no_such_input(&self, input: u32) -> Failed {
        let inputs = if self.inputs == 1 { "input 0 only" } else { "inputs 0 and 1" };
        let input = input.cast_signed();
        self.refuse(
            "process",
            format!("a record of input {input} came to a stage that has {inputs}"),
        )
    }

    #[cold]
    pub(super) fn fail(
        &mut self,
        phase: &'static str,
        cause: Cause,
        record: Option<(u32, &[u8])>,
    ) -> Failed {
        let mut failure = self.located(phase, *cause.into_failure());
        if let Some((input, record)) = record {
            failure.input = self.show(input, record);
        }
        let failure = Box::new(failure);
        self.status = Status::Failed(failure.clone());
        failure
    }

    fn show(&self, input: u32, record: &[u8]) -> String {
        let text = guard::catch(|| match input {
            0 => self.entry.describe(record),
            _ => self.entry.describe_second(record),
        });
        let text = text.unwrap_or_default();
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}..", &text[..end]),
            None => text,
        }
    }

    fn located(&self, phase: &str, failure: proto::Failure) -> proto::Failure {
        let function =
            self.effects.position.function().map(|name| name.to_string()).unwrap_or_default();
        proto::Failure {
            function,
            phase: phase.to_owned(),
            stage: self.name.clone(),
            subtask: Some(proto::Subtask {
                index: self.subtask.index,
                parallelism: self.subtask.parallelism,
                attempt: self.subtask.attempt,
            }),
            ..failure
        }
    }
}
