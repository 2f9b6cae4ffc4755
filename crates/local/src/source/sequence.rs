//! [`SequenceSource`]: numbers one after the other.

use crate::error::JobError;
use crate::operator::{Poll, Source};
use crate::record::{Emitted, NO_TIMESTAMP};
use crate::source::at_once;
use crate::state_bytes::{read_number, write_number};

/// Emits the numbers of a range.
pub(crate) struct SequenceSource {
    /// The next one; beyond `last` when there is none.
    next: i128,
    last: i128,
}

impl SequenceSource {
    /// The part of `first` to `last` that subtask `index` of `parallelism` has: each has numbers that
    /// follow each other.
    pub(crate) fn new(first: i64, last: i64, index: u32, parallelism: u32) -> Self {
        let (first, last) = (i128::from(first), i128::from(last));
        let count = (last - first + 1).max(0);
        let start = |index: u32| first + count * i128::from(index) / i128::from(parallelism.max(1));
        Self { next: start(index), last: start(index + 1) - 1 }
    }
}

impl Source for SequenceSource {
    fn open(&mut self, position: Option<&[u8]>) -> Result<(), JobError> {
        if let Some(position) = position {
            // The end of the range is kept as how many are left: it may be beyond the largest number.
            self.next = self.last + 1 - i128::from(read_number(position)?.cast_unsigned());
        }
        Ok(())
    }

    fn poll(&mut self, one: bool, out: &mut Emitted) -> Result<Poll, JobError> {
        if self.next > self.last {
            return Ok(Poll::End);
        }
        for _ in 0..at_once(one) {
            let Some(number) = i64::try_from(self.next).ok().filter(|_| self.next <= self.last)
            else {
                break;
            };
            out.record(0, &number.to_be_bytes(), NO_TIMESTAMP);
            self.next += 1;
        }
        Ok(Poll::More)
    }

    fn snapshot(&mut self) -> Vec<u8> {
        let left = (self.last + 1 - self.next).max(0);
        write_number(u64::try_from(left).unwrap_or(u64::MAX).cast_signed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_all_subtasks_are_the_whole() {
        let part = |index| SequenceSource::new(-3, 7, index, 4);
        let numbers: Vec<_> = (0..4).flat_map(|i| part(i).next..=part(i).last).collect();
        assert_eq!(numbers, (-3..=7).collect::<Vec<_>>());
        let none = SequenceSource::new(1, 0, 0, 1);
        assert!(none.next > none.last);
    }

    #[test]
    fn a_sequence_goes_on_where_it_was() {
        let mut before = SequenceSource::new(i64::MAX - 600, i64::MAX, 0, 1);
        let mut out = Emitted::default();
        before.poll(false, &mut out).unwrap();
        let mut after = SequenceSource::new(i64::MAX - 600, i64::MAX, 0, 1);
        after.open(Some(&before.snapshot())).unwrap();
        assert_eq!(after.next, before.next);
    }
}
