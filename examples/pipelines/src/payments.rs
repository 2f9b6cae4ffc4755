//! From Kafka to Kafka, exactly once: what each account is paid, and what that comes to.
//!
//! Two steps have state: the window that of the payments of ten seconds, and the balance its sum so far. What
//! they tell is written in transactions that are committed with Flink's checkpoints.

use brookite::prelude::*;

/// A record of the topic that is read, `{"account": "a", "cents": 5, "at": "2026-01-01 10:00:00.000"}`.
#[derive(Clone, Debug, Row)]
pub struct Payment<'r> {
    account: &'r str,
    cents: i64,
    at: Timestamp<3>,
}

/// A record of the topic that is written: what an account was paid until then.
#[derive(Clone, Debug, Row)]
pub struct Total {
    account: String,
    until: Timestamp<3>,
    cents: i64,
    balance: i64,
}

/// An account, the end of a window in milliseconds, and what was paid in it.
type Sum = (&'static str, i64, i64);

/// Sums up the payments of each account every ten seconds of event time. `--until-now` ends the job at
/// what the topic has when it starts.
#[pipeline]
fn payments(p: &Pipeline, args: &Arguments) -> Result<()> {
    // A broker that does not answer, or a topic that is not there, is an error after so many milliseconds.
    let timeout = args.get_or("timeout", 20_000)?;
    let kafka = |topic: &str| -> Result<Connector> {
        Ok(Connector::new("kafka")
            .option("properties.bootstrap.servers", args.get("brokers")?)
            .option("properties.request.timeout.ms", timeout)
            .option("properties.default.api.timeout.ms", timeout)
            .option("properties.max.block.ms", timeout)
            .option("topic", topic)
            .format("json"))
    };
    let mut from = kafka(args.get("from")?)?
        .option("scan.startup.mode", "earliest-offset")
        .watermark("at", Duration::from_secs(2));
    if args.get_or("until-now", false)? {
        from = from.option("scan.bounded.mode", "latest-offset");
    }
    let to = kafka(args.get("to")?)?
        // The totals of an account stay in their order: they are in one partition.
        .option("key.format", "raw")
        .option("key.fields", "account")
        .option("sink.delivery-guarantee", "exactly-once")
        .option("sink.transactional-id-prefix", args.get("transaction-prefix")?)
        // Longer than a failure lasts, and no longer than the broker allows.
        .option("properties.transaction.timeout.ms", args.get_or("transaction-timeout", 600_000)?);
    p.checkpoint_interval(Duration::from_secs(10));
    p.source::<Payment<'static>>(from)
        .name("payments")
        .key_by_field::<&str>("account")
        .window(Tumbling::of(Duration::from_secs(10)))
        .apply(|payments, ctx, out: &mut Collector<'_, Sum>| {
            let cents = payments.iter().map(|payment| payment.cents).sum();
            out.collect((ctx.key(), ctx.window().end(), cents));
        })
        .name("sum per account")
        .key_by_field::<&str>("f0")
        .map_with_state(|(account, until, cents), balance: &mut Option<i64>| {
            let balance = *balance.insert(balance.unwrap_or(0) + cents);
            Total {
                account: account.to_owned(),
                until: Timestamp::from_millis(until),
                cents,
                balance,
            }
        })
        .name("balance")
        .sink(to)
        .name("totals");
    Ok(())
}
