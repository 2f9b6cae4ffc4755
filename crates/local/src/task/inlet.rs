//! [`Inlet`]: the receiving end of a channel between two threads.

use crossbeam_channel::Receiver;

use crate::record::Message;

/// The receiving end of a channel into an operator.
pub(crate) struct Inlet {
    pub(crate) receiver: Receiver<Message>,
    /// The operator.
    pub(crate) node: usize,
    /// The channel's number there.
    pub(crate) channel: usize,
    pub(crate) ended: bool,
}

impl Inlet {
    pub(crate) fn new(receiver: Receiver<Message>, node: usize, channel: usize) -> Self {
        Self { receiver, node, channel, ended: false }
    }
}
