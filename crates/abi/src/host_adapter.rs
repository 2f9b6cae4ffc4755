//! The plugin's end of the callbacks: a [`HostTable`] that looks like a [`Host`].

use brookite_core::metrics::MetricDeclaration;
use brookite_core::proto;
use brookite_core::state::{StateChange, StateDeclaration, StateQuery};
use brookite_executor::host::{Host, HostError, LogOrigin, MetricSlot, StateId};
use log::{Level, LevelFilter};
use prost::Message as _;

use crate::report;
use crate::slice::ByteSlice;
use crate::table::{self, HostTable, LogLine, StateAccess, Status};

/// The host of a stage that lives in a plugin.
pub(crate) struct HostAdapter {
    table: HostTable,
}

impl HostAdapter {
    /// # Safety
    ///
    /// `table` must keep to the contract of [`table`](crate::table) for as long as the adapter
    /// lives, its context included, and the adapter must only be used during calls of the instance
    /// that it was made for.
    pub(crate) unsafe fn new(table: HostTable) -> Self {
        Self { table }
    }
}

impl Host for HostAdapter {
    fn register_state(&mut self, declaration: &StateDeclaration) -> Result<StateId, HostError> {
        let declaration = proto::StateDeclaration::from(declaration).encode_to_vec();
        let (mut state, mut report) = (0, ByteSlice::EMPTY);
        // SAFETY: the table is valid by the contract of `new`, and what is lent outlives the call.
        let status = unsafe {
            (self.table.register_state)(
                self.table.context,
                ByteSlice::of(&declaration),
                &raw mut state,
                &raw mut report,
            )
        };
        // SAFETY: the report is what this very callback handed out.
        unsafe { succeeded(status, report) }.map(|()| StateId(state))
    }

    fn read_state(
        &mut self,
        state: StateId,
        namespace: &[u8],
        query: StateQuery<'_>,
        out: &mut Vec<u8>,
    ) -> Result<bool, HostError> {
        let (code, entry) = query.code();
        let access = access(state, namespace, code, entry);
        let mut answer = ByteSlice::EMPTY;
        // SAFETY: the table is valid by the contract of `new`, and what is lent outlives the call.
        let status = unsafe {
            (self.table.read_state)(self.table.context, &raw const access, &raw mut answer)
        };
        if status == Status::ABSENT {
            return Ok(false);
        }
        // SAFETY: the slice is what this very callback handed out, and is used up before the next.
        unsafe {
            succeeded(status, answer)?;
            out.extend_from_slice(answer.as_bytes());
        }
        Ok(true)
    }

    fn write_state(
        &mut self,
        state: StateId,
        namespace: &[u8],
        change: StateChange<'_>,
    ) -> Result<(), HostError> {
        let (code, entry, value) = change.code();
        let access = access(state, namespace, code, entry);
        let mut report = ByteSlice::EMPTY;
        // SAFETY: the table is valid by the contract of `new`, and what is lent outlives the call.
        let status = unsafe {
            (self.table.write_state)(
                self.table.context,
                &raw const access,
                ByteSlice::of(value),
                &raw mut report,
            )
        };
        // SAFETY: the report is what this very callback handed out.
        unsafe { succeeded(status, report) }
    }

    fn processing_time(&mut self) -> Result<i64, HostError> {
        let (mut time, mut report) = (0, ByteSlice::EMPTY);
        // SAFETY: the table is valid by the contract of `new`.
        let status = unsafe {
            (self.table.processing_time)(self.table.context, &raw mut time, &raw mut report)
        };
        // SAFETY: the report is what this very callback handed out.
        unsafe { succeeded(status, report) }.map(|()| time)
    }

    fn register_metric(
        &mut self,
        declaration: &MetricDeclaration,
    ) -> Result<MetricSlot, HostError> {
        let declaration = proto::MetricDeclaration::from(declaration).encode_to_vec();
        let (mut metric, mut report) = (0, ByteSlice::EMPTY);
        // SAFETY: the table is valid by the contract of `new`, and what is lent outlives the call.
        let status = unsafe {
            (self.table.register_metric)(
                self.table.context,
                ByteSlice::of(&declaration),
                &raw mut metric,
                &raw mut report,
            )
        };
        // SAFETY: the report is what this very callback handed out.
        unsafe { succeeded(status, report) }.map(|()| MetricSlot(metric))
    }

    fn update_metric(&mut self, metric: MetricSlot, value: i64) {
        // SAFETY: the table is valid by the contract of `new`.
        unsafe { (self.table.update_metric)(self.table.context, metric.0, value) }
    }

    fn log_level(&mut self, target: &str) -> LevelFilter {
        let target = ByteSlice::of(target.as_bytes());
        // SAFETY: the table is valid by the contract of `new`, and what is lent outlives the call.
        let most_verbose = unsafe { (self.table.log_level)(self.table.context, target) };
        // A host that fails says so itself, at the end of the call.
        LevelFilter::iter().find(|known| *known as u32 == most_verbose).unwrap_or(LevelFilter::Off)
    }

    fn log(&mut self, level: Level, target: &str, origin: LogOrigin<'_>, message: &str) {
        let (origin, name) = match origin {
            LogOrigin::Stage => (table::ORIGIN_STAGE, ""),
            LogOrigin::Function(name) => (table::ORIGIN_FUNCTION, name),
            LogOrigin::Thread(name) => (table::ORIGIN_THREAD, name),
        };
        let line = LogLine {
            target: ByteSlice::of(target.as_bytes()),
            name: ByteSlice::of(name.as_bytes()),
            message: ByteSlice::of(message.as_bytes()),
            level: level as u32,
            origin,
        };
        // SAFETY: the table is valid by the contract of `new`, and what is lent outlives the call.
        unsafe { (self.table.log)(self.table.context, &raw const line) }
    }
}

fn access(state: StateId, namespace: &[u8], code: u32, entry: &[u8]) -> StateAccess {
    let (namespace, entry) = (ByteSlice::of(namespace), ByteSlice::of(entry));
    StateAccess { namespace, entry, state: state.0, code }
}

/// # Safety
///
/// Unless the status is OK, `report` must be what the callback that returned `status` handed out,
/// and no other callback may have happened since.
unsafe fn succeeded(status: Status, report: ByteSlice) -> Result<(), HostError> {
    if status == Status::OK {
        return Ok(());
    }
    // SAFETY: a callback's slice is valid until the next callback, by this function's contract.
    let failure = report::decode(unsafe { report.as_bytes() }, "host callback");
    Err(HostError::new(failure.message))
}
