//! [`Outlet`]: the sending end of a channel between two threads.

use crossbeam_channel::{Sender, select};

use crate::control::Control;
use crate::record::{Batch, Message, Record};
use crate::task::Stop;

/// Records of a batch, at most.
const RECORDS: usize = 1024;

/// Bytes of a batch from which on it is sent.
const BYTES: usize = 64 * 1024;

/// The sending end of a channel, and the records that wait for a batch to be full.
pub(crate) struct Outlet {
    sender: Sender<Message>,
    batch: Batch,
}

impl Outlet {
    pub(crate) fn new(sender: Sender<Message>) -> Self {
        Self { sender, batch: Batch::default() }
    }

    pub(super) fn record(&mut self, record: Record<'_>, control: &Control) -> Result<(), Stop> {
        self.batch.push(record);
        if self.batch.len() < RECORDS && self.batch.size() < BYTES {
            return Ok(());
        }
        self.flush(control)
    }

    pub(super) fn flush(&mut self, control: &Control) -> Result<(), Stop> {
        if self.batch.len() == 0 {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.batch);
        self.send(Message::Records(batch), control)
    }

    pub(super) fn watermark(&mut self, watermark: i64, control: &Control) -> Result<(), Stop> {
        self.flush(control)?;
        self.send(Message::Watermark(watermark), control)
    }

    pub(super) fn idle(&mut self, idle: bool, control: &Control) -> Result<(), Stop> {
        self.flush(control)?;
        self.send(Message::Idle(idle), control)
    }

    pub(super) fn barrier(&mut self, checkpoint: u64, control: &Control) -> Result<(), Stop> {
        self.flush(control)?;
        self.send(Message::Barrier(checkpoint), control)
    }

    pub(super) fn end(&mut self, control: &Control) -> Result<(), Stop> {
        self.flush(control)?;
        self.send(Message::End, control)
    }

    /// Waits until there is room, or the job is cancelled. That nobody listens says that another task
    /// has failed.
    fn send(&self, message: Message, control: &Control) -> Result<(), Stop> {
        select! {
            send(self.sender, message) -> sent => sent.map_err(|_| Stop::Cancelled),
            recv(control.cancelled()) -> _ => Err(Stop::Cancelled),
        }
    }
}
