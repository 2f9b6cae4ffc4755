//! Any bytes as what happens to a stage, and as the request for one.

use brookite_core::coder::Encoding;
use brookite_core::error::Result;
use brookite_core::function::{
    Collector, Context, KeyedCoProcessFunction, OpenContext, OutputTag, SideOutputs, TimeDomain,
    Timer,
};
use brookite_core::proto::{self, Edge, SideOutput, StageSpec};
use brookite_core::state::{ListState, MapState, StateDescriptor, Ttl, ValueState};
use brookite_core::types::Data;
use brookite_executor::harness::{Driver, Emitted};
use brookite_executor::memory::MemoryHost;
use brookite_executor::{FunctionEntry, Registry, Stage};
use prost::Message;

const NAME: &str = "anything";
const BESIDE: OutputTag<i64> = OutputTag::new("beside");

/// Does with state, timers and outputs what each letter of a text says.
#[derive(Default)]
struct Anything {
    value: ValueState<i64>,
    fleeting: ValueState<i64>,
    list: ListState<String>,
    map: MapState<String, i64>,
}

impl Anything {
    fn act(&self, letter: char, ctx: &Context<'_, String>, out: &mut Out<'_>) -> Result<()> {
        let time = ctx.timestamp().unwrap_or(0);
        let value = self.value.value()?.unwrap_or(0);
        match letter {
            'v' => self.value.update(value + 1),
            'c' => self.value.clear(),
            'f' => self.fleeting.update(self.fleeting.value()?.unwrap_or(0) + 1),
            'l' => self.list.add(format!("{value}")),
            'L' => self.list.clear(),
            'm' => self.map.put(format!("{}", value % 3), value),
            'r' => self.map.remove(&format!("{}", value % 3)),
            'M' => self.map.clear(),
            'w' => self.map.modify(format!("{}", value % 2), |one| *one = one.map(|n| n + 1)),
            't' => ctx.register_event_time_timer(time.saturating_add(10)),
            'd' => ctx.delete_event_time_timer(time.saturating_add(10)),
            'p' => ctx.register_processing_time_timer(ctx.current_processing_time()? + 3),
            's' => ctx.side_output(&BESIDE, value),
            _ => {
                let mut entries = self.map.entries()?;
                // A map has no order of its own.
                entries.sort();
                let list = self.list.get()?;
                let fleeting = self.fleeting.value()?;
                let text = format!("{}: {value} {fleeting:?} {list:?} {entries:?}", ctx.key());
                out.collect((text.as_str(), ctx.current_watermark()));
                Ok(())
            }
        }
    }
}

type Out<'c> = Collector<'c, (&'static str, i64)>;

impl KeyedCoProcessFunction for Anything {
    type Key = String;
    type In1 = &'static str;
    type In2 = i64;
    type Out = (&'static str, i64);

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&BESIDE)
    }

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.value = ctx.value_state("value")?;
        let fleeting = StateDescriptor::new("fleeting").with_ttl(Ttl::of(5));
        self.fleeting = ctx.value_state(fleeting)?;
        self.list = ctx.list_state("list")?;
        self.map = ctx.map_state("map")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        text: &str,
        ctx: &Context<'_, String>,
        out: &mut Out<'_>,
    ) -> Result<()> {
        text.chars().try_for_each(|letter| self.act(letter, ctx, out))
    }

    fn process_element2(
        &mut self,
        number: i64,
        _: &Context<'_, String>,
        _: &mut Out<'_>,
    ) -> Result<()> {
        self.value.update(number)
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, String>,
        out: &mut Out<'_>,
    ) -> Result<()> {
        match timer.domain {
            TimeDomain::EventTime => self.act('v', ctx, out)?,
            TimeDomain::ProcessingTime => self.act('l', ctx, out)?,
        }
        self.act('?', ctx, out)
    }
}

fn entry() -> FunctionEntry {
    FunctionEntry::keyed_co_process::<Anything>(NAME)
}

