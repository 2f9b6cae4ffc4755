//! Triggers at work: a tree of small states for each window.
//!
//! The tree is flattened, parents before children, and each node has one number of state. A window's
//! states are the numbers in that order, so that they are stored as they are.

use brookite_core::windowing::{Trigger, Window};
use smallvec::SmallVec;

/// The state of a window's trigger: one number for each node of the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TriggerState(pub(super) SmallVec<[i64; 4]>);

/// Where the clocks stand, for one window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clocks {
    pub(super) window: Window,
    pub(super) watermark: i64,
    pub(super) processing_time: i64,
}

impl Clocks {
    /// Whether the watermark has reached the window's end.
    pub(super) fn is_over(&self) -> bool {
        self.watermark >= self.window.max_timestamp()
    }
}

/// No processing time is due.
const NOT_SET: i64 = i64::MAX;

#[derive(Debug)]
enum Node {
    /// State: 1 once it has fired on time.
    AfterWatermark {
        early: Option<usize>,
        late: Option<usize>,
    },
    /// State: when it is due, or [`NOT_SET`].
    AfterProcessingTime(i64),
    /// State: how many records came.
    AfterCount(i64),
    Repeatedly(usize),
    /// State: which part is at work.
    AfterEach(Vec<usize>),
    /// Also `OrFinally`, which differs in nothing else than its name.
    AfterAny(Vec<usize>),
    AfterAll(Vec<usize>),
    Never,
}

/// A trigger, ready to work on the states of any number of windows.
#[derive(Debug)]
pub(super) struct Machine {
    nodes: Vec<Node>,
}

impl Machine {
    pub(super) fn new(trigger: &Trigger) -> Self {
        let mut machine = Self { nodes: Vec::new() };
        machine.add(trigger);
        machine
    }

    fn add(&mut self, trigger: &Trigger) -> usize {
        let index = self.nodes.len();
        self.nodes.push(Node::Never);
        let mut all = |parts: &[Trigger]| parts.iter().map(|part| self.add(part)).collect();
        let node = match trigger {
            Trigger::AfterWatermark { early, late } => {
                let early = early.as_ref().map(|part| self.add(part));
                let late = late.as_ref().map(|part| self.add(part));
                Node::AfterWatermark { early, late }
            }
            Trigger::AfterProcessingTime(delay) => Node::AfterProcessingTime(*delay),
            Trigger::AfterCount(count) => {
                Node::AfterCount(i64::try_from(*count).unwrap_or(i64::MAX))
            }
            Trigger::Repeatedly(inner) => Node::Repeatedly(self.add(inner)),
            Trigger::AfterEach(parts) => Node::AfterEach(all(parts)),
            Trigger::AfterAny(parts) => Node::AfterAny(all(parts)),
            Trigger::AfterAll(parts) => Node::AfterAll(all(parts)),
            Trigger::OrFinally(body, last) => Node::AfterAny(vec![self.add(body), self.add(last)]),
            // Triggers of later versions are turned down when the stage is built.
            _ => Node::Never,
        };
        self.nodes[index] = node;
        index
    }

    /// How many numbers a window's state has.
    pub(super) fn count(&self) -> usize {
        self.nodes.len()
    }

    /// Whether it depends on the clock of processing time.
    pub(super) fn reads_clock(&self) -> bool {
        self.nodes.iter().any(|node| matches!(node, Node::AfterProcessingTime(_)))
    }

    /// Whether it depends on the watermark.
    pub(super) fn reads_watermark(&self) -> bool {
        self.nodes.iter().any(|node| matches!(node, Node::AfterWatermark { .. }))
    }

    /// The state of a window that has just begun.
    pub(super) fn start(&self) -> TriggerState {
        TriggerState(self.nodes.iter().map(Self::initial).collect())
    }

    fn initial(node: &Node) -> i64 {
        if matches!(node, Node::AfterProcessingTime(_)) { NOT_SET } else { 0 }
    }

    /// Notes a record down.
    pub(super) fn on_element(&self, state: &mut TriggerState, clocks: &Clocks) {
        self.element(0, state, clocks);
    }

