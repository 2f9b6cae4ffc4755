//! [`StateDescriptor`]: a state's name and options.

use crate::state::Ttl;

/// A state's name, and how long its values live.
///
/// The name alone is one as well:
///
/// ```
/// use brookite_core::function::OpenContext;
/// use brookite_core::state::{MapState, StateDescriptor, Ttl, ValueState};
/// use brookite_core::Result;
///
/// struct Visits {
///     count: ValueState<i64>,
///     pages: MapState<String, i64>,
/// }
///
/// impl Visits {
///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
///         self.count = ctx.value_state("count")?;
///         // A page is forgotten an hour after the last visit.
///         let pages = StateDescriptor::new("pages").with_ttl(Ttl::of(3_600_000));
///         self.pages = ctx.map_state(pages)?;
///         Ok(())
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateDescriptor {
    pub(crate) name: String,
    pub(crate) ttl: Option<Ttl>,
}

impl StateDescriptor {
    /// A state of that name, which identifies it in checkpoints and savepoints. Its values stay until
    /// they are cleared.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ttl: None }
    }

    /// The same state with values that live so long.
    ///
    /// Such state is not cached: each access goes to Flink, which alone knows what has expired.
    #[must_use]
    pub fn with_ttl(self, ttl: Ttl) -> Self {
        Self { ttl: Some(ttl), ..self }
    }
}

impl From<&str> for StateDescriptor {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for StateDescriptor {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

impl From<&String> for StateDescriptor {
    fn from(name: &String) -> Self {
        Self::new(name)
    }
}
