//! What a call causes beside its results: timers and side outputs, and the clocks that it sees.
//!
//! Both are written as frames at once, into a buffer of their own that the stage appends to its output
//! when the call is over. Most calls cause neither, and pay for one test.

mod sides;

use std::cell::{Cell, OnceCell, RefCell};
use std::sync::Arc;

use brookite_core::coder::EncodeError;
use brookite_core::error::Result;
use brookite_core::function::{
    CallHost, SideOutput, SideOutputError, SideWriter, Timer, TimerCommand,
};

use crate::frame::{self, TimerFrame};
use crate::host::SharedHost;
use crate::position::Position;

pub(crate) use sides::{Sides, Taken};

/// A watermark that has not come yet.
const NO_WATERMARK: i64 = i64::MIN;

/// What stands behind the contexts of a stage's functions.
pub(crate) struct Effects {
    pub(crate) position: Arc<Position>,
    watermark: Cell<i64>,
    sides: Sides,
    host: OnceCell<SharedHost>,
    frames: RefCell<Vec<u8>>,
}

impl Effects {
    pub(crate) fn new(functions: Vec<Arc<str>>, sides: Sides) -> Self {
        Self {
            position: Arc::new(Position::new(functions)),
            watermark: Cell::new(NO_WATERMARK),
            sides,
            host: OnceCell::new(),
            frames: RefCell::default(),
        }
    }

    /// Says who knows the time. Once, when the stage opens.
    pub(crate) fn attach(&self, host: SharedHost) {
        self.host.get_or_init(|| host);
    }

    pub(crate) fn set_watermark(&self, watermark: i64) {
        self.watermark.set(watermark);
    }

    /// Moves what the call caused to the end of its output.
    #[inline]
    pub(crate) fn drain_into(&mut self, out: &mut Vec<u8>) {
        let frames = self.frames.get_mut();
        if !frames.is_empty() {
            out.append(frames);
        }
    }

    /// Does something with a timer of a key, and of a part of its state.
    pub(crate) fn write_timer(
        &self,
        command: TimerCommand,
        timer: Timer,
        key: &[u8],
        namespace: &[u8],
    ) {
        let Timer { timestamp: time, domain } = timer;
        let timer = TimerFrame { domain, time, key, namespace };
        frame::write_timer(&mut self.frames.borrow_mut(), command, timer);
    }

    /// Emits into a side output of the stage, whichever function is at work.
    pub(crate) fn write_side(
        &self,
        taken: Taken,
        write: SideWriter<'_>,
    ) -> Result<(), EncodeError> {
        let frames = &mut self.frames.borrow_mut();
        frame::write_side_record(frames, taken.index, |out| write(taken.encoding, out))
    }
}

impl CallHost for Effects {
    #[inline]
    fn current_watermark(&self) -> i64 {
        self.watermark.get()
    }

    fn current_processing_time(&self) -> Result<i64> {
        let host = self.host.get().expect("no function is called before the stage opens");
        Ok(host.borrow_mut().processing_time()?)
    }

    fn timer(&self, key: &[u8], command: TimerCommand, timer: Timer) -> Result<()> {
        self.write_timer(command, timer, key, &[]);
        Ok(())
    }

    fn side_output(&self, output: &SideOutput, write: SideWriter<'_>) -> Result<()> {
        let at_work = self.position.index().unwrap_or_default();
        // What nobody takes is dropped.
        let Some(taken) = self.sides.find(at_work, output)? else { return Ok(()) };
        self.write_side(taken, write).map_err(|source| {
            let name = output.name().to_owned();
            SideOutputError::Encode { name, source }.into()
        })
    }
}
