//! [`LoadedStage`]: a stage that lives in a plugin.

use std::ptr::{self, NonNull};
use std::sync::Arc;

use brookite_core::proto::FailureKind;
use brookite_executor::Failed;
use brookite_executor::host::Host;

use crate::host_context::HostContext;
use crate::library::Library;
use crate::report;
use crate::slice::ByteSlice;
use crate::table::{DueTimer, Instance, InstanceFn, PluginTable, Status};

/// A stage that lives in a plugin; [`Stage`](brookite_executor::Stage) seen through the table.
///
/// Its calls are those of `Stage`, and it adds none of its own but the crossing: one indirect call,
/// no allocation, no lock. What a call returns borrows from the plugin until the next call.
///
/// Dropping it closes the user's functions if that was not done before, and forgets what they say to
/// that; whoever wants to hear of it calls [`close`](Self::close) first.
pub struct LoadedStage {
    table: &'static PluginTable,
    instance: NonNull<Instance>,
    // Outlives the instance, whose release may still call it: fields are dropped after `drop`.
    host: HostContext,
    _library: Arc<Library>,
}

impl LoadedStage {
    /// Builds and opens the stage of an encoded `StageSpec`.
    ///
    /// # Errors
    ///
    /// Whatever `Stage::build` and `Stage::open` refuse. What had been opened is closed again.
    pub fn open(library: &Arc<Library>, spec: &[u8], host: Box<dyn Host>) -> Result<Self, Failed> {
        let table = library.table();
        let host = HostContext::new(host);
        let host_table = host.table();
        let (mut instance, mut report) = (ptr::null_mut(), ByteSlice::EMPTY);
        // SAFETY: a `Library`'s table is valid. The spec and the host's table outlive the call, and
        // the host's context outlives the instance, which `Self` releases first.
        let status = unsafe {
            (table.open)(
                ByteSlice::of(spec),
                &raw const host_table,
                &raw mut instance,
                &raw mut report,
            )
        };
        let Some(instance) = NonNull::new(instance) else {
            let message = format!("plugin '{}' opened nothing", library.path().display());
            return Err(report::failure(FailureKind::Bridge, "open", message));
        };
        let mut stage = Self { table, instance, host, _library: Arc::clone(library) };
        // SAFETY: status and slice are what this instance's latest call handed out.
        unsafe { stage.outcome(status, report, "open") }?;
        Ok(stage)
    }

    /// Processes one record of an input and returns the frames that it caused. `key` is empty when the
    /// input is not keyed; a timestamp of `i64::MIN` stands for none.
    ///
    /// # Errors
    ///
    /// As of `Stage::process`.
    #[inline]
    pub fn process(
        &mut self,
        input: u32,
        key: &[u8],
        record: &[u8],
        timestamp: i64,
    ) -> Result<&[u8], Failed> {
        let mut output = ByteSlice::EMPTY;
        // SAFETY: the instance is alive, `&mut self` keeps others out, and what is lent outlives the
        // call.
        let status = unsafe {
            (self.table.process)(
                self.instance.as_ptr(),
                input,
                ByteSlice::of(key),
                ByteSlice::of(record),
                timestamp,
                &raw mut output,
            )
        };
        // SAFETY: status and slice are what this instance's latest call handed out.
        unsafe { self.outcome(status, output, "process") }
    }

    /// Says where the watermark is and returns the frames that this caused.
    ///
    /// # Errors
    ///
    /// As of `Stage::advance_watermark`.
    pub fn advance_watermark(&mut self, watermark: i64) -> Result<&[u8], Failed> {
        let mut output = ByteSlice::EMPTY;
        // SAFETY: the instance is alive, and `&mut self` keeps others out.
        let status = unsafe {
            (self.table.advance_watermark)(self.instance.as_ptr(), watermark, &raw mut output)
        };
        // SAFETY: status and slice are what this instance's latest call handed out.
        unsafe { self.outcome(status, output, "watermark") }
    }

