//! A function with every kind of state at once, to see that none is lost or doubled.

use brookite::prelude::*;

/// All timers are set after this, so that none fires before the end of the input.
const END: i64 = 1_000_000_000;

/// Books each number in every kind of state that there is, and emits what each of them says:
/// `(what, whose, how much)`. What is booked under a key is its count, the length of its list, the sum
/// of its map's values, and how many of its timers fired, all of which are the number of its records in
/// the end; what a subtask books are the records that it saw, which are all records over all subtasks.
#[derive(Default)]
struct Ledger {
    count: ValueState<i64>,
    list: ListState<i64>,
    map: MapState<i64, i64>,
    sum: ReducingState<i64>,
    fired: ValueState<i64>,
    booked: OperatorListState<i64>,
    total: i64,
    subtask: i64,
}

#[function]
impl KeyedProcessFunction for Ledger {
    type Key = i64;
    type In = i64;
    type Out = (&'static str, i64, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        self.list = ctx.list_state("list")?;
        self.map = ctx.map_state("map")?;
        self.sum = ctx.reducing_state("sum", |one, other| one + other)?;
        self.fired = ctx.value_state("fired")?;
        self.booked = ctx.operator_list_state("booked")?;
        self.total = self.booked.get()?.iter().sum();
        self.subtask = i64::from(ctx.subtask().index);
        Ok(())
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let key = *ctx.key();
        self.count.update(self.count.value()?.unwrap_or(0) + 1)?;
        self.list.add(number)?;
        self.map.modify(number % 3, |value| *value = Some(value.unwrap_or(0) + 1))?;
        self.sum.add(1)?;
        self.total += 1;
        self.booked.update(vec![self.total])?;
        ctx.register_event_time_timer(END + number)?;

        out.collect(("count", key, self.count.value()?.unwrap_or(0)));
        out.collect(("list", key, self.list.with(|list| list.len() as i64)?));
        out.collect(("map", key, self.map.values()?.iter().sum()));
        out.collect(("sum", key, self.sum.get()?.unwrap_or(0)));
        out.collect(("booked", self.subtask, self.total));
        Ok(())
    }

    fn on_timer(
        &mut self,
        _timer: Timer,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let fired = self.fired.value()?.unwrap_or(0) + 1;
        self.fired.update(fired)?;
        out.collect(("fired", *ctx.key(), fired));
        Ok(())
    }
}
