use brookite::prelude::*;

#[derive(Default)]
struct Remind;

#[function]
impl CoProcessFunction for Remind {
    type In1 = i64;
    type In2 = i64;
    type Out = i64;

    fn process_element1(
        &mut self,
        time: i64,
        ctx: &Context<'_, i64>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.register_event_time_timer(time)
    }

    fn process_element2(
        &mut self,
        _time: i64,
        _ctx: &PlainContext<'_>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
