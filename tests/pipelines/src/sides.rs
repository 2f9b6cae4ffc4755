//! Side outputs.

use brookite::prelude::*;

const ODD: OutputTag<&str> = OutputTag::new("odd");
const LARGE: OutputTag<i64> = OutputTag::new("large");

/// Even numbers go on, odd ones aside, and large ones too.
#[derive(Debug, Default)]
struct Sort;

impl ProcessFunction for Sort {
    type In = i64;
    type Out = i64;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&ODD).and(&LARGE)
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        if number > 8 {
            ctx.side_output(&LARGE, number)?;
        }
        if number % 2 == 0 {
            out.collect(number);
            return Ok(());
        }
        ctx.side_output(&ODD, number.to_string().as_str())
    }
}

#[pipeline]
fn side_outputs(p: &Pipeline) -> Result<()> {
    let sorted = p.sequence(1, 10).process(Sort::default);
    sorted.side_output(&ODD).map(|number: &str| format!("odd {number}")).collect("odd");
    sorted.side_output(&LARGE).map(|number: i64| format!("large {number}")).collect("large");
    sorted.map(|number: i64| number.to_string()).collect("out");
    Ok(())
}

/// What nobody takes is dropped.
#[pipeline]
fn side_output_not_taken(p: &Pipeline) -> Result<()> {
    let sorted = p.sequence(1, 4).process(Sort::default);
    sorted.map(|number: i64| number.to_string()).collect("out");
    Ok(())
}
