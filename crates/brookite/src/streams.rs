//! The types of a pipeline, whose functions can be run.
//!
//! In [`core::pipeline`](crate::core::pipeline) they are generic over what keeps the functions.

use brookite_core::pipeline as core;
use brookite_executor::FunctionEntry;

/// A pipeline that is being written: sources are its methods, and all else follows from streams. See
/// [`core::pipeline::Pipeline`](crate::core::pipeline::Pipeline).
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
