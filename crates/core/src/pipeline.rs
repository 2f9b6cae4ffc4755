//! Pipelines: what a job does, from its sources to its sinks.
//!
//! A [`Pipeline`] is written with the verbs of Flink's DataStream API, and is built into a
//! [graph](PipelineGraph): nodes with stable uids, their types, windows and connections, and the stages
//! as which Flink runs them. The graph is data. It travels as a message, is drawn, compared by its
//! fingerprint, and translated to operators. The functions stay where they are: who runs a stage builds the
//! same pipeline again, and finds them by the uids of their nodes.
//!
//! * Functions are closures, or types that implement the traits of [`function`](crate::function), of
//!   which each parallel instance [makes](Make) its own. Closures may capture configuration: what they
//!   hold must be `Send`, `Sync` and `Clone`. The verbs for types end in `_with`, unless there is no such
//!   verb for closures; those for closures with the state of a key end in `_with_state`.
//! * A stream's type is that of its records, such as `Stream<&'static str>`: closures see its
//!   [views](crate::View), here `&str`.
//! * What types cannot tell is an error of [`build`](Pipeline::build) that [names the
//!   node](PipelineError).
//!
//! A node's **uid** identifies its state in savepoints. It is given by the program or made from the node's
//! name, never from its place: adding a node elsewhere does not change it.

mod arguments;
mod broadcast;
mod broadcast_closure;
mod build;
mod builder;
mod check;
mod closure;
mod column;
mod connected;
mod connector;
mod decode;
mod difference;
mod draft;
mod error;
mod executable;
mod fingerprint;
mod graph_error;
mod interval;
mod keyed;
mod kind;
mod options;
mod parallelism;
mod partition;
mod reads;
mod render;
mod returns;
mod rolling;
mod rows;
mod runnable;
mod shared_state;
mod sink;
mod source;
mod stages;
mod state_closure;
mod stream;
mod test_stream;
mod text_sink;
mod uid;
pub mod urn;
mod watermarks;
mod window_closure;
mod window_count;
mod window_join;
mod windowed;
mod windows;
mod with_state;

pub use crate::proto::{ExecutionMode, PipelineGraph};
pub use arguments::{ArgumentError, Arguments};
pub use broadcast::{BroadcastConnected, BroadcastStream};
pub use build::{Built, GRAPH_VERSION};
pub use builder::Pipeline;
pub use connected::{ConnectedKeyedStreams, ConnectedStreams};
pub use connector::Connector;
pub use error::{NodeProblem, PipelineError};
pub use executable::{Executable, Make};
pub use graph_error::GraphError;
pub use interval::IntervalJoin;
pub use keyed::KeyedStream;
pub use kind::NodeKind;
pub use reads::Reads;
pub use returns::Returns;
pub use rows::Rows;
pub use sink::StreamSink;
pub use stream::Stream;
pub use test_stream::TestStream;
pub use watermarks::WatermarkStrategy;
pub use window_join::ConnectedWindows;
pub use windowed::WindowedStream;
