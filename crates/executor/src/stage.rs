//! A stage and its lifecycle.
//!
//! ```text
//! build -> open -> (process | advance_watermark | fire_timer | flush | end_key | discard | tick)*
//!               -> finish -> (flush | discard | tick)* -> close
//! ```
//!
//! Before it fires the timers that a watermark makes due, the host tells the watermark.
//!
//! `close` is legal at any time, and is called in any case. Each other call is legal where the line
//! above has it, and an error elsewhere. Any failure is final: from then on only `close` is legal, and
//! the other calls return the first failure again.

mod build;
mod refuse;
mod upkeep;

use std::rc::Rc;

use brookite_core::function::{Subtask, TimeDomain, Timer};

use crate::effects::Effects;
use crate::failure::{Cause, Failed};
use crate::guard;
use crate::host::{Host, SharedHost};
use crate::logs;
use crate::metrics::Metrics;
use crate::node::{PushBytes, WIDTH};
use crate::opening::Opening;
use crate::runtime::{Halted, Runtime};
use crate::states::States;

/// The timestamp of a record that has none.
pub const NO_TIMESTAMP: i64 = i64::MIN;

/// A chain of functions, ready to run. See the [module](self) for its lifecycle.
///
/// A stage stays on the thread that built it.
pub struct Stage {
    name: String,
    subtask: Subtask,
    entry: Box<dyn PushBytes>,
    status: Status,
    effects: Effects,
    states: States,
    metrics: Metrics,
    inputs: u32,
    /// Whether the functions enter windows of a key, each a namespace, and not the key itself.
    windows: bool,
    /// Whether a record of input 1 has a key.
    second_has_keys: bool,
    host: Option<SharedHost>,
    out: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq)]
enum Status {
    Built,
    Open,
    Finished,
    Failed(Failed),
    Closed,
}

impl Stage {
    /// Opens the functions, the last one first.
    ///
    /// # Errors
    /// When a function fails, when the host refuses what it declares, and when the stage was opened
    /// before.
    pub fn open(&mut self, host: Box<dyn Host>) -> Result<(), Failed> {
        self.require("open", |status| *status == Status::Built)?;
        logs::install();
        logs::register(&self.effects.position);
        let host: SharedHost = Rc::new(host.into());
        self.effects.attach(host.clone());
        logs::refresh(&mut **host.borrow_mut());
        self.host = Some(host.clone());
        let mut opening = Opening {
            host: host.clone(),
            subtask: self.subtask,
            metrics: &mut self.metrics,
            states: self.states.open(host.clone(), if self.windows { WIDTH } else { 0 }),
            index: 0,
            windows_merge: false,
        };
        let opened = guard::catch(|| self.entry.open(&mut opening, &self.effects.position));
        let ready = self.states.opened(&mut self.metrics, &mut **host.borrow_mut());
        let opened = opened.map(|opened| opened.and(ready.map_err(Cause::User)));
        self.tell_host();
        match opened {
            Ok(Ok(())) => {
                self.status = Status::Open;
                Ok(())
            }
            Ok(Err(cause)) => Err(self.fail("open", cause, None)),
            Err(caught) => Err(self.fail("open", Cause::Panic(caught), None)),
        }
    }

    /// Works on a record, and returns its [frames](crate::frame).
    ///
    /// `input` is the number of the stream that the record is of, from 0; `key` is the record's key as
    /// the host encodes it, empty when that stream is not keyed; `timestamp` is in milliseconds since
    /// the epoch, or [`NO_TIMESTAMP`].
    ///
    /// # Errors
    /// When the stage has no such input, when the record or its key is malformed, when a function
    /// fails, when the state cannot be read, and when a result cannot be encoded.
    #[inline]
    pub fn process(
        &mut self,
        input: u32,
        key: &[u8],
        record: &[u8],
        timestamp: i64,
    ) -> Result<&[u8], Failed> {
        if !matches!(self.status, Status::Open) {
            self.require("process", |status| *status == Status::Open)?;
        }
        if input != 0 {
            return self.process_second(input, key, record, timestamp);
        }
        self.call("process", Some((0, record)), |stage| {
            let call = Call { key, namespace: &[], timestamp: as_option(timestamp) };
            let key_is_known = stage.enter_key(key)?;
            stage.run(call, key_is_known, |entry, rt| entry.push_bytes(record, rt))
        })
    }

    /// Away from the path of the first input, which is the only one of most stages.
    #[inline(never)]
    fn process_second(
        &mut self,
        input: u32,
        key: &[u8],
        record: &[u8],
        timestamp: i64,
    ) -> Result<&[u8], Failed> {
        if input >= self.inputs {
            return Err(self.no_such_input(input));
        }
        self.call("process", Some((input, record)), |stage| {
            let call = Call { key, namespace: &[], timestamp: as_option(timestamp) };
            let key_is_known = stage.enter_second(key)?;
            stage.run(call, key_is_known, |entry, rt| entry.push_second(record, rt))
        })
    }

    /// One call of the functions, on a record if there is one.
    #[inline]
    fn call(
        &mut self,
        phase: &'static str,
        record: Option<(u32, &[u8])>,
        work: impl FnOnce(&mut Self) -> Result<(), Cause>,
    ) -> Result<&[u8], Failed> {
        self.out.clear();
        // What is wrong with the record itself is told of the function that should have had it.
        self.effects.position.enter(Some(0));
        let result = guard::catch(|| work(self));
        self.tell_host();
        match result {
            Ok(Ok(())) => self.output(phase),
            Ok(Err(cause)) => Err(self.fail(phase, cause, record)),
            Err(caught) => Err(self.fail(phase, Cause::Panic(caught), record)),
        }
    }

