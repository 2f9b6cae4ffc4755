//! What a stage does beside working on records and timers: writing state back, and coming to its end.

use brookite_core::coder::EncodeError;

use crate::failure::{Cause, Failed};
use crate::guard;
use crate::logs;
use crate::stage::{Stage, Status};
use crate::states::States;

impl Stage {
    /// Writes back what the cache holds, as before a checkpoint barrier.
    ///
    /// # Errors
    /// When a state's value cannot be encoded.
    pub fn flush(&mut self) -> Result<&[u8], Failed> {
        let legal = |status: &Status| matches!(status, Status::Open | Status::Finished);
        self.require("flush", legal)?;
        self.write_back("flush", Self::tell_host_all, States::flush)
    }

    /// Writes back what the cache holds and forgets all keys: in BATCH mode, between two keys.
    ///
    /// # Errors
    /// When a state's value cannot be encoded.
    pub fn end_key(&mut self) -> Result<&[u8], Failed> {
        self.require("flush", |status| *status == Status::Open)?;
        self.write_back("flush", Self::tell_host, States::end_key)
    }

    /// Forgets all cached state without writing it: in BATCH mode, after the timers of a key that is
    /// over.
    ///
    /// # Errors
    /// When the stage is not open.
    pub fn discard(&mut self) -> Result<&[u8], Failed> {
        let legal = |status: &Status| matches!(status, Status::Open | Status::Finished);
        self.require("flush", legal)?;
        self.write_back("flush", Self::tell_host, |states, _| {
            states.discard();
            Ok(())
        })
    }

    /// Ends the input: no record comes any more.
    ///
    /// # Errors
    /// When a state's value cannot be encoded.
    pub fn finish(&mut self) -> Result<&[u8], Failed> {
        self.require("finish", |status| *status == Status::Open)?;
        self.status = Status::Finished;
        self.write_back("finish", Self::tell_host_all, States::flush)
    }

    /// Sees to what must not wait for the next record, which may be long in coming: passes on what other
    /// threads logged, asks the host anew which levels it logs, and tells it all metrics. Hosts call it
    /// every few seconds.
    ///
    /// # Errors
    /// When the stage is not open, or has failed.
    pub fn tick(&mut self) -> Result<(), Failed> {
        self.require("tick", |status| matches!(status, Status::Open | Status::Finished))?;
        if let Some(host) = &self.host {
            logs::refresh(&mut **host.borrow_mut());
        }
        self.tell_host_all();
        Ok(())
    }

    /// Closes the functions, the first one first. All of them, even when one fails. Does nothing when
    /// the stage was closed before.
    ///
    /// # Errors
    /// The first failure of a function, unless the stage had failed before: one cause is enough, and
    /// the first is the right one.
    pub fn close(&mut self) -> Result<&[u8], Failed> {
        let before = std::mem::replace(&mut self.status, Status::Closed);
        self.out.clear();
        if matches!(before, Status::Built | Status::Closed) {
            return Ok(&self.out);
        }
        self.states.leave();
        // It need not be the thread that opened the stage.
        logs::register(&self.effects.position);
        let failed = self.entry.close(&self.effects.position);
        self.tell_host_all();
        match (before, failed) {
            (Status::Open | Status::Finished, Some((index, cause))) => {
                self.effects.position.enter(index);
                self.effects.position.rest();
                let failure = self.fail("close", cause, None);
                self.status = Status::Closed;
                Err(failure)
            }
            _ => Ok(&self.out),
        }
    }

    fn write_back(
        &mut self,
        phase: &'static str,
        tell: fn(&Self),
        write: impl FnOnce(&mut States, &mut Vec<u8>) -> Result<(), EncodeError>,
    ) -> Result<&[u8], Failed> {
        self.effects.position.enter(None);
        self.out.clear();
        let written = guard::catch(|| write(&mut self.states, &mut self.out));
        tell(self);
        match written {
            Ok(Ok(())) => self.output(phase),
            Ok(Err(error)) => Err(self.fail(phase, Cause::State(error), None)),
            Err(caught) => Err(self.fail(phase, Cause::Panic(caught), None)),
        }
    }
}
