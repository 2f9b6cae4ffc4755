use brookite::prelude::*;

#[derive(Default)]
struct Rules;

#[function]
impl KeyedBroadcastProcessFunction for Rules {
    type Key = i64;
    type In = i64;
    type Broadcast = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        time: i64,
        ctx: &ReadOnlyKeyedContext<'_, i64>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.register_event_time_timer(time)
    }

    fn process_broadcast_element(
        &mut self,
        time: i64,
        ctx: &BroadcastContext<'_>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.register_event_time_timer(time)
    }
}

fn main() {}
