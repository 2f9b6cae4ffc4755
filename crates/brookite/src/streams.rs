//! The types of a pipeline, whose functions can be run.
//!
//! In [`core::pipeline`](crate::core::pipeline) they are generic over what keeps the functions.

use brookite_core::pipeline as core;
use brookite_executor::FunctionEntry;

/// A pipeline that is being written: sources are its methods, and all else follows from streams. See
/// [`core::pipeline`](crate::core::pipeline) for all verbs.
///
/// ```
/// use std::time::Duration;
///
/// use brookite::prelude::*;
///
/// /// How often each word comes, every ten seconds.
/// #[pipeline]
/// fn word_count(p: &Pipeline, args: &Arguments) -> Result<()> {
///     p.read_text(args.get("input")?)
///         .flat_map(|line, out: &mut Collector<'_, (String, i64)>| {
///             line.split_whitespace().for_each(|word| out.collect((word.to_lowercase(), 1)));
///         })
///         .name("split")
///         .key_by_field::<String>("f0")
///         .window(Tumbling::of(Duration::from_secs(10)))
///         .processing_time()
///         .reduce(|(word, one), (_, other)| (word, one + other))
///         .name("count per word")
///         .print();
///     Ok(())
/// }
/// # fn main() -> Result<()> {
/// # let p = Pipeline::new("word_count");
/// # word_count(&p, &Arguments::new(["--input", "words.txt"]))?;
/// # let names: Vec<_> = p.build()?.graph.stages.into_iter().map(|stage| stage.name).collect();
/// # assert_eq!(names, ["read text", "split", "key_by f0", "count per word", "print"]);
/// # Ok(())
/// # }
/// ```
pub type Pipeline = core::Pipeline<FunctionEntry>;

/// Records of one type, on their way through a pipeline. See
/// [`core::pipeline::Stream`](crate::core::pipeline::Stream).
pub type Stream<T> = core::Stream<T, FunctionEntry>;

/// Records of type `T` with keys of type `K`. See
/// [`core::pipeline::KeyedStream`](crate::core::pipeline::KeyedStream).
pub type KeyedStream<K, T> = core::KeyedStream<K, T, FunctionEntry>;

/// The records of each key, gathered in windows. See
/// [`core::pipeline::WindowedStream`](crate::core::pipeline::WindowedStream).
pub type WindowedStream<K, T> = core::WindowedStream<K, T, FunctionEntry>;

/// A source for tests, which is told event by event what to do. See
/// [`core::pipeline::TestStream`](crate::core::pipeline::TestStream).
pub type TestStream<T> = core::TestStream<T, FunctionEntry>;

/// A pipeline that was built: its graph, and its functions.
pub type Built = core::Built<FunctionEntry>;

/// A stream that every parallel instance gets all of. See
/// [`core::pipeline::BroadcastStream`](crate::core::pipeline::BroadcastStream).
pub type BroadcastStream<T> = core::BroadcastStream<T, FunctionEntry>;

/// Two streams, for functions of two inputs. See
/// [`core::pipeline::ConnectedStreams`](crate::core::pipeline::ConnectedStreams).
pub type ConnectedStreams<A, B> = core::ConnectedStreams<A, B, FunctionEntry>;

/// Two streams with the same keys. See
/// [`core::pipeline::ConnectedKeyedStreams`](crate::core::pipeline::ConnectedKeyedStreams).
pub type ConnectedKeyedStreams<K, A, B> = core::ConnectedKeyedStreams<K, A, B, FunctionEntry>;
