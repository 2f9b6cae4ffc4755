//! [`BridgeStage`]: a plugin's stage together with the buffers that Java and Rust share.

use std::rc::Rc;
use std::sync::Arc;

use brookite_abi::{Failed, Library, LoadedStage, frame};
use jni::Env;
use jni::objects::{JByteBuffer, JObject};
use jni::refs::Global;

use crate::buffer::DirectBuffer;
use crate::callbacks::Callbacks;
use crate::fault::Fault;
use crate::guard::Caller;
use crate::host::JavaHost;
use crate::slots::{Refusal, Slots};

/// The two buffers of a stage.
pub(crate) struct StageBuffers {
    input: DirectBuffer,
    output: DirectBuffer,
}

impl StageBuffers {
    /// Takes the buffers into use.
    pub(crate) fn new(
        env: &Env<'_>,
        input: &JByteBuffer<'_>,
        output: &JByteBuffer<'_>,
    ) -> Result<Self, Fault> {
        Ok(Self {
            input: DirectBuffer::new(env, input, "in")?,
            output: DirectBuffer::new(env, output, "out")?,
        })
    }
}

/// A stage as Java sees it.
pub(crate) struct BridgeStage {
    stage: LoadedStage,
    callbacks: Rc<Callbacks>,
    input: DirectBuffer,
    outbox: Outbox,
    closed: bool,
}

impl BridgeStage {
    /// Builds and opens a stage.
    pub(crate) fn open(
        caller: Caller,
        library: &Arc<Library>,
        spec: &[u8],
        host: Global<JObject<'static>>,
        buffers: StageBuffers,
    ) -> Result<Self, Fault> {
        let callbacks = Rc::new(Callbacks::new(host, caller, buffers.output.answers()));
        let host = JavaHost::new(Rc::clone(&callbacks));
        let opened = LoadedStage::open(library, spec, Box::new(host));
        let stage = match (callbacks.check(), opened) {
            (Ok(()), opened) => opened?,
            (Err(fault), Err(_)) => return Err(fault),
            (Err(fault), Ok(mut stage)) => {
                // A function opened although Java threw: it is not going to be used, so it is closed.
                let _ = stage.close();
                return Err(fault);
            }
        };
        Ok(Self {
            stage,
            callbacks,
            input: buffers.input,
            outbox: Outbox { buffer: buffers.output, pending: Vec::new() },
            closed: false,
        })
    }

    /// Processes the record in the in buffer.
    #[inline]
    pub(crate) fn process(
        &mut self,
        input: i32,
        key_length: i32,
        record_length: i32,
        timestamp: i64,
    ) -> Result<i32, Fault> {
        self.outbox.check_delivered()?;
        let (key, record) = self.input.key_and_record(key_length, record_length)?;
        // A number that is no input's is for the stage to turn down, a negative one like any other.
        let output = self.stage.process(input.cast_unsigned(), key, record, timestamp);
        self.callbacks.check()?;
        self.outbox.put(output?)
    }

    /// Says where the watermark is.
    pub(crate) fn advance_watermark(&mut self, watermark: i64) -> Result<i32, Fault> {
        self.outbox.check_delivered()?;
        let output = self.stage.advance_watermark(watermark);
        self.callbacks.check()?;
        self.outbox.put(output?)
    }

    /// Fires the timer whose key and namespace are in the in buffer.
    pub(crate) fn fire_timer(
        &mut self,
        domain: i32,
        key_length: i32,
        namespace_length: i32,
        time: i64,
    ) -> Result<i32, Fault> {
        self.outbox.check_delivered()?;
        let (key, namespace) = self.input.key_and_namespace(key_length, namespace_length)?;
        let output = self.stage.fire_timer(domain.cast_unsigned(), key, namespace, time);
        self.callbacks.check()?;
        self.outbox.put(output?)
    }

    /// Emits changed state.
    pub(crate) fn flush(&mut self) -> Result<i32, Fault> {
        self.call(LoadedStage::flush)
    }

    /// Emits changed state and forgets it.
    pub(crate) fn end_key(&mut self) -> Result<i32, Fault> {
        self.call(LoadedStage::end_key)
    }

    /// Forgets what is cached.
    pub(crate) fn discard(&mut self) -> Result<i32, Fault> {
        self.call(LoadedStage::discard)
    }

