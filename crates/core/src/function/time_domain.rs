//! [`TimeDomain`]: by which clock a timer goes.

/// By which clock a timer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeDomain {
    /// By the watermark: a timer is due when the watermark reaches its time.
    EventTime,
    /// By the clock of the machine.
    ProcessingTime,
}

impl TimeDomain {
    /// The number that stands for the domain where only numbers cross.
    pub fn code(self) -> u32 {
        match self {
            Self::EventTime => 0,
            Self::ProcessingTime => 1,
        }
    }

    /// The domain that a number stands for; `None` when there is none.
    pub fn from_code(code: u32) -> Option<Self> {
        match code {
            0 => Some(Self::EventTime),
            1 => Some(Self::ProcessingTime),
            _ => None,
        }
    }
}
