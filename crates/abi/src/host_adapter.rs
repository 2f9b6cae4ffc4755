//! The plugin's end of the callbacks: a [`HostTable`] that looks like a [`Host`].

use brookite_core::metrics::{MetricDeclaration, MetricKind};
use brookite_core::{DataType, proto};
use brookite_executor::host::{Host, HostError, MetricSlot, StateId};
use prost::Message as _;

use crate::report;
use crate::slice::ByteSlice;
use crate::table::{HostTable, Status};

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
    fn register_state(&mut self, name: &str, data_type: &DataType) -> Result<StateId, HostError> {
        let data_type = proto::DataType::from(data_type).encode_to_vec();
        let (mut state, mut report) = (0, ByteSlice::EMPTY);
        // SAFETY: the table is valid by the contract of `new`, and what is lent outlives the call.
        let status = unsafe {
            (self.table.register_state)(
                self.table.context,
                ByteSlice::of(name.as_bytes()),
                ByteSlice::of(&data_type),
                &raw mut state,
                &raw mut report,
            )
        };
        // SAFETY: the report is what this very callback handed out.
        unsafe { succeeded(status, report) }.map(|()| StateId(state))
    }

    fn read_state(&mut self, state: StateId, out: &mut Vec<u8>) -> Result<bool, HostError> {
        let mut value = ByteSlice::EMPTY;
        // SAFETY: the table is valid by the contract of `new`.
        let status =
            unsafe { (self.table.read_state)(self.table.context, state.0, &raw mut value) };
        if status == Status::ABSENT {
            return Ok(false);
        }
        // SAFETY: the slice is what this very callback handed out, and is used up before the next.
        unsafe {
            succeeded(status, value)?;
            out.extend_from_slice(value.as_bytes());
        }
        Ok(true)
    }

    fn register_metric(&mut self, metric: &MetricDeclaration) -> Result<MetricSlot, HostError> {
        let name = &metric.name;
        if metric.kind != MetricKind::Counter || !metric.labels.is_empty() {
            return Err(HostError::new(format_args!(
                "metric '{name}' is a {} with {} labels: version 1 of the ABI has counters only, \
                 without labels",
                metric.kind,
                metric.labels.len()
            )));
        }
        let (mut counter, mut report) = (0, ByteSlice::EMPTY);
        // SAFETY: the table is valid by the contract of `new`, and what is lent outlives the call.
        let status = unsafe {
            (self.table.register_counter)(
                self.table.context,
                ByteSlice::of(name.as_bytes()),
                &raw mut counter,
                &raw mut report,
            )
        };
        // SAFETY: the report is what this very callback handed out.
        unsafe { succeeded(status, report) }.map(|()| MetricSlot(counter))
    }

    fn update_metric(&mut self, counter: MetricSlot, value: i64) {
        // SAFETY: the table is valid by the contract of `new`.
        unsafe { (self.table.set_counter)(self.table.context, counter.0, value) }
    }

    fn log(&mut self, level: log::Level, target: &str, message: &str) {
        let (target, message) =
            (ByteSlice::of(target.as_bytes()), ByteSlice::of(message.as_bytes()));
        // SAFETY: the table is valid by the contract of `new`, and what is lent outlives the call.
        unsafe { (self.table.log)(self.table.context, level as u32, target, message) }
    }
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