    /// Sees to logs and metrics while no record comes.
    pub(crate) fn tick(&mut self) -> Result<(), Fault> {
        let ticked = self.stage.tick();
        self.callbacks.check()?;
        Ok(ticked?)
    }

    /// Ends the input.
    pub(crate) fn finish(&mut self) -> Result<i32, Fault> {
        self.call(LoadedStage::finish)
    }

    fn call(
        &mut self,
        method: fn(&mut LoadedStage) -> Result<&[u8], Failed>,
    ) -> Result<i32, Fault> {
        self.outbox.check_delivered()?;
        self.run(method)
    }

    fn run(&mut self, method: fn(&mut LoadedStage) -> Result<&[u8], Failed>) -> Result<i32, Fault> {
        let output = method(&mut self.stage);
        self.callbacks.check()?;
        self.outbox.put(output?)
    }

    /// Replaces the in buffer.
    pub(crate) fn grow_in(&mut self, env: &Env<'_>, buffer: &JByteBuffer<'_>) -> Result<(), Fault> {
        self.input = DirectBuffer::new(env, buffer, "in")?;
        Ok(())
    }

    /// Replaces the out buffer and delivers what waits for it.
    pub(crate) fn grow_out(
        &mut self,
        env: &Env<'_>,
        buffer: &JByteBuffer<'_>,
    ) -> Result<(), Fault> {
        let buffer = DirectBuffer::new(env, buffer, "out")?;
        self.callbacks.replace_answers(buffer.answers());
        self.outbox.replace(buffer)
    }

    /// Whether the stage is only here for output that was not delivered yet.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }
}

/// Closes the stage of a handle and releases the handle, whatever happens. Output that does not fit is
/// the one reason to keep the handle, until it is delivered or the stage is closed again.
pub(crate) fn close(
    stages: &Slots<BridgeStage>,
    handle: i64,
    caller: Caller,
) -> Result<i32, Fault> {
    let mut stage = match stages.enter(handle, caller.owner()) {
        Ok(stage) => stage,
        Err(Refusal::Released) => return Ok(0),
        Err(refusal) => return Err(refusal.into()),
    };
    stage.closed = true;
    stage.outbox.pending.clear();
    let closed = stage.run(LoadedStage::close);
    if stage.outbox.pending.is_empty() {
        drop(stage.remove());
    }
    closed
}

/// The way of output into Java's buffer.
struct Outbox {
    buffer: DirectBuffer,
    /// Output that was too long for the buffer. Empty nearly always.
    pending: Vec<u8>,
}

impl Outbox {
    /// Delivers output, or keeps it until the buffer grows, and returns its length. One record alone is
    /// delivered without its frame, and the complement of its length, a negative number, says so.
    #[inline]
    fn put(&mut self, output: &[u8]) -> Result<i32, Fault> {
        if let Some(record) = frame::sole_record(output)
            && self.buffer.write(record)
        {
            return Ok(!(record.len() as i32));
        }
        if self.buffer.write(output) {
            // No direct buffer is longer than an `int` can say.
            return Ok(output.len() as i32);
        }
        self.keep(output)
    }

    #[cold]
    fn keep(&mut self, output: &[u8]) -> Result<i32, Fault> {
        let length = i32::try_from(output.len()).map_err(|_| {
            Fault::bridge(format!(
                "one call made {} bytes of output, expected at most {} as Java's buffers hold no more",
                output.len(),
                i32::MAX
            ))
        })?;
        self.pending.extend_from_slice(output);
        Ok(length)
    }

    fn replace(&mut self, buffer: DirectBuffer) -> Result<(), Fault> {
        self.buffer = buffer;
        if self.buffer.write(&self.pending) {
            self.pending = Vec::new();
            return Ok(());
        }
        Err(Fault::bridge(format!(
            "{} bytes of output are waiting, but the new buffer 'out' has only {}",
            self.pending.len(),
            self.buffer.capacity()
        )))
    }

    #[inline]
    fn check_delivered(&self) -> Result<(), Fault> {
        if self.pending.is_empty() { Ok(()) } else { Err(self.undelivered()) }
    }

    #[cold]
    fn undelivered(&self) -> Fault {
        Fault::bridge(format!(
            "{} bytes of output are waiting for a larger buffer 'out'; growOut comes first",
            self.pending.len()
        ))
    }
}
