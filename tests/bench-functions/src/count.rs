//! How many records a key has in a window.

use brookite::prelude::*;

/// Counts, whatever the windows.
#[derive(Default)]
struct CountRecords;

#[function]
impl AggregateFunction for CountRecords {
    type In = (i64, i64);
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        0
    }

    fn add(&self, _: (i64, i64), count: &mut i64) -> Result<()> {
        *count += 1;
        Ok(())
    }

    fn merge(&self, count: &mut i64, other: i64) -> Result<()> {
        *count += other;
        Ok(())
    }

    fn get_result(&self, count: &i64) -> Result<i64> {
        Ok(*count)
    }
}