    fn element(&self, at: usize, state: &mut TriggerState, clocks: &Clocks) {
        match &self.nodes[at] {
            Node::AfterWatermark { early, late } => {
                let part = if state.0[at] == 0 { early } else { late };
                if let Some(part) = part {
                    self.element(*part, state, clocks);
                }
            }
            Node::AfterProcessingTime(delay) => {
                if state.0[at] == NOT_SET {
                    state.0[at] = clocks.processing_time.saturating_add(*delay).min(NOT_SET - 1);
                }
            }
            Node::AfterCount(_) => state.0[at] += 1,
            Node::Repeatedly(inner) => self.element(*inner, state, clocks),
            Node::AfterEach(parts) => {
                if let Some(part) = parts.get(position(state, at)) {
                    self.element(*part, state, clocks);
                }
            }
            Node::AfterAny(parts) | Node::AfterAll(parts) => {
                parts.iter().for_each(|part| self.element(*part, state, clocks));
            }
            Node::Never => {}
        }
    }

    /// Whether the window fires now.
    pub(super) fn should_fire(&self, state: &TriggerState, clocks: &Clocks) -> bool {
        self.fires(0, state, clocks)
    }

    fn fires(&self, at: usize, state: &TriggerState, clocks: &Clocks) -> bool {
        let part = |part: &usize| self.fires(*part, state, clocks);
        match &self.nodes[at] {
            Node::AfterWatermark { late, .. } if state.0[at] != 0 => {
                late.as_ref().is_some_and(part)
            }
            Node::AfterWatermark { early, .. } => {
                clocks.is_over() || early.as_ref().is_some_and(part)
            }
            Node::AfterProcessingTime(_) => {
                state.0[at] != NOT_SET && clocks.processing_time >= state.0[at]
            }
            Node::AfterCount(count) => state.0[at] >= *count,
            Node::Repeatedly(inner) => part(inner),
            Node::AfterEach(parts) => parts.get(position(state, at)).is_some_and(part),
            Node::AfterAny(parts) => parts.iter().any(part),
            Node::AfterAll(parts) => parts.iter().all(part),
            Node::Never => false,
        }
    }

    /// Notes a firing down. Whether the trigger is finished.
    pub(super) fn on_fire(&self, state: &mut TriggerState, clocks: &Clocks) -> bool {
        self.fired(0, state, clocks)
    }

    fn fired(&self, at: usize, state: &mut TriggerState, clocks: &Clocks) -> bool {
        match &self.nodes[at] {
            Node::AfterWatermark { late: Some(late), .. } if state.0[at] != 0 => {
                self.fired_again(*late, state, clocks)
            }
            Node::AfterWatermark { early, late } => {
                if clocks.is_over() {
                    state.0[at] = 1;
                    return late.is_none();
                }
                early.is_some_and(|early| self.fired_again(early, state, clocks))
            }
            Node::AfterProcessingTime(_) | Node::AfterCount(_) => true,
            Node::Repeatedly(inner) => self.fired_again(*inner, state, clocks),
            Node::AfterEach(parts) => {
                if let Some(part) = parts.get(position(state, at))
                    && self.fired(*part, state, clocks)
                {
                    state.0[at] += 1;
                }
                position(state, at) == parts.len()
            }
            Node::AfterAny(parts) => {
                // All that fire take note, whatever the others say.
                parts.iter().fold(false, |finished, part| {
                    finished
                        | (self.fires(*part, state, clocks) && self.fired(*part, state, clocks))
                })
            }
            Node::AfterAll(parts) => {
                // All take note here as well, also of those behind one that goes on.
                parts.iter().fold(true, |finished, part| {
                    let this = self.fired(*part, state, clocks);
                    finished & this
                })
            }
            Node::Never => false,
        }
    }

    /// A firing of a part that starts anew when it is finished, and so never is.
    fn fired_again(&self, at: usize, state: &mut TriggerState, clocks: &Clocks) -> bool {
        if self.fired(at, state, clocks) {
            self.reset(at, state);
        }
        false
    }

    fn reset(&self, at: usize, state: &mut TriggerState) {
        state.0[at] = Self::initial(&self.nodes[at]);
        self.parts(at).into_iter().for_each(|part| self.reset(part, state));
    }

    fn parts(&self, at: usize) -> SmallVec<[usize; 4]> {
        match &self.nodes[at] {
            Node::AfterWatermark { early, late } => early.iter().chain(late).copied().collect(),
            Node::Repeatedly(inner) => std::iter::once(*inner).collect(),
            Node::AfterEach(parts) | Node::AfterAny(parts) | Node::AfterAll(parts) => {
                parts.iter().copied().collect()
            }
            Node::AfterProcessingTime(_) | Node::AfterCount(_) | Node::Never => SmallVec::new(),
        }
    }

