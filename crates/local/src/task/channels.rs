//! How a task reads the channels that lead to it.

use std::time::{Duration, Instant};

use crossbeam_channel::{Select, TryRecvError};

use crate::record::Message;
use crate::task::run::LINGER;
use crate::task::{Inlet, Stop, Task};

/// After so long without anything, a task looks around anyway.
const LONG: Duration = Duration::from_secs(60);

impl Task {
    /// Works on what comes, until all channels have ended.
    pub(super) fn read_channels(&mut self) -> Result<(), Stop> {
        let mut first = 0;
        let mut flushed = Instant::now();
        while !self.inlets.iter().all(|inlet| inlet.ended) {
            self.obey()?;
            self.tell_clock()?;
            let received = self.receive(first)?;
            if received.is_none() || flushed.elapsed() >= LINGER {
                self.flush()?;
                flushed = Instant::now();
            }
            match received {
                // No channel has to wait because another one always has something.
                Some(inlet) => first = (inlet + 1) % self.inlets.len(),
                None => self.wait_for_message(),
            }
        }
        Ok(())
    }

    /// Works on a message of the first channel that has one, and says which it was.
    fn receive(&mut self, first: usize) -> Result<Option<usize>, Stop> {
        for turn in 0..self.inlets.len() {
            let index = (first + turn) % self.inlets.len();
            let inlet = &self.inlets[index];
            if !self.listens_to(inlet) {
                continue;
            }
            match inlet.receiver.try_recv() {
                Ok(message) => {
                    self.on_message(index, message)?;
                    return Ok(Some(index));
                }
                Err(TryRecvError::Empty) => {}
                // The task at the other end has failed.
                Err(TryRecvError::Disconnected) => return Err(Stop::Cancelled),
            }
        }
        Ok(None)
    }

    /// What is behind a barrier waits until the barrier has come on all channels.
    fn listens_to(&self, inlet: &Inlet) -> bool {
        !inlet.ended && !self.nodes[inlet.node].gate.is_ahead(inlet.channel)
    }

    fn on_message(&mut self, index: usize, message: Message) -> Result<(), Stop> {
        let Inlet { node, channel, .. } = self.inlets[index];
        match message {
            Message::Records(batch) => {
                for record in batch.records() {
                    // A function may take its time.
                    if self.control.is_cancelled() {
                        return Err(Stop::Cancelled);
                    }
                    self.record(node, channel, record)?;
                }
                Ok(())
            }
            Message::Watermark(watermark) => self.watermark(node, channel, watermark),
            Message::Idle(idle) => self.idle(node, channel, idle),
            Message::Barrier(checkpoint) => self.barrier(node, channel, checkpoint),
            Message::End => {
                self.inlets[index].ended = true;
                self.end(node, channel)
            }
        }
    }

    /// Waits until there is a message, a command or a timer that is due, or the job is cancelled.
    fn wait_for_message(&self) {
        let mut select = Select::new();
        select.recv(&self.commands);
        select.recv(self.control.cancelled());
        for inlet in self.inlets.iter().filter(|inlet| self.listens_to(inlet)) {
            select.recv(&inlet.receiver);
        }
        let until = self.next_timer().unwrap_or_else(|| Instant::now() + LONG);
        // Whoever is ready is found by those who look.
        let _ = select.ready_deadline(until);
    }
}
