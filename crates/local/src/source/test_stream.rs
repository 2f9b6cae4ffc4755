//! [`TestStreamSource`]: does what a test wrote down, and then what it says while the job runs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use brookite_core::proto::{TestEvent, TestRecord, test_event::Event};
use crossbeam_channel::{Receiver, Sender, TryRecvError};

use crate::clock::Clock;
use crate::error::JobError;
use crate::operator::{Poll, Source};
use crate::record::{Emitted, NO_TIMESTAMP};
use crate::state_bytes::{read_number, write_number};

/// What a test says while the job runs. `done` is dropped once everything that comes of it is done.
pub(crate) struct Fed {
    pub(crate) event: Event,
    pub(crate) done: Sender<()>,
}

/// Emits the events of a script, one in each call.
pub(crate) struct TestStreamSource {
    script: Arc<Vec<TestEvent>>,
    next: usize,
    fed: Option<Receiver<Fed>>,
    /// That of the event at hand.
    done: Option<Sender<()>>,
    clock: Clock,
    /// Whether watermarks are told; in BATCH mode they are not.
    watermarks: bool,
    until: Option<Instant>,
}

/// How long a source that is fed waits before it looks again. It is woken up earlier.
const WAIT: Duration = Duration::from_secs(60);

impl TestStreamSource {
    pub(crate) fn new(
        script: Arc<Vec<TestEvent>>,
        fed: Option<Receiver<Fed>>,
        clock: Clock,
        watermarks: bool,
    ) -> Self {
        Self { script, next: 0, fed, done: None, clock, watermarks, until: None }
    }

    fn emit(&mut self, event: &Event, out: &mut Emitted) {
        match event {
            Event::Record(TestRecord { record, timestamp }) => {
                out.record(0, record, timestamp.unwrap_or(NO_TIMESTAMP));
            }
            Event::Watermark(watermark) if self.watermarks => out.watermark(*watermark),
            Event::Watermark(_) => {}
            Event::ProcessingTimeMs(by) if self.clock.is_set() => self.clock.advance(*by),
            Event::ProcessingTimeMs(by) => {
                let by = Duration::from_millis(u64::try_from(*by).unwrap_or(0));
                self.until = Instant::now().checked_add(by);
            }
        }
    }
}

impl Source for TestStreamSource {
    fn open(&mut self, position: Option<&[u8]>) -> Result<(), JobError> {
        if let Some(position) = position {
            self.next = usize::try_from(read_number(position)?).unwrap_or(usize::MAX);
        }
        Ok(())
    }

    fn poll(&mut self, _: bool, out: &mut Emitted) -> Result<Poll, JobError> {
        self.done = None;
        if let Some(until) = self.until.filter(|until| *until > Instant::now()) {
            return Ok(Poll::Wait(until));
        }
        self.until = None;
        if let Some(event) = self.script.clone().get(self.next) {
            self.next += 1;
            event.event.iter().for_each(|event| self.emit(event, out));
            return Ok(Poll::More);
        }
        let Some(fed) = &self.fed else { return Ok(Poll::End) };
        match fed.try_recv() {
            Ok(Fed { event, done }) => {
                self.emit(&event, out);
                self.done = Some(done);
                Ok(Poll::More)
            }
            Err(TryRecvError::Empty) => Ok(Poll::Wait(Instant::now() + WAIT)),
            Err(TryRecvError::Disconnected) => Ok(Poll::End),
        }
    }

    fn turn(&self) -> u64 {
        self.script.get(self.next).map_or(u64::MAX, |event| event.turn)
    }

    fn snapshot(&mut self) -> Vec<u8> {
        write_number(self.next as i64)
    }
}
