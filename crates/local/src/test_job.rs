//! [`TestJob`]: a pipeline that a test feeds, and whose results it looks at, step by step.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use brookite_core::pipeline::Built;
use brookite_core::proto::{TestRecord, test_event::Event};
use brookite_core::types::DataType;
use brookite_core::windowing::Millis;
use brookite_core::{Data, Owned, View};
use brookite_executor::FunctionEntry;
use crossbeam_channel::bounded;

use crate::body::Feeds;
use crate::control::lock;
use crate::error::JobError;
use crate::job::JobHandle;
use crate::runner::LocalRunner;
use crate::source::Fed;

/// A pipeline that a test feeds, and whose results it looks at, step by step. It runs on one thread, in
/// the [deterministic mode](LocalRunner::deterministic): what one step says has been worked on to its end
/// when the call returns.
///
/// Its sources are [test streams](brookite_core::pipeline::TestStream), which go on from the end of their
/// scripts, if they have some. Others are read to their end first.
///
/// ```
/// use brookite::prelude::*;
/// use brookite_local::TestJob;
///
/// let p = Pipeline::new("counts");
/// p.test_stream::<(&str, i64)>("clicks")
///     .stream()
///     .view_as::<(String, i64)>()
///     .key_by_field::<String>("f0")
///     .window(Tumbling::of(10_000))
///     .reduce(|(user, one), (_, other)| (user, one + other))
///     .collect("counts");
///
/// let job = TestJob::start(p.build()?)?;
/// let clicks = job.input::<(&str, i64)>("clicks")?;
/// clicks.add_at(("ann", 1), 1_000)?;
/// clicks.add_at(("ann", 1), 9_000)?;
/// assert!(job.take::<(String, i64)>("counts")?.is_empty());
/// clicks.advance_watermark_to(10_000)?;
/// assert_eq!(job.take::<(String, i64)>("counts")?, [("ann".to_owned(), 2)]);
/// job.finish()?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug)]
pub struct TestJob {
    job: JobHandle,
    feeds: Feeds,
    types: BTreeMap<String, DataType>,
    /// How many records of a sink were taken.
    taken: RefCell<BTreeMap<String, usize>>,
}

/// A test stream of a running [`TestJob`].
pub struct TestInput<'j, T> {
    job: &'j TestJob,
    name: String,
    records: PhantomData<fn(T)>,
}

impl TestJob {
    /// Starts the pipeline.
    ///
    /// # Errors
    /// As [`LocalRunner::start`].
    pub fn start(built: Built<FunctionEntry>) -> Result<Self, JobError> {
        let mut types = BTreeMap::new();
        for node in &built.graph.nodes {
            if let Some(output) = &node.output {
                let data_type = DataType::try_from(output)
                    .map_err(|error| JobError::graph(&node.uid, error.to_string()))?;
                types.insert(node.name.clone(), data_type);
            }
        }
        let feeds = Feeds::default();
        let job = LocalRunner::new().deterministic().start_fed(built, Some(feeds.clone()))?;
        Ok(Self { job, feeds, types, taken: RefCell::default() })
    }

