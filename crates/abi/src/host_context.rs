//! The host's end of the callbacks: a [`Host`] that a plugin can call through a [`HostTable`].

use std::ffi::c_void;
use std::ptr::NonNull;
use std::str;

use brookite_core::metrics::MetricDeclaration;
use brookite_core::proto::{self, FailureKind};
use brookite_core::state::{StateChange, StateDeclaration, StateQuery};
use brookite_executor::host::{Host, HostError, LogOrigin, MetricSlot, StateId};
use brookite_executor::{Failed, guard};
use log::{Level, LevelFilter};
use prost::Message as _;

use crate::report;
use crate::slice::ByteSlice;
use crate::table::{self, HostTable, LogLine, StateAccess, Status};

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
            write_state,
            processing_time,
            register_metric,
            update_metric,
            log_level,
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
    declaration: ByteSlice,
    state: *mut u32,
    report: *mut ByteSlice,
) -> Status {
    // SAFETY: the plugin passes our context back, lends the slice for this call, and gives pointers
    // that may be written to; all by the table's contract.
    unsafe {
        let declaration = declaration.as_bytes();
        answer(context, report, |context| {
            let declaration =
                proto::StateDeclaration::decode(declaration).map_err(HostError::new)?;
            let declaration = StateDeclaration::try_from(&declaration).map_err(HostError::new)?;
            *state = context.host.register_state(&declaration)?.0;
            Ok(Status::OK)
        })
    }
}

unsafe extern "C" fn read_state(
    context: *mut c_void,
    access: *const StateAccess,
    value: *mut ByteSlice,
) -> Status {
    // SAFETY: the plugin passes our context back, lends the access for this call, and gives a pointer
    // that may be written to.
    unsafe {
        let StateAccess { namespace, entry, state, code } = *access;
        let (namespace, entry) = (namespace.as_bytes(), entry.as_bytes());
        answer(context, value, |context| {
            let query = StateQuery::from_code(code, entry)
                .ok_or_else(|| meaningless("asks", StateId(state), code))?;
            context.lent.clear();
            let lent = &mut context.lent;
            let found = context.host.read_state(StateId(state), namespace, query, lent)?;
            *value = ByteSlice::of(&context.lent);
            Ok(if found { Status::OK } else { Status::ABSENT })
        })
    }
}

unsafe extern "C" fn write_state(
    context: *mut c_void,
    access: *const StateAccess,
    value: ByteSlice,
    report: *mut ByteSlice,
) -> Status {
    // SAFETY: the plugin passes our context back, lends access and value for this call, and gives a
    // pointer that may be written to.
    unsafe {
        let StateAccess { namespace, entry, state, code } = *access;
        let (namespace, entry) = (namespace.as_bytes(), entry.as_bytes());
        let value = value.as_bytes();
        answer(context, report, |context| {
            let change = StateChange::from_code(code, entry, value)
                .ok_or_else(|| meaningless("changes", StateId(state), code))?;
            context.host.write_state(StateId(state), namespace, change)?;
            Ok(Status::OK)
        })
    }
}

unsafe extern "C" fn processing_time(
    context: *mut c_void,
    time: *mut i64,
    report: *mut ByteSlice,
) -> Status {
    // SAFETY: the plugin passes our context back and pointers that may be written to.
    unsafe {
        answer(context, report, |context| {
            *time = context.host.processing_time()?;
            Ok(Status::OK)
        })
    }
}

unsafe extern "C" fn register_metric(
    context: *mut c_void,
    declaration: ByteSlice,
    metric: *mut u32,
    report: *mut ByteSlice,
) -> Status {
    // SAFETY: as for `register_state`.
    unsafe {
        let declaration = declaration.as_bytes();
        answer(context, report, |context| {
            let declaration =
                proto::MetricDeclaration::decode(declaration).map_err(HostError::new)?;
            let declaration = MetricDeclaration::try_from(&declaration).map_err(HostError::new)?;
            *metric = context.host.register_metric(&declaration)?.0;
            Ok(Status::OK)
        })
    }
}

unsafe extern "C" fn update_metric(context: *mut c_void, metric: u32, value: i64) {
    // SAFETY: the plugin passes our context back.
    unsafe {
        notice(context, |host| {
            host.update_metric(MetricSlot(metric), value);
            Ok(())
        });
    }
}

unsafe extern "C" fn log_level(context: *mut c_void, target: ByteSlice) -> u32 {
    let mut most_verbose = LevelFilter::Off;
    // SAFETY: the plugin passes our context back and lends the slice for this call.
    unsafe {
        let target = target.as_bytes();
        notice(context, |host| {
            most_verbose = host.log_level(text(target)?);
            Ok(())
        });
    }
    most_verbose as u32
}

unsafe extern "C" fn log(context: *mut c_void, line: *const LogLine) {
    // SAFETY: the plugin passes our context back and lends the line for this call.
    unsafe {
        let LogLine { target, name, message, level, origin } = *line;
        let (target, name, message) = (target.as_bytes(), name.as_bytes(), message.as_bytes());
        notice(context, |host| {
            let origin = log_origin(origin, text(name)?)?;
            host.log(log_level_of(level)?, text(target)?, origin, text(message)?);
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

fn meaningless(does: &str, state: StateId, code: u32) -> HostError {
    HostError::new(format_args!(
        "the plugin {does} state {} by code {code}, which means nothing with these arguments",
        state.0
    ))
}

fn text(bytes: &[u8]) -> Result<&str, HostError> {
    str::from_utf8(bytes).map_err(HostError::new)
}

fn log_level_of(level: u32) -> Result<Level, HostError> {
    Level::iter()
        .find(|known| *known as u32 == level)
        .ok_or_else(|| HostError::new(format_args!("the plugin logs at unknown level {level}")))
}

fn log_origin(origin: u32, name: &str) -> Result<LogOrigin<'_>, HostError> {
    match origin {
        table::ORIGIN_STAGE => Ok(LogOrigin::Stage),
        table::ORIGIN_FUNCTION => Ok(LogOrigin::Function(name)),
        table::ORIGIN_THREAD => Ok(LogOrigin::Thread(name)),
        _ => Err(HostError::new(format_args!("the plugin logs from unknown origin {origin}"))),
    }
}
