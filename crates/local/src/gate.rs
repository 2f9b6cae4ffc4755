//! [`Gate`]: where the channels into an operator meet.
//!
//! The watermark of an operator is the lowest of its channels'. A channel that is idle holds nothing up;
//! when all are idle, the operator is, and its watermark stands. A channel that has ended counts as one
//! whose watermark is at the end of time.

/// What a change of one channel means for the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Watermark(i64),
    Idle(bool),
}

#[derive(Clone, Copy, Debug)]
struct Channel {
    input: u32,
    watermark: i64,
    idle: bool,
    ended: bool,
    /// Whether the barrier at hand has come.
    aligned: bool,
}

/// The channels into an operator.
#[derive(Debug)]
pub(crate) struct Gate {
    channels: Vec<Channel>,
    watermark: i64,
    idle: bool,
}

impl Default for Gate {
    fn default() -> Self {
        Self { channels: Vec::new(), watermark: i64::MIN, idle: false }
    }
}

impl Gate {
    /// One more channel, into that input; returns its number.
    pub(crate) fn add(&mut self, input: u32) -> usize {
        self.channels.push(Channel {
            input,
            watermark: i64::MIN,
            idle: false,
            ended: false,
            aligned: false,
        });
        self.channels.len() - 1
    }

    pub(crate) fn input(&self, channel: usize) -> u32 {
        self.channels[channel].input
    }

    pub(crate) fn watermark(&mut self, channel: usize, watermark: i64) -> [Option<Change>; 2] {
        let channel = &mut self.channels[channel];
        channel.watermark = channel.watermark.max(watermark);
        channel.idle = false;
        self.changes()
    }

    pub(crate) fn idle(&mut self, channel: usize, idle: bool) -> [Option<Change>; 2] {
        self.channels[channel].idle = idle;
        self.changes()
    }

    /// A channel has ended. Says whether it was the last one of its input.
    pub(crate) fn end(&mut self, channel: usize) -> Option<u32> {
        self.channels[channel].ended = true;
        let input = self.channels[channel].input;
        let mut others = self.channels.iter().filter(|channel| channel.input == input);
        others.all(|channel| channel.ended).then_some(input)
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.channels.iter().all(|channel| channel.ended)
    }

    /// The barrier has come on that channel.
    pub(crate) fn align(&mut self, channel: usize) {
        self.channels[channel].aligned = true;
    }

    /// Whether the barrier has come on all channels that have not ended; if so, they wait for the next.
    pub(crate) fn take_aligned(&mut self) -> bool {
        let all = self.channels.iter().all(|channel| channel.aligned || channel.ended);
        if all {
            self.channels.iter_mut().for_each(|channel| channel.aligned = false);
        }
        all
    }

    /// Whether records of that channel belong to the time after a checkpoint that is not taken yet.
    pub(crate) fn is_ahead(&self, channel: usize) -> bool {
        self.channels[channel].aligned
    }

    fn changes(&mut self) -> [Option<Change>; 2] {
        let active = self.channels.iter().filter(|channel| !channel.idle);
        let Some(lowest) = active.map(|channel| channel.watermark).min() else {
            // What the idle channels said last still holds.
            let highest = self.channels.iter().map(|channel| channel.watermark).max();
            let watermark = highest.and_then(|watermark| self.raise(watermark));
            let idle = (!std::mem::replace(&mut self.idle, true)).then_some(Change::Idle(true));
            return [watermark, idle];
        };
        let idle = std::mem::replace(&mut self.idle, false).then_some(Change::Idle(false));
        [idle, self.raise(lowest)]
    }

    fn raise(&mut self, watermark: i64) -> Option<Change> {
        (watermark > self.watermark).then(|| {
            self.watermark = watermark;
            Change::Watermark(watermark)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inputs: &[u32]) -> Gate {
        let mut gate = Gate::default();
        inputs.iter().for_each(|input| {
            gate.add(*input);
        });
        gate
    }

    #[test]
    fn the_lowest_watermark_counts() {
        let mut gate = of(&[0, 0]);
        assert_eq!(gate.watermark(0, 5), [None, None]);
        assert_eq!(gate.watermark(1, 3), [None, Some(Change::Watermark(3))]);
        assert_eq!(gate.watermark(1, 9), [None, Some(Change::Watermark(5))]);
        assert_eq!(gate.watermark(0, 4), [None, None], "watermarks never fall");
    }

    #[test]
    fn an_idle_channel_holds_nothing_up() {
        let mut gate = of(&[0, 1]);
        assert_eq!(gate.watermark(0, 5), [None, None]);
        assert_eq!(gate.idle(1, true), [None, Some(Change::Watermark(5))]);
        assert_eq!(gate.idle(0, true), [None, Some(Change::Idle(true))]);
        assert_eq!(gate.idle(1, false), [Some(Change::Idle(false)), None]);
        assert_eq!(gate.watermark(1, 7), [None, Some(Change::Watermark(7))]);
    }

    #[test]
    fn an_input_ends_with_the_last_of_its_channels() {
        let mut gate = of(&[0, 0, 1]);
        assert_eq!(gate.end(0), None);
        assert_eq!(gate.end(2), Some(1));
        assert!(!gate.has_ended());
        assert_eq!(gate.end(1), Some(0));
        assert!(gate.has_ended());
    }
}