fn edge<T: Data>() -> Option<Edge> {
    let encoding = proto::Encoding::from(Encoding::Serializer).into();
    Some(Edge { r#type: Some((&T::data_type()).into()), encoding })
}

/// A stage that remembers so many keys.
fn spec(entries: u32) -> StageSpec {
    StageSpec {
        stage: "fuzzed".to_owned(),
        functions: vec![NAME.to_owned()],
        input: edge::<&str>(),
        second_input: edge::<i64>(),
        output: edge::<(&str, i64)>(),
        key: edge::<String>(),
        side_outputs: vec![SideOutput { name: BESIDE.name().to_owned(), edge: edge::<i64>() }],
        state_cache_entries: entries,
        ..StageSpec::default()
    }
}

/// Records, watermarks, ticks of the clock, checkpoints and crashes, one after the other: what comes out
/// is the same, whatever the cache remembers.
pub(super) fn calls(bytes: &[u8]) {
    let mut drivers = [1, 2, 0].map(|entries| Driver::of(entry(), spec(entries)).expect("opens"));
    let (mut watermark, mut clock) = (0, 0);
    let mut rest = Bytes(bytes);
    while let Some(call) = rest.next() {
        let delta = i64::from(call / 8);
        match call % 8 {
            0..=3 => {
                let (key, text) = (rest.text(2), rest.text(6));
                let at = Some(watermark + delta - 8);
                each(&mut drivers, |one| one.push(0, &encode(&key), &encode(&text), at));
            }
            4 => {
                let key = rest.text(2);
                let record = delta.to_be_bytes();
                each(&mut drivers, |one| one.push(1, &encode(&key), &record, None));
            }
            5 => {
                watermark += delta;
                each(&mut drivers, |one| one.advance_watermark(watermark));
            }
            6 => {
                clock += delta;
                each(&mut drivers, |one| one.advance_processing_time(clock));
            }
            _ => match delta % 4 {
                0 => each(&mut drivers, Driver::crash),
                1 => each(&mut drivers, Driver::restart),
                _ => each(&mut drivers, Driver::checkpoint),
            },
        }
        same(&mut drivers);
    }
    each(&mut drivers, Driver::end_input);
    same(&mut drivers);
    each(&mut drivers, Driver::close);
}

fn each(
    drivers: &mut [Driver],
    call: impl Fn(&mut Driver) -> std::result::Result<(), brookite_executor::Failed>,
) {
    for driver in drivers {
        call(driver).unwrap_or_else(|failure| panic!("{failure}"));
    }
}

fn same(drivers: &mut [Driver]) {
    let told = |driver: &mut Driver| -> (Vec<Emitted>, Vec<Emitted>) {
        (driver.take_results(), driver.take_side_output(0))
    };
    let [first, others @ ..] = drivers else { return };
    let expected = told(first);
    for other in others {
        assert_eq!(told(other), expected);
        assert_eq!(other.host().timers(), first.host().timers());
    }
}

fn encode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    <&str>::encode(&text, &mut bytes).expect("text");
    bytes
}

/// What is left of the bytes.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A short text of letters that mean something.
    fn text(&mut self, longest: u8) -> String {
        const LETTERS: &[u8] = b"vcflLmrMwtdps??";
        let length = self.next().unwrap_or(0) % (longest + 1);
        let letters = (0..length).filter_map(|_| self.next());
        letters.map(|letter| char::from(LETTERS[usize::from(letter) % LETTERS.len()])).collect()
    }
}

/// A request for a stage, whatever it asks for: an error that says what is wrong, or a stage that opens
/// and takes a record that is none.
pub(super) fn request(bytes: &[u8]) {
    let Ok(spec) = StageSpec::decode(bytes) else { return };
    let entry = entry();
    let mut stage = match Stage::build(&Registry::of([&entry]), spec) {
        Ok(stage) => stage,
        Err(failure) => return assert!(!failure.message.is_empty()),
    };
    if stage.open(Box::new(MemoryHost::new())).is_ok() {
        let _ = stage.process(1, b"\x02a", b"12345678", 0);
        let first = stage.process(0, b"\x02a", b"", 0).expect_err("no text");
        assert_eq!(stage.flush().expect_err("failed"), first);
    }
    stage.close().expect("closes");
}