    /// Fires a timer and returns the frames that this caused.
    ///
    /// # Errors
    ///
    /// As of `Stage::fire_timer`.
    pub fn fire_timer(
        &mut self,
        domain: u32,
        key: &[u8],
        namespace: &[u8],
        time: i64,
    ) -> Result<&[u8], Failed> {
        let (key, namespace) = (ByteSlice::of(key), ByteSlice::of(namespace));
        let timer = DueTimer { time, key, namespace, domain };
        let mut output = ByteSlice::EMPTY;
        // SAFETY: the instance is alive, `&mut self` keeps others out, and what is lent outlives the
        // call.
        let status = unsafe {
            (self.table.fire_timer)(self.instance.as_ptr(), &raw const timer, &raw mut output)
        };
        // SAFETY: status and slice are what this instance's latest call handed out.
        unsafe { self.outcome(status, output, "timer") }
    }

    /// Emits all state that is not yet in the host.
    ///
    /// # Errors
    ///
    /// As of `Stage::flush`.
    pub fn flush(&mut self) -> Result<&[u8], Failed> {
        self.call(self.table.flush, "flush")
    }

    /// Emits all state that is not yet in the host, and forgets what is cached.
    ///
    /// # Errors
    ///
    /// As of `Stage::end_key`.
    pub fn end_key(&mut self) -> Result<&[u8], Failed> {
        self.call(self.table.end_key, "flush")
    }

    /// Forgets what is cached without emitting it.
    ///
    /// # Errors
    ///
    /// As of `Stage::discard`.
    pub fn discard(&mut self) -> Result<&[u8], Failed> {
        self.call(self.table.discard, "flush")
    }

    /// Sees to logs and metrics while no record comes.
    ///
    /// # Errors
    ///
    /// As of `Stage::tick`.
    pub fn tick(&mut self) -> Result<(), Failed> {
        self.call(self.table.tick, "tick").map(|_| ())
    }

    /// Ends the input and returns the frames that this caused.
    ///
    /// # Errors
    ///
    /// As of `Stage::finish`.
    pub fn finish(&mut self) -> Result<&[u8], Failed> {
        self.call(self.table.finish, "finish")
    }

    /// Closes the user's functions. A second call does nothing.
    ///
    /// # Errors
    ///
    /// As of `Stage::close`; the stage is closed nevertheless.
    pub fn close(&mut self) -> Result<&[u8], Failed> {
        self.call(self.table.close, "close")
    }

    fn call(&mut self, function: InstanceFn, phase: &str) -> Result<&[u8], Failed> {
        let mut output = ByteSlice::EMPTY;
        // SAFETY: the function is of the table that made the instance, the instance is alive, and
        // `&mut self` keeps others out.
        let status = unsafe { function(self.instance.as_ptr(), &raw mut output) };
        // SAFETY: status and slice are what this instance's latest call handed out.
        unsafe { self.outcome(status, output, phase) }
    }

    /// # Safety
    ///
    /// `status` and `bytes` must be what the latest call of this instance handed out.
    #[inline]
    unsafe fn outcome(
        &mut self,
        status: Status,
        bytes: ByteSlice,
        phase: &str,
    ) -> Result<&[u8], Failed> {
        // A host that failed where it could not say so comes first: it caused whatever followed.
        if let Some(fault) = self.host.take_fault() {
            return Err(fault);
        }
        // SAFETY: lent until the next call of the instance, and that needs the `&mut self` which the
        // result keeps borrowed.
        let bytes = unsafe { bytes.as_bytes() };
        if status == Status::OK { Ok(bytes) } else { Err(report::decode(bytes, phase)) }
    }
}

impl Drop for LoadedStage {
    fn drop(&mut self) {
        // SAFETY: the instance is alive, and this is the only place that releases it.
        unsafe { (self.table.release)(self.instance.as_ptr()) }
    }
}
