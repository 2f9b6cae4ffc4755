//! Keyed state: one value for each key, kept by Flink, with the decoded values in front.
//!
//! A function holds a [`ValueState`] and sees the value of the key at hand. Behind the handle is a
//! column of slots, one for each key that the executor's cache holds: a hit is an index and a test.
//! A miss asks the [`StateBackend`] and remembers the answer, absence included. A change stays in its
//! slot until the executor writes it back, at the latest before the next checkpoint barrier.
//!
//! A stage tells its host of each state in a [`StateDeclaration`], asks it with a [`StateQuery`], and
//! tells it each [`StateChange`].
//!
//! Which key has which slot, how many there are, and when they are written back is the executor's
//! business; it works through [`StateColumn`] and moves the [`KeyScope`] from key to key.

mod access;
pub(crate) mod column;
mod declaration;
mod error;
mod scope;
mod ttl;
mod value;

pub use access::{StateChange, StateQuery};
pub use column::StateColumn;
pub use declaration::{MalformedDeclaration, StateDeclaration, StateKind};
pub use error::StateError;
pub use scope::{KeyScope, StateBackend, StateId};
pub use ttl::{IncrementalCleanup, RocksDbCleanup, Ttl, TtlCleanup, TtlUpdate, TtlVisibility};
pub use value::ValueState;
