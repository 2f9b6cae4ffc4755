//! Metrics of functions: what they show, when it is told, and what is refused.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite::prelude::*;
use brookite_executor::harness::Harness;
use brookite_executor::memory::MetricValue;

#[derive(Default)]
struct Measure {
    positive: Counter,
    negative: Counter,
    last: Gauge<i64>,
    half: Gauge<f64>,
    numbers: Meter,
    sizes: Histogram,
}

#[function]
impl MapFunction for Measure {
    type In = i64;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.positive = ctx.metrics().label("sign", "plus").counter("signs")?;
        self.negative = ctx.metrics().label("sign", "minus").counter("signs")?;
        self.last = ctx.gauge("last")?;
        self.half = ctx.gauge("half")?;
        self.numbers = ctx.meter("numbers")?;
        self.sizes = ctx.histogram("sizes")?;
        Ok(())
    }

    fn map(&mut self, value: i64) -> Result<i64> {
        if value == 0 {
            return Err(Error::msg("a zero"));
        }
        if value > 0 {
            self.positive.inc()
        } else {
            self.negative.inc()
        }
        self.last.set(value);
        self.half.set(value as f64 / 2.0);
        self.numbers.mark_events(2);
        self.sizes.update(value.abs());
        Ok(value)
    }
}

#[test]
fn each_kind_shows_what_the_function_measured() {
    let mut harness = Harness::map::<Measure>().unwrap();
    for value in [3, -7, 5] {
        harness.push(value).unwrap();
    }
    let host = harness.host().clone();
    let signs = |sign| host.metric("signs", &[("sign", sign)]);
    assert_eq!(signs("plus"), Some(MetricValue::Counter(2)));
    assert_eq!(signs("minus"), Some(MetricValue::Counter(1)));
    assert_eq!(host.metric("signs", &[]), None, "not without its label");
    let show = |name| host.metric(name, &[]).unwrap();
    assert_eq!(show("last"), MetricValue::Gauge(5));
    assert_eq!(show("half"), MetricValue::GaugeF64(2.5));
    assert_eq!(show("numbers"), MetricValue::Meter(6));
    assert_eq!(show("sizes"), MetricValue::Histogram { count: 3, samples: vec![3, 7, 5] });
    harness.close().unwrap();
    assert_eq!(show("last"), MetricValue::Gauge(5), "also after the end");
}

#[test]
fn what_was_measured_before_a_failure_is_told() {
    let mut harness = Harness::map::<Measure>().unwrap();
    harness.push(9).unwrap();
    assert!(harness.push(0).is_err());
    assert_eq!(harness.host().metric("last", &[]), Some(MetricValue::Gauge(9)));
}

/// Declares what its name says.
macro_rules! declares {
    ($function:ident, |$ctx:ident| $declare:expr) => {
        #[derive(Default)]
        struct $function;

        impl MapFunction for $function {
            type In = i64;
            type Out = i64;

            fn open(&mut self, $ctx: &mut OpenContext<'_>) -> Result<()> {
                $declare
            }

            fn map(&mut self, value: i64) -> Result<i64> {
                Ok(value)
            }
        }
    };
}

declares!(TwoKinds, |ctx| {
    ctx.counter("hits")?;
    ctx.metrics().label("rule", "hot").meter("hits").map(drop)
});
declares!(NoName, |ctx| ctx.counter("").map(drop));
declares!(EmptyLabel, |ctx| ctx.metrics().label("rule", "").counter("hits").map(drop));
declares!(LabelTwice, |ctx| {
    ctx.metrics().label("rule", "hot").label("rule", "cold").counter("hits").map(drop)
});
declares!(Shared, |ctx| {
    let (one, other) = (ctx.counter("hits")?, ctx.counter("hits")?);
    one.inc();
    other.inc();
    Ok(())
});

#[test]
fn a_bad_declaration_is_an_error_that_says_what_to_do_instead() {
    let refused = |opened: std::result::Result<Harness<i64, i64>, Box<_>>| {
        let failure: brookite_executor::Failure = *opened.unwrap_err();
        assert_eq!(failure.phase, "open");
        failure.message
    };
    assert_eq!(
        refused(Harness::map::<TwoKinds>()),
        "metric 'hits' was declared as a counter before and as a meter now: metrics of one name are \
         of one kind, whatever their labels, so give one of the two another name"
    );
    assert_eq!(
        refused(Harness::map::<NoName>()),
        "a metric was declared without a name: expected at least one character"
    );
    assert_eq!(
        refused(Harness::map::<EmptyLabel>()),
        "metric 'hits' has the label 'rule=': expected a key and a value of at least one character \
         each"
    );
    assert_eq!(
        refused(Harness::map::<LabelTwice>()),
        "metric 'hits' has two labels 'rule': expected another key for each"
    );
}

#[test]
fn metrics_of_one_name_are_one() {
    let harness = Harness::map::<Shared>().unwrap();
    assert_eq!(harness.counter("hits"), 2);
}
