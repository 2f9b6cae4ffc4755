use brookite::prelude::*;

const REJECTED: OutputTag<&str> = OutputTag::new("rejected");

#[derive(Default)]
struct Check;

#[function]
impl ProcessFunction for Check {
    type In = i64;
    type Out = i64;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&REJECTED)
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &PlainContext<'_>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.side_output(&REJECTED, number)
    }
}

fn main() {}
