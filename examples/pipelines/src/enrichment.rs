//! Enrichment with broadcast rules: orders are given their price in euros, by rates that change while the
//! job runs.

use brookite::prelude::*;

/// What a unit of a currency is worth in euros, from then on.
#[derive(Row)]
pub struct Rate<'a> {
    currency: &'a str,
    euros: f64,
    since: Timestamp<3>,
}

/// An order as it is read.
#[derive(Row)]
pub struct Order<'a> {
    customer: &'a str,
    cents: i64,
    currency: &'a str,
    at: Timestamp<3>,
}

/// An order with its price in euros; none when no rate of its time is known.
#[derive(Row)]
pub struct InEuros<'a> {
    customer: &'a str,
    at: Timestamp<3>,
    euro_cents: Option<i64>,
}

/// What each currency was worth, and since when in milliseconds. Every subtask has it.
type Rates<'a> = ReadOnlyBroadcastState<'a, String, Vec<(i64, f64)>>;

/// Reads orders, and rates beside them, and writes the orders in euros.
///
/// In AUTOMATIC mode two files are a batch, in which the rates come first. Of two topics it is a streaming job:
/// an order meets the rates that have come by then.
#[pipeline]
pub fn in_euros(p: &Pipeline, args: &Arguments) -> Result<()> {
    p.mode(ExecutionMode::Automatic);
    let json = |path: &str| Connector::new("filesystem").option("path", path).format("json");
    let rates = p.source::<Rate<'_>>(json(args.get("rates")?)).name("rates").broadcast();
    p.source::<Order<'_>>(json(args.get("orders")?))
        .name("orders")
        .connect_broadcast(&rates)
        .flat_map_with_broadcast_state(
            |Order { customer, cents, currency, at },
             rates: &Rates<'_>,
             out: &mut Collector<'_, InEuros<'_>>| {
                let known = rates.get(currency)?.unwrap_or_default();
                let until_then = known.iter().filter(|(since, _)| *since <= at.millis());
                let rate = until_then.max_by_key(|(since, _)| *since);
                let euro_cents = rate.map(|(_, euros)| (cents as f64 * euros).round() as i64);
                out.collect(InEuros { customer, at, euro_cents });
                Ok(())
            },
            |Rate { currency, euros, since }, rates| {
                let mut known = rates.get(currency)?.unwrap_or_default();
                known.push((since.millis(), euros));
                rates.put(currency.to_owned(), known)
            },
        )
        .name("convert")
        .sink(json(args.get("output")?));
    Ok(())
}
