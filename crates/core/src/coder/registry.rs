//! Coders as data: from a [`CoderSpec`] to a coder, by URN.
//!
//! A spec is a URN, a payload whose form the URN defines, and the specs of the coders of the values
//! inside. A [`CoderRegistry`] knows a factory for each URN. It starts with Flink's types
//! ([`FlinkTypeCoder`]) and Beam's standard coders ([`beam`](crate::beam)); a program
//! adds its own, and components of all families mix:
//!
//! ```
//! use std::sync::Arc;
//!
//! use brookite_core::coder::{
//!     CoderParts, CoderRegistry, Context, DecodeError, EncodeError, Input, ValueCoder,
//! };
//! use brookite_core::proto::CoderSpec;
//! use brookite_core::value::Value;
//!
//! /// Writes the value and its complement.
//! #[derive(Debug)]
//! struct Twice(Arc<dyn ValueCoder>);
//!
//! impl ValueCoder for Twice {
//!     fn spec(&self) -> CoderSpec {
//!         CoderSpec { urn: "acme:twice".into(), payload: vec![], components: vec![self.0.spec()] }
//!     }
//!     fn is_deterministic(&self) -> bool {
//!         self.0.is_deterministic()
//!     }
//!     fn encode(&self, value: &Value, _: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
//!         self.0.encode(value, Context::Nested, out)?;
//!         self.0.encode(value, Context::Nested, out)
//!     }
//!     fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
//!         self.0.decode(input, Context::Nested)?;
//!         self.0.decode(input, Context::Nested)
//!     }
//! }
//!
//! let mut registry = CoderRegistry::default();
//! registry.register("acme:twice", |parts: CoderParts<'_>| {
//!     parts.no_payload()?;
//!     let [of] = parts.components()?;
//!     Ok(Arc::new(Twice(of)))
//! })?;
//!
//! let varint = CoderSpec { urn: "beam:coder:varint:v1".into(), ..CoderSpec::default() };
//! let spec = CoderSpec { urn: "acme:twice".into(), payload: vec![], components: vec![varint] };
//! let coder = registry.build(&spec)?;
//! assert_eq!(coder.to_bytes(&Value::BigInt(300))?, [0xac, 2, 0xac, 2]);
//! assert_eq!(coder.spec(), spec);
//! # Ok::<(), brookite_core::Error>(())
//! ```

mod error;
mod flink;
mod parts;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::sync::Arc;

use crate::beam;
use crate::coder::ValueCoder;
use crate::proto::CoderSpec;
use crate::types::parse::MAX_DEPTH;

pub use error::{CoderSpecError, CoderSpecErrorKind, DuplicateUrn};
pub use flink::FlinkTypeCoder;
pub use parts::CoderParts;

/// What a factory returns.
pub type Built = Result<Arc<dyn ValueCoder>, CoderSpecErrorKind>;

type Factory = Arc<dyn Fn(CoderParts<'_>) -> Built + Send + Sync>;

/// Factories of coders by URN.
#[derive(Clone)]
pub struct CoderRegistry {
    factories: BTreeMap<String, Factory>,
}

impl CoderRegistry {
    /// A registry that knows no coder.
    pub fn empty() -> Self {
        Self { factories: BTreeMap::new() }
    }

    /// Adds a factory.
    ///
    /// # Errors
    /// When the URN has one already: two meanings of one URN would be two formats.
    pub fn register<F>(&mut self, urn: &str, factory: F) -> Result<(), DuplicateUrn>
    where
        F: Fn(CoderParts<'_>) -> Built + Send + Sync + 'static,
    {
        match self.factories.entry(urn.to_owned()) {
            Entry::Occupied(entry) => Err(DuplicateUrn(entry.key().clone())),
            Entry::Vacant(entry) => {
                entry.insert(Arc::new(factory));
                Ok(())
            }
        }
    }

    /// The URNs that have a factory, sorted.
    pub fn urns(&self) -> impl Iterator<Item = &str> {
        self.factories.keys().map(String::as_str)
    }

    /// Makes the coder that the spec describes; its [`spec`](ValueCoder::spec) is the same again.
    ///
    /// # Errors
    /// When a URN is unknown, when a payload or the number of components is not what the URN asks for,
    /// and when components are nested more than 64 deep. Names the place in the spec.
    pub fn build(&self, spec: &CoderSpec) -> Result<Arc<dyn ValueCoder>, CoderSpecError> {
        let coder = self.build_at(spec, &mut Vec::new())?;
        if coder.spec() == *spec {
            Ok(coder)
        } else {
            Err(CoderSpecError::new(&[], spec, CoderSpecErrorKind::SpecNotKept))
        }
    }

    fn build_at(
        &self,
        spec: &CoderSpec,
        path: &mut Vec<usize>,
    ) -> Result<Arc<dyn ValueCoder>, CoderSpecError> {
        let wrong = |path: &[usize], kind| Err(CoderSpecError::new(path, spec, kind));
        if path.len() > MAX_DEPTH {
            return wrong(path, CoderSpecErrorKind::TooDeep { limit: MAX_DEPTH });
        }
        let Some(factory) = self.factories.get(&spec.urn) else {
            let known = self.urns().map(str::to_owned).collect();
            return wrong(path, CoderSpecErrorKind::UnknownUrn { known });
        };
        let mut components = Vec::with_capacity(spec.components.len());
        for (index, component) in spec.components.iter().enumerate() {
            path.push(index);
            components.push(self.build_at(component, path)?);
            path.pop();
        }
        factory(CoderParts::new(&spec.payload, components)).or_else(|kind| wrong(path, kind))
    }
}

/// A registry with the coders of this crate: Flink's types and Beam's standard coders.
impl Default for CoderRegistry {
    fn default() -> Self {
        let mut registry = Self::empty();
        registry
            .register(FlinkTypeCoder::URN, flink::build)
            .and_then(|()| beam::register(&mut registry))
            .expect("the URNs of this crate differ");
        registry
    }
}

impl fmt::Debug for CoderRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.factories.keys()).finish()
    }
}
