//! [`TestStream`]: a source that does what a test says, event by event.

use std::fmt;

use crate::pipeline::draft::{DraftNode, Port};
use crate::pipeline::{Executable, NodeKind, NodeProblem, Pipeline, Stream};
use crate::proto::{TestEvent, TestRecord, TestStreamNode, test_event::Event};
use crate::types::{Data, View};
use crate::windowing::Millis;

/// A source that does what a test says, event by event: records with their timestamps, watermarks, and
/// time that goes by. Like Beam's class of that name.
///
/// ```
/// # use std::time::Duration;
/// # use brookite_core::{Error, pipeline::Pipeline};
/// # use brookite_core::windowing::Tumbling;
/// # let p: Pipeline = Pipeline::new("doc");
/// let clicks = p.test_stream::<(&str, i64)>("clicks");
/// clicks.add_at(("ann", 1), 1_000).add_at(("bob", 1), 3_000);
/// clicks.advance_watermark_to(10_000);
/// clicks.add_at(("ann", 1), 2_000); // late
/// clicks
///     .stream()
///     .view_as::<(String, i64)>()
///     .key_by_field::<String>("f0")
///     .window(Tumbling::of(10_000))
///     .reduce(|(user, one), (_, other)| (user, one + other))
///     .collect("counts");
/// # p.build()?;
/// # Ok::<(), Error>(())
/// ```
///
/// After the last event the input ends, and its watermark is at the end of time.
///
/// * On one thread, the local runner's deterministic mode, each event is worked on to its end before the
///   next one; those of several test streams come in the order in which the program said them, after all
///   other sources. The clock of processing time is the test's: it stands until
///   [`advance_processing_time`](Self::advance_processing_time) sets it forward.
/// * On several threads and on Flink the events of one stream come in their order, those of several
///   streams beside each other. Processing time is the machine's: an advance waits for so long.
/// * In BATCH mode there are no watermarks, and they are passed over.
pub struct TestStream<T, E = ()> {
    stream: Stream<T, E>,
}

impl<E: Executable> Pipeline<E> {
    /// A source for tests, which is told event by event what to do; see [`TestStream`].
    pub fn test_stream<T: Data>(&self, name: &str) -> TestStream<T, E> {
        let kind = NodeKind::TestStream(TestStreamNode::default());
        let node = DraftNode::new(name, kind).emits::<T>();
        let stream = Stream::new(Port::source(&self.draft, node));
        if name.is_empty() {
            stream.port.problem(NodeProblem::Empty { what: "name" });
        }
        TestStream { stream }
    }
}

impl<T: Data, E: Executable> TestStream<T, E> {
    /// The stream of its records.
    pub fn stream(&self) -> Stream<T, E> {
        self.stream.clone()
    }

    /// Emits a record without timestamp.
    pub fn add(&self, value: View<'_, T>) -> &Self {
        self.add_record(&value, None)
    }

    /// Emits a record with a timestamp, in milliseconds since the epoch.
    pub fn add_at(&self, value: View<'_, T>, timestamp: i64) -> &Self {
        self.add_record(&value, Some(timestamp))
    }

    /// Says that no record up to that time is to come, late ones aside; in milliseconds since the epoch.
    pub fn advance_watermark_to(&self, watermark: i64) -> &Self {
        let before = self.events(|events| {
            events.iter().rev().find_map(|event| match event.event {
                Some(Event::Watermark(before)) => Some(before),
                _ => None,
            })
        });
        if let Some(before) = before.filter(|before| *before > watermark) {
            let problem = format!("its watermark must not fall: found {watermark} after {before}");
            self.stream.port.problem(NodeProblem::Interval(problem));
        }
        self.event(Event::Watermark(watermark))
    }

    /// Says that all records to come are late.
    pub fn advance_watermark_to_infinity(&self) -> &Self {
        self.advance_watermark_to(i64::MAX)
    }

    /// Lets processing time go on by so much, a `Duration` or milliseconds.
    pub fn advance_processing_time(&self, by: impl Millis) -> &Self {
        let by = by.millis();
        if by < 0 {
            let problem = format!("processing time must not go back, found {by} ms");
            self.stream.port.problem(NodeProblem::Interval(problem));
        }
        self.event(Event::ProcessingTimeMs(by))
    }

    fn add_record(&self, value: &View<'_, T>, timestamp: Option<i64>) -> &Self {
        let mut record = Vec::new();
        if let Err(source) = T::encode(value, &mut record) {
            let index = self.events(|events| events.len());
            self.stream.port.problem(NodeProblem::Value { index, source });
        }
        self.event(Event::Record(TestRecord { record, timestamp }))
    }

    fn event(&self, event: Event) -> &Self {
        let turn = {
            let mut draft = self.stream.port.draft.borrow_mut();
            draft.turns += 1;
            draft.turns
        };
        self.events(|events| events.push(TestEvent { turn, event: Some(event) }));
        self
    }

    fn events<R: Default>(&self, look: impl FnOnce(&mut Vec<TestEvent>) -> R) -> R {
        self.stream.port.change(|node| match &mut node.kind {
            NodeKind::TestStream(script) => look(&mut script.events),
            // The stream's node is the one that was added with it.
            _ => R::default(),
        })
    }
}

impl<T, E> Clone for TestStream<T, E> {
    /// The same source: what is said to one is said to both.
    fn clone(&self) -> Self {
        Self { stream: self.stream.clone() }
    }
}

impl<T, E> fmt::Debug for TestStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TestStream").field(&self.stream).finish()
    }
}