    #[inline]
    fn run(
        &mut self,
        Call { key, namespace, timestamp }: Call<'_>,
        key_is_known: bool,
        push: impl FnOnce(&mut dyn PushBytes, &mut Runtime<'_>) -> Result<(), Halted>,
    ) -> Result<(), Cause> {
        let mut rt = Runtime {
            key,
            key_is_known,
            timestamp,
            states: &mut self.states,
            out: &mut self.out,
            result_timestamp: None,
            namespace,
            firing: None,
            effects: &self.effects,
            failure: None,
        };
        let pushed = push(&mut *self.entry, &mut rt);
        // Of a function that goes on after a failure behind it, the failure counts.
        if let (_, Some(cause)) = (pushed, rt.failure) {
            return Err(cause);
        }
        self.effects.drain_into(&mut self.out);
        self.states.settle(&mut self.out).map_err(Cause::State)
    }

    /// Makes the key's slot the one that state is in, and says whether the key was there before.
    #[inline]
    fn enter_key(&mut self, key: &[u8]) -> Result<bool, Cause> {
        if self.windows {
            // Whoever needs state of a window enters that.
            return Ok(false);
        }
        self.states.enter(key, &mut self.out).map_err(Cause::State)
    }

    /// The same for the second input, which may be one without keys.
    fn enter_second(&mut self, key: &[u8]) -> Result<bool, Cause> {
        if self.second_has_keys {
            return self.enter_key(key);
        }
        self.states.leave();
        Ok(false)
    }

    /// Says where the watermark is: no record with a timestamp of `watermark` or less is to come,
    /// except late ones. [`i64::MIN`] says that there is no watermark yet. It may go back: in BATCH mode
    /// each key has a time of its own.
    ///
    /// # Errors
    /// When the stage is not open.
    pub fn advance_watermark(&mut self, watermark: i64) -> Result<&[u8], Failed> {
        self.require("watermark", |status| *status == Status::Open)?;
        self.effects.set_watermark(watermark);
        self.out.clear();
        self.tell_host();
        Ok(&self.out)
    }

    /// Fires a timer that came due, and returns what that caused. `domain` is the code of a
    /// [`TimeDomain`], `time` is what the timer was set to; key and namespace are as the stage gave
    /// them when it registered the timer.
    ///
    /// Results have the time of a timer of event time, and no timestamp if the timer is one of
    /// processing time. Side outputs have the timer's time in both cases.
    ///
    /// # Errors
    /// When the function fails or has no timers, and as [`process`](Self::process).
    pub fn fire_timer(
        &mut self,
        domain: u32,
        key: &[u8],
        namespace: &[u8],
        time: i64,
    ) -> Result<&[u8], Failed> {
        self.require("timer", |status| *status == Status::Open)?;
        let Some(domain) = TimeDomain::from_code(domain) else {
            let message = format!(
                "expected time domain 0 (event time) or 1 (processing time), found {}",
                domain.cast_signed()
            );
            return Err(self.refuse("timer", message));
        };
        let timer = Timer { timestamp: time, domain };
        self.call("timer", None, |stage| {
            let timestamp = (domain == TimeDomain::EventTime).then_some(time);
            let key_is_known = stage.enter_key(key)?;
            let call = Call { key, namespace, timestamp };
            stage.run(call, key_is_known, |entry, rt| entry.on_timer(timer, rt))
        })
    }

    /// The output, which the host addresses with an i32.
    #[inline]
    fn output(&mut self, phase: &'static str) -> Result<&[u8], Failed> {
        if i32::try_from(self.out.len()).is_err() {
            let size = self.out.len();
            self.out = Vec::new();
            return Err(self.fail(phase, Cause::TooMuchOutput(size), None));
        }
        Ok(&self.out)
    }

    /// Ends a call: tells the host what changed and was logged, if anything was.
    #[inline]
    fn tell_host(&self) {
        self.effects.position.rest();
        if self.metrics.changed() {
            self.tell_metrics();
        }
        if logs::pending(&self.effects.position) {
            self.pass_on_logs();
        }
    }

    // Apart, so that a call that changes nothing is short.
    #[inline(never)]
    fn tell_metrics(&self) {
        if let Some(host) = &self.host {
            self.metrics.publish(&mut **host.borrow_mut());
        }
    }

    #[cold]
    fn pass_on_logs(&self) {
        if let Some(host) = &self.host {
            logs::drain(&self.effects.position, &mut **host.borrow_mut());
        }
    }

    /// Ends a call that is rare: tells the host everything.
    fn tell_host_all(&self) {
        self.effects.position.rest();
        self.states.count();
        if let Some(host) = &self.host {
            let mut host = host.borrow_mut();
            self.metrics.publish_all(&mut **host);
            logs::drain_all(&self.effects.position, &mut **host);
        }
    }
}

/// What a call is for.
struct Call<'c> {
    key: &'c [u8],
    namespace: &'c [u8],
    timestamp: Option<i64>,
}

#[inline]
fn as_option(timestamp: i64) -> Option<i64> {
    (timestamp != NO_TIMESTAMP).then_some(timestamp)
}

impl Drop for Stage {
    /// Closes what was not closed: the functions' `close` runs whatever happened.
    fn drop(&mut self) {
        let _ = self.close();
    }
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage")
            .field("name", &self.name)
            .field("functions", &self.effects.position.functions())
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
