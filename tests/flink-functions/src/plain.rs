//! Functions without keys.

use brookite::prelude::*;

/// The numbers from 1 to the value.
#[flat_map]
fn count_to(value: i64, out: &mut Collector<'_, i64>) {
    (1..=value).for_each(|number| out.collect(number));
}

/// Keeps even numbers and counts the others.
#[derive(Default)]
struct OnlyEven {
    odd: Counter,
}

#[function]
impl FilterFunction for OnlyEven {
    type In = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.odd = ctx.counter("odd_numbers")?;
        Ok(())
    }

    fn filter(&mut self, value: &i64) -> Result<bool> {
        let even = value % 2 == 0;
        if !even {
            self.odd.inc();
        }
        Ok(even)
    }
}