    /// A test stream, by its name.
    ///
    /// # Errors
    /// When there is none of that name, or its records are of another type.
    pub fn input<T: Data>(&self, name: &str) -> Result<TestInput<'_, T>, JobError> {
        let feeds = lock(&self.feeds);
        if !feeds.contains_key(name) {
            let known: Vec<_> = feeds.keys().map(String::as_str).collect();
            let known = known.join(", ");
            let reason = format!("there is no such test stream; there are: {known}");
            return Err(JobError::graph(name, reason));
        }
        if let Some(difference) =
            self.types.get(name).and_then(|found| T::data_type().difference(found))
        {
            let reason = format!("its records are of another type: {difference}");
            return Err(JobError::graph(name, reason));
        }
        Ok(TestInput { job: self, name: name.to_owned(), records: PhantomData })
    }

    /// Lets processing time go on by so much, a `Duration` or milliseconds. In the beginning it is 0.
    ///
    /// # Errors
    /// When the time is negative, the job fails, or it has ended.
    pub fn advance_processing_time(&self, by: impl Millis) -> Result<(), JobError> {
        let by = by.millis();
        if by < 0 {
            return Err(JobError::Refused(format!(
                "processing time must not go back, found {by} ms"
            )));
        }
        let any = lock(&self.feeds).keys().next().cloned();
        self.feed(&any.unwrap_or_default(), Event::ProcessingTimeMs(by))
    }

    /// What a collect sink was given since the last time.
    ///
    /// # Errors
    /// When there is no sink of that name, or its records are of another type.
    pub fn take<T: Data + Owned>(&self, sink: &str) -> Result<Vec<T>, JobError> {
        let all = self.job.collected::<T>(sink)?;
        let mut taken = self.taken.borrow_mut();
        let before = taken.insert(sink.to_owned(), all.len()).unwrap_or(0);
        Ok(all.into_iter().skip(before).collect())
    }

    /// The job.
    pub fn handle(&self) -> &JobHandle {
        &self.job
    }

    /// Ends all test streams, which takes their watermarks to the end of time, and waits until everything
    /// is done.
    ///
    /// # Errors
    /// When the job fails, or has ended.
    pub fn finish(&self) -> Result<(), JobError> {
        lock(&self.feeds).clear();
        self.job.look();
        self.job.wait().map(|_| ())
    }

    /// Has a source do something, and waits until everything that comes of it is done.
    fn feed(&self, name: &str, event: Event) -> Result<(), JobError> {
        let feed = lock(&self.feeds).get(name).cloned();
        let (done, waiting) = bounded(0);
        let fed = feed.is_some_and(|feed| feed.send(Fed { event, done }).is_ok());
        if fed {
            self.job.look();
            // Nobody sends: the other end is dropped when all is done, and also when the job ends.
            let _ = waiting.recv();
            if self.job.runs() {
                return Ok(());
            }
        }
        self.job.wait()?;
        Err(JobError::Refused("the job has ended: it cannot be fed any more".to_owned()))
    }
}

impl<T: Data> TestInput<'_, T> {
    /// Emits a record without timestamp.
    ///
    /// # Errors
    /// When the job fails, or has ended.
    pub fn add(&self, value: View<'_, T>) -> Result<(), JobError> {
        self.add_record(&value, None)
    }

    /// Emits a record with a timestamp, in milliseconds since the epoch.
    ///
    /// # Errors
    /// When the job fails, or has ended.
    pub fn add_at(&self, value: View<'_, T>, timestamp: i64) -> Result<(), JobError> {
        self.add_record(&value, Some(timestamp))
    }

    /// Says that no record up to that time is to come, late ones aside; in milliseconds since the epoch.
    ///
    /// # Errors
    /// When the job fails, or has ended.
    pub fn advance_watermark_to(&self, watermark: i64) -> Result<(), JobError> {
        self.job.feed(&self.name, Event::Watermark(watermark))
    }

    /// Says that all records to come are late.
    ///
    /// # Errors
    /// When the job fails, or has ended.
    pub fn advance_watermark_to_infinity(&self) -> Result<(), JobError> {
        self.advance_watermark_to(i64::MAX)
    }

    fn add_record(&self, value: &View<'_, T>, timestamp: Option<i64>) -> Result<(), JobError> {
        let mut record = Vec::new();
        T::encode(value, &mut record)
            .map_err(|error| JobError::Refused(format!("the record cannot be encoded: {error}")))?;
        self.job.feed(&self.name, Event::Record(TestRecord { record, timestamp }))
    }
}

impl<T> fmt::Debug for TestInput<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestInput").field("name", &self.name).finish_non_exhaustive()
    }
}
