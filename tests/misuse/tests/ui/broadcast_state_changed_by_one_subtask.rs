use brookite::prelude::*;

#[derive(Default)]
struct Rules {
    rules: BroadcastHandle<i64, i64>,
}

#[function]
impl BroadcastProcessFunction for Rules {
    type In = i64;
    type Broadcast = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        number: i64,
        ctx: &ReadOnlyPlainContext<'_>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.broadcast_state(&self.rules).put(number, 1)
    }

    fn process_broadcast_element(
        &mut self,
        number: i64,
        ctx: &BroadcastContext<'_>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.broadcast_state(&self.rules).put(number, 1)
    }
}

fn main() {}