    /// Makes `state` the state of the window that it and `other`'s window have become.
    ///
    /// Counts add up, the earlier time is due, and it has fired on time if both have.
    pub(super) fn merge(&self, state: &mut TriggerState, other: &TriggerState) {
        for (at, node) in self.nodes.iter().enumerate() {
            let (one, two) = (state.0[at], other.0[at]);
            state.0[at] = match node {
                Node::AfterCount(_) => one.saturating_add(two),
                _ => one.min(two),
            };
        }
    }

    /// Makes `state` that of a window whose end has moved: it has fired on time only if it is over now.
    pub(super) fn moved(&self, state: &mut TriggerState, clocks: &Clocks) {
        for (at, node) in self.nodes.iter().enumerate() {
            if matches!(node, Node::AfterWatermark { .. }) && !clocks.is_over() {
                state.0[at] = 0;
            }
        }
    }

    /// When the clock of processing time may make the trigger fire; `None` when it may not.
    pub(super) fn due(&self, state: &TriggerState) -> Option<i64> {
        let times = self.nodes.iter().zip(&state.0);
        times
            .filter(|(node, time)| {
                matches!(node, Node::AfterProcessingTime(_)) && **time != NOT_SET
            })
            .map(|(_, time)| *time)
            .min()
    }
}

/// Which part of a sequence is at work.
fn position(state: &TriggerState, at: usize) -> usize {
    usize::try_from(state.0[at]).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: fn() -> Window = || Window::new(0, 10);

    /// Feeds events to a trigger: `e` a record, a number moves the watermark, `p` ten milliseconds of
    /// processing time pass. Returns, for each event, `.` nothing, `F` fires, `X` fires and finishes.
    fn run(trigger: Trigger, events: &str) -> String {
        trigger.check(false).unwrap();
        let machine = Machine::new(&trigger);
        let mut state = machine.start();
        let mut clocks = Clocks { window: WINDOW(), watermark: i64::MIN, processing_time: 0 };
        let step = |event: &str| {
            match event {
                "e" => machine.on_element(&mut state, &clocks),
                "p" => clocks.processing_time += 10,
                watermark => clocks.watermark = watermark.parse().unwrap(),
            }
            if !machine.should_fire(&state, &clocks) {
                return '.';
            }
            if machine.on_fire(&mut state, &clocks) { 'X' } else { 'F' }
        };
        events.split(' ').map(step).collect()
    }

    #[test]
    fn counts_fire_once_unless_repeated() {
        assert_eq!(run(Trigger::after_count(2), "e e"), ".X");
        assert_eq!(run(Trigger::after_count(2).repeatedly(), "e e e e 9"), ".F.F.");
        assert_eq!(run(Trigger::Never, "e e 9 p"), "....");
    }

    #[test]
    fn the_watermark_fires_once_and_late_records_as_told() {
        assert_eq!(run(Trigger::after_watermark(), "e 8 9"), "..X");
        assert_eq!(run(Trigger::default(), "e 9 e e"), ".FFF");
        let both =
            Trigger::after_watermark().early(Trigger::after_count(2)).late(Trigger::after_count(3));
        assert_eq!(run(both, "e e e 9 e e e e"), ".F.F..F.");
    }

    #[test]
    fn processing_time_counts_from_the_first_record_since_the_last_firing() {
        let delay = Trigger::after_processing_time(20).repeatedly();
        assert_eq!(run(delay, "p e p e p p e p p"), "....F...F");
    }

    #[test]
    fn combinations_fire_as_their_names_say() {
        let count = Trigger::after_count;
        assert_eq!(run(Trigger::each([count(1), count(2)]), "e e e"), "F.X");
        assert_eq!(run(Trigger::any([count(3), Trigger::after_watermark()]), "e 9"), ".X");
        assert_eq!(run(Trigger::all([count(2), Trigger::after_watermark()]), "e e e 9"), "...X");
        assert_eq!(run(count(1).repeatedly().or_finally(count(3)), "e e e"), "FFX");
    }

    #[test]
    fn merging_adds_counts_and_keeps_the_earlier_time() {
        let trigger = Trigger::any([Trigger::after_count(3), Trigger::after_processing_time(5)]);
        let machine = Machine::new(&trigger);
        let clocks = |processing_time| Clocks { window: WINDOW(), watermark: 0, processing_time };
        let (mut one, mut two) = (machine.start(), machine.start());
        machine.on_element(&mut one, &clocks(7));
        machine.on_element(&mut two, &clocks(1));
        machine.merge(&mut one, &two);
        assert_eq!(machine.due(&one), Some(6));
        machine.on_element(&mut one, &clocks(2));
        assert!(machine.should_fire(&one, &clocks(2)));
    }
}
