//! Functions with types, for pipelines that are never run.

use brookite_core::Result;
use brookite_core::function::{
    AggregateFunction, BroadcastContext, BroadcastProcessFunction, CoGroupFunction, CoMapFunction,
    Collector, Context, JoinContext, JoinFunction, KeyedCoProcessFunction, KeyedProcessFunction,
    OutputTag, PlainContext, ProcessFunction, ProcessJoinFunction, ProcessWindowFunction,
    ReadOnlyPlainContext, SideOutputs, WindowContext,
};

/// Text that is no number.
pub(crate) const REJECTED: OutputTag<&str> = OutputTag::new("rejected");

#[derive(Default)]
pub(crate) struct Parse;

impl ProcessFunction for Parse {
    type In = &'static str;
    type Out = i64;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&REJECTED)
    }

    fn process_element(
        &mut self,
        text: &str,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        match text.parse() {
            Ok(number) => out.collect(number),
            Err(_) => ctx.side_output(&REJECTED, text)?,
        }
        Ok(())
    }
}

#[derive(Default)]
pub(crate) struct Sum;

impl AggregateFunction for Sum {
    type In = i64;
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        0
    }

    fn add(&self, value: i64, sum: &mut i64) -> Result<()> {
        *sum += value;
        Ok(())
    }

    fn merge(&self, sum: &mut i64, other: i64) -> Result<()> {
        *sum += other;
        Ok(())
    }

    fn get_result(&self, sum: &i64) -> Result<i64> {
        Ok(*sum)
    }
}

#[derive(Default)]
pub(crate) struct WithKey;

impl ProcessWindowFunction for WithKey {
    type Key = i64;
    type In = i64;
    type Out = (i64, i64);

    fn process(
        &mut self,
        elements: &[i64],
        ctx: &WindowContext<'_, i64>,
        out: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        elements.iter().for_each(|element| out.collect((*ctx.key(), *element)));
        Ok(())
    }
}

#[derive(Default)]
pub(crate) struct Keyed;

impl KeyedProcessFunction for Keyed {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        value: i64,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(value);
        Ok(())
    }
}

#[derive(Default)]
pub(crate) struct Both;

impl CoMapFunction for Both {
    type In1 = i64;
    type In2 = &'static str;
    type Out = String;

    fn map1(&mut self, number: i64) -> Result<String> {
        Ok(number.to_string())
    }

    fn map2(&mut self, text: &str) -> Result<String> {
        Ok(text.to_owned())
    }
}

impl KeyedCoProcessFunction for Both {
    type Key = i64;
    type In1 = i64;
    type In2 = i64;
    type Out = i64;

    fn process_element1(
        &mut self,
        value: i64,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(value);
        Ok(())
    }

    fn process_element2(
        &mut self,
        value: i64,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(value);
        Ok(())
    }
}

#[derive(Default)]
pub(crate) struct Pairs;

impl JoinFunction for Pairs {
    type In1 = i64;
    type In2 = i64;
    type Out = (i64, i64);

    fn join(&mut self, one: &i64, other: &i64, out: &mut Collector<'_, (i64, i64)>) -> Result<()> {
        out.collect((*one, *other));
        Ok(())
    }
}

impl CoGroupFunction for Pairs {
    type In1 = i64;
    type In2 = i64;
    type Out = i64;

    fn co_group(&mut self, one: &[i64], other: &[i64], out: &mut Collector<'_, i64>) -> Result<()> {
        out.collect((one.len() + other.len()) as i64);
        Ok(())
    }
}

impl ProcessJoinFunction for Pairs {
    type In1 = i64;
    type In2 = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        one: &i64,
        other: &i64,
        _ctx: &JoinContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(one + other);
        Ok(())
    }
}

#[derive(Default)]
pub(crate) struct Censor;

impl BroadcastProcessFunction for Censor {
    type In = i64;
    type Broadcast = &'static str;
    type Out = i64;

    fn process_element(
        &mut self,
        value: i64,
        _ctx: &ReadOnlyPlainContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(value);
        Ok(())
    }

    fn process_broadcast_element(
        &mut self,
        _rule: &str,
        _ctx: &BroadcastContext<'_>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        Ok(())
    }
}
