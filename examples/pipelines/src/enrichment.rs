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
#[derive(Clone, Row)]
pub struct Order {
    customer: String,
    cents: i64,
    currency: String,
    at: Timestamp<3>,
}

/// An order with its price in euros; none when no rate was told before.
#[derive(Row)]
pub struct InEuros<'a> {
    customer: &'a str,
    at: Timestamp<3>,
    euro_cents: Option<i64>,
}

/// Converts each order by the rate of its time. An order waits until the watermark, the lower one of both
/// streams, has come to its time: then all rates until then are known.
#[derive(Default)]
pub struct Convert {
    /// By currency and time.
    rates: BroadcastHandle<(String, i64), f64>,
    waiting: ListState<Order>,
}

impl KeyedBroadcastProcessFunction for Convert {
    type Key = &'static str;
    type In = Order;
    type Broadcast = Rate<'static>;
    type Out = InEuros<'static>;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.rates = ctx.broadcast_state("rates")?;
        self.waiting = ctx.list_state("waiting")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        order: Order,
        ctx: &ReadOnlyKeyedContext<'_, Self::Key>,
        _out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        ctx.register_event_time_timer(order.at.millis())?;
        self.waiting.add(order)
    }

    fn process_broadcast_element(
        &mut self,
        rate: Rate<'_>,
        ctx: &BroadcastContext<'_>,
        _out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let since = (rate.currency.to_owned(), rate.since.millis());
        ctx.broadcast_state(&self.rates).put(since, rate.euros)
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &ReadOnlyKeyedContext<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let rates = ctx.broadcast_state(&self.rates).entries()?;
        let (due, later): (Vec<Order>, _) = self
            .waiting
            .take()?
            .into_iter()
            .partition(|order| order.at.millis() <= timer.timestamp);
        self.waiting.update(later)?;
        for Order { customer, cents, currency, at } in &due {
            let until_then =
                rates.iter().filter(|((of, since), _)| of == currency && *since <= at.millis());
            let rate = until_then.max_by_key(|((_, since), _)| *since).map(|(_, euros)| euros);
            let euro_cents = rate.map(|euros| (*cents as f64 * euros).round() as i64);
            out.collect(InEuros { customer, at: *at, euro_cents });
        }
        Ok(())
    }
}

/// Reads orders, and rates beside them, and writes the orders in euros.
#[pipeline]
pub fn in_euros(p: &Pipeline, args: &Arguments) -> Result<()> {
    let json = |path: &str| Connector::new("filesystem").option("path", path).format("json");
    let orders = json(args.get("orders")?).watermark("at", Duration::from_secs(5));
    let rates = json(args.get("rates")?).watermark("since", Duration::from_secs(5));
    let rates = p.source::<Rate<'_>>(rates).name("rates").broadcast();
    p.source::<Order>(orders)
        .name("orders")
        .key_by_field::<&str>("customer")
        .connect_broadcast(&rates)
        .process(Convert::default)
        .name("convert")
        .sink(json(args.get("output")?));
    Ok(())
}
