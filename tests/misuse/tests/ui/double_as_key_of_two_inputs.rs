use brookite::prelude::*;

#[derive(Default)]
struct Pair;

#[function]
impl KeyedCoProcessFunction for Pair {
    type Key = f64;
    type In1 = i64;
    type In2 = i64;
    type Out = i64;

    fn process_element1(
        &mut self,
        _value: i64,
        _ctx: &Context<'_, f64>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        Ok(())
    }

    fn process_element2(
        &mut self,
        _value: i64,
        _ctx: &Context<'_, f64>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
