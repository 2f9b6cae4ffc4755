use brookite::Pipeline;
use brookite::prelude::*;

#[derive(Default)]
struct Count;

impl KeyedProcessFunction for Count {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        number: i64,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(number);
        Ok(())
    }
}

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).key_by(|number| number.to_string()).process(Count::default).print();
}

fn main() {}
