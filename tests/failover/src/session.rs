//! Session windows.

use brookite::prelude::*;

use crate::event::Event;

/// Says of a session when it began and ended, how many events it had, and the sum of their numbers.
#[derive(Default)]
struct Session;

#[function]
impl AggregateFunction for Session {
    type In = Event;
    /// Account, times of the first and the last event, how many there are, the sum of their numbers.
    type Acc = (i64, i64, i64, i64, i64);
    type Out = (i64, i64, i64, i64, i64);

    fn create_accumulator(&self) -> Self::Acc {
        (0, i64::MAX, i64::MIN, 0, 0)
    }

    fn add(&self, (number, account, time, _): Event, session: &mut Self::Acc) -> Result<()> {
        self.merge(session, (account, time, time, 1, number))
    }

    fn merge(
        &self,
        (account, first, last, count, sum): &mut Self::Acc,
        other: Self::Acc,
    ) -> Result<()> {
        *account = other.0;
        *first = other.1.min(*first);
        *last = other.2.max(*last);
        *count += other.3;
        *sum = sum.wrapping_add(other.4);
        Ok(())
    }

    fn get_result(&self, session: &Self::Acc) -> Result<Self::Out> {
        Ok(*session)
    }
}
