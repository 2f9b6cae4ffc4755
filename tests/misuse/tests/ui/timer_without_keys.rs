use brookite::prelude::*;

#[derive(Default)]
struct Remind;

#[function]
impl ProcessFunction for Remind {
    type In = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        time: i64,
        ctx: &PlainContext<'_>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.register_event_time_timer(time)
    }
}

fn main() {}
