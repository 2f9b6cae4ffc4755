//! The host's end of the callbacks: a [`Host`] that a plugin can call through a [`HostTable`].

use std::ffi::c_void;
use std::ptr::NonNull;
use std::str;

use brookite_core::DataType;
use brookite_core::metrics::{MetricDeclaration, MetricKind};
use brookite_core::proto::{self, FailureKind};
use brookite_executor::host::{Host, HostError, MetricSlot, StateId};
use brookite_executor::{Failed, guard};
use prost::Message as _;

use crate::report;
use crate::slice::ByteSlice;
use crate::table::{HostTable, Status};

/// Owns the host of one instance at an address that does not change.
///
/// It is only ever reached through the raw pointer, because a plugin's callback makes its own
/// `&mut Context` while the host is waiting for the call to return.
pub(crate) struct HostContext {
    context: NonNull<Context>,
}

struct Context {
    host: Box<dyn Host>,
    /// What the latest callback lent out: a value or a report.
    lent: Vec<u8>,
    /// A failure of a callback that has no way to report one. It fails the call around it.
    fault: Option<Failed>,
}

impl HostContext {
    pub(crate) fn new(host: Box<dyn Host>) -> Self {
        let context = Box::new(Context { host, lent: Vec::new(), fault: None });
        Self { context: NonNull::from(Box::leak(context)) }
    }

    /// The table to hand to the plugin, valid as long as `self`.
    pub(crate) fn table(&self) -> HostTable {
        HostTable {
            context: self.context.as_ptr().cast(),
            register_state,
            read_state,
            register_counter,
            set_counter,
            log,
        }
    }

    /// What went wrong in a callback without status since this was last asked.
    #[inline]
    pub(crate) fn take_fault(&mut self) -> Option<Failed> {
        // SAFETY: the context lives as long as `self`, and no callback runs outside of a call.
        unsafe { self.context.as_mut() }.fault.take()
    }
}

impl Drop for HostContext {
    fn drop(&mut self) {
        // SAFETY: the pointer came from a leaked box, and this is the only place that frees it.
        drop(unsafe { Box::from_raw(self.context.as_ptr()) });
    }
}

unsafe extern "C" fn register_state(
    context: *mut c_void,
    name: ByteSlice,
    data_type: ByteSlice,
    state: *mut u32,
    report: *mut ByteSlice,
) -> Status {
    // SAFETY: the plugin passes our context back, lends the slices for this call, and gives
    // pointers that may be written to; all by the table's contract.
    unsafe {
        let (name, data_type) = (name.as_bytes(), data_type.as_bytes());
        answer(context, report, |context| {
            let data_type = proto::DataType::decode(data_type).map_err(HostError::new)?;
            let data_type = DataType::try_from(&data_type).map_err(HostError::new)?;
            *state = context.host.register_state(text(name)?, &data_type)?.0;
            Ok(Status::OK)
        })
    }
}

unsafe extern "C" fn read_state(context: *mut c_void, state: u32, value: *mut ByteSlice) -> Status {
    // SAFETY: the plugin passes our context back and a pointer that may be written to.
    unsafe {
        answer(context, value, |context| {
            context.lent.clear();
            let found = context.host.read_state(StateId(state), &mut context.lent)?;
            *value = ByteSlice::of(&context.lent);
            Ok(if found { Status::OK } else { Status::ABSENT })
        })
    }
}

unsafe extern "C" fn register_counter(
    context: *mut c_void,
    name: ByteSlice,
    counter: *mut u32,
    report: *mut ByteSlice,
) -> Status {
    // SAFETY: as for `register_state`.
    unsafe {
        let name = name.as_bytes();
        answer(context, report, |context| {
            let name = text(name)?.to_owned();
            let metric = MetricDeclaration { name, kind: MetricKind::Counter, labels: Vec::new() };
            *counter = context.host.register_metric(&metric)?.0;
            Ok(Status::OK)
        })
    }
}

unsafe extern "C" fn set_counter(context: *mut c_void, counter: u32, value: i64) {
    // SAFETY: the plugin passes our context back.
    unsafe {
        notice(context, |host| {
            host.update_metric(MetricSlot(counter), value);
            Ok(())
        });
    }
}

unsafe extern "C" fn log(context: *mut c_void, level: u32, target: ByteSlice, message: ByteSlice) {
    // SAFETY: the plugin passes our context back and lends the slices for this call.
    unsafe {
        let (target, message) = (target.as_bytes(), message.as_bytes());
        notice(context, |host| {
            host.log(log_level(level)?, text(target)?, text(message)?);
            Ok(())
        });
    }
}

/// Runs a callback that can report its failure.
///
/// # Safety
///
/// `context` must point to a live [`Context`] that nobody else uses; `report` must be writable.
unsafe fn answer(
    context: *mut c_void,
    report: *mut ByteSlice,
    callback: impl FnOnce(&mut Context) -> Result<Status, HostError>,
) -> Status {
    // SAFETY: by this function's contract.
    let context = unsafe { &mut *context.cast::<Context>() };
    let failure = match guard::catch(|| callback(context)) {
        Ok(Ok(status)) => return status,
        Ok(Err(error)) => report::failure(FailureKind::Host, "host callback", error.to_string()),
        Err(caught) => report::panicked(caught, "host callback"),
    };
    context.lent = failure.encode_to_vec();
    // SAFETY: by this function's contract.
    unsafe { *report = ByteSlice::of(&context.lent) };
    Status::FAILED
}

/// Runs a callback that cannot report its failure, and keeps the failure for the call around it.
///
/// # Safety
///
/// `context` must point to a live [`Context`] that nobody else uses.
unsafe fn notice(
    context: *mut c_void,
    callback: impl FnOnce(&mut dyn Host) -> Result<(), HostError>,
) {
    // SAFETY: by this function's contract.
    let context = unsafe { &mut *context.cast::<Context>() };
    let host = context.host.as_mut();
    let failure = match guard::catch(|| callback(host)) {
        Ok(Ok(())) => return,
        Ok(Err(error)) => report::failure(FailureKind::Host, "host callback", error.to_string()),
        Err(caught) => report::panicked(caught, "host callback"),
    };
    // The first failure is the interesting one.
    context.fault.get_or_insert(failure);
}

fn text(bytes: &[u8]) -> Result<&str, HostError> {
    str::from_utf8(bytes).map_err(HostError::new)
}

fn log_level(level: u32) -> Result<log::Level, HostError> {
    log::Level::iter()
        .find(|known| *known as u32 == level)
        .ok_or_else(|| HostError::new(format_args!("the plugin logs at unknown level {level}")))
}
