//! State: what functions remember, kept by Flink, with the decoded values in front.
//!
//! | handle | what it holds |
//! |---|---|
//! | [`ValueState`] | one value for each key |
//! | [`ListState`] | a list for each key |
//! | [`MapState`] | a map for each key |
//! | [`ReducingState`], [`AggregatingState`] | one value for each key, to which others are added |
//! | [`OperatorListState`] | a list of the subtask, without keys |
//! | [`BroadcastHandle`] | a map that is the same in all subtasks |
//!
//! A function holds handles, opens them in `open`, and sees the state of the key at hand. Behind the
//! handle of keyed state is a column of slots, one for each key that the executor's cache holds: a hit
//! is an index and a test. A miss asks the [`StateBackend`] and remembers the answer, absence included.
//! A change stays in its slot until the executor writes it back, at the latest before the next
//! checkpoint barrier. State whose values [expire](Ttl) is not cached: each access goes to the backend.
//!
//! Which key has which slot, how many there are, and when they are written back is the executor's
//! business; it works through [`StateColumn`] and moves the [`KeyScope`] from key to key.
//!
//! # Types that change
//! A state's type may change from one version of a program to the next, and old values stay as they are
//! until they are next written. What may change without more:
//! * in rows (`derive(Row)`), POJOs (`derive(Pojo)`) and Flink's `Row`: columns that are nullable
//!   (`Option`) may be added, at the end or between others; columns may change places, as they are
//!   found by their names; and may become nullable. The same holds for rows inside of arrays, lists,
//!   tuples and values of maps.
//! * in [`Serde`](crate::coder::serde::Serde): what [its format](crate::coder::serde) bears, such as
//!   fields with a default.
//!
//! Anything else is an error when the state is opened, before the first record, that says which column
//! of which state differs: give the state another name.

mod access;
mod aggregating;
mod column;
mod declaration;
mod descriptor;
mod error;
mod evolution;
mod handle;
mod list;
mod map;
mod open;
mod operator;
mod pairs;
mod reducing;
mod scope;
mod stored;
mod ttl;
mod value;
mod weight;

pub use access::{StateChange, StateQuery};
pub use aggregating::AggregatingState;
pub use column::StateColumn;
pub use declaration::{MalformedDeclaration, StateDeclaration, StateKind};
pub use descriptor::StateDescriptor;
pub use error::StateError;
pub use list::ListState;
pub use map::MapState;
pub use open::OpenedState;
pub use operator::{
    BroadcastHandle, BroadcastState, OperatorListState, OperatorState, ReadOnlyBroadcastState,
};
pub use reducing::ReducingState;
pub use scope::{KeyScope, StateBackend, StateId};
pub use stored::write_types;
pub use ttl::{IncrementalCleanup, RocksDbCleanup, Ttl, TtlCleanup, TtlUpdate, TtlVisibility};
pub use value::ValueState;
