//! Where choices come from.

/// A stream of numbers that choices are made by.
#[derive(Clone, Debug)]
pub struct Choices<'a>(Source<'a>);

#[derive(Clone, Debug)]
enum Source<'a> {
    /// What is left of them; then zeros.
    Bytes(&'a [u8]),
    /// The state of SplitMix64.
    Seed(u64),
}

impl<'a> Choices<'a> {
    /// Choices by bytes, and the plainest ones when those are used up.
    pub fn from_bytes(bytes: &'a [u8]) -> Self {
        Self(Source::Bytes(bytes))
    }

    /// Choices without end that are the same for the same seed.
    pub fn from_seed(seed: u64) -> Self {
        Self(Source::Seed(seed))
    }

    /// The bytes that no choice was made by; none when a seed makes them.
    pub fn rest(&self) -> &'a [u8] {
        match self.0 {
            Source::Bytes(bytes) => bytes,
            Source::Seed(_) => &[],
        }
    }

    /// A byte.
    pub fn byte(&mut self) -> u8 {
        match &mut self.0 {
            Source::Bytes(bytes) => match bytes.split_first() {
                Some((byte, rest)) => {
                    *bytes = rest;
                    *byte
                }
                None => 0,
            },
            Source::Seed(state) => {
                *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mixed = (*state ^ *state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
                // The highest bits are the best.
                (mixed >> 56) as u8
            }
        }
    }

    /// Any eight bytes.
    pub fn word(&mut self) -> u64 {
        u64::from_le_bytes(std::array::from_fn(|_| self.byte()))
    }

    /// A number below `end`, which is at most 256.
    pub fn below(&mut self, end: usize) -> usize {
        usize::from(self.byte()) * end / 256
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// One of them.
    pub fn one<'o, T>(&mut self, of: &'o [T]) -> &'o T {
        &of[self.below(of.len())]
    }

    /// A whole number between both, small ones and the ends more often than others.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let found = match self.below(6) {
            0 | 1 => i64::from(self.byte()) - 64,
            2 => least.saturating_add(i64::from(self.byte() >> 6)),
            3 => most.saturating_sub(i64::from(self.byte() >> 6)),
            4 => (self.word() as i64) >> self.below(64),
            _ => self.word() as i64,
        };
        if (least..=most).contains(&found) {
            return found;
        }
        let width = i128::from(most) - i128::from(least) + 1;
        // Checked: between both again.
        (i128::from(least) + i128::from(found).rem_euclid(width)) as i64
    }
}
