//! [`StateDeclaration`]: what a stage says about a state when it opens.

use crate::proto;
use crate::state::Ttl;
use crate::types::DataType;

/// A declaration that declares nothing that can be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed declaration of state '{name}': {reason}")]
pub struct MalformedDeclaration {
    name: String,
    reason: String,
}

impl MalformedDeclaration {
    fn new(name: &str, reason: impl Into<String>) -> Self {
        Self { name: name.to_owned(), reason: reason.into() }
    }
}

/// What a state is for, and so how the host keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StateKind {
    /// One value for each key.
    Value,
    /// A list for each key.
    List,
    /// A map for each key.
    Map,
    /// One value for each key, into which the stage reduces others. The host sees a value.
    Reducing,
    /// One accumulator for each key, to which the stage adds values. The host sees a value.
    Aggregating,
    /// A map without key, the same in all subtasks.
    Broadcast,
    /// A list of the subtask, whose elements are dealt out anew when the parallelism changes.
    OperatorList,
    /// A list of the subtask, of which every subtask gets all elements when it is restored.
    OperatorUnionList,
}

impl StateKind {
    /// Whether there is one for each key. If not, it is the subtask's.
    pub fn is_keyed(self) -> bool {
        !matches!(self, Self::Broadcast | Self::OperatorList | Self::OperatorUnionList)
    }

    /// Whether it is a map, and so has a type of keys.
    pub fn is_map(self) -> bool {
        matches!(self, Self::Map | Self::Broadcast)
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(self, Self::List | Self::OperatorList | Self::OperatorUnionList)
    }
}

/// A state of a stage, as the host is told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StateDeclaration {
    /// Identifies the state in checkpoints and savepoints.
    pub name: String,
    /// What it is for.
    pub kind: StateKind,
    /// Type of the value, or of a list's elements; of a reducing or aggregating state the
    /// accumulator.
    pub data_type: DataType,
    /// Type of a map's keys; `None` for what is no map.
    pub key_type: Option<DataType>,
    /// How long values live; `None` when they stay until they are cleared.
    pub ttl: Option<Ttl>,
}

impl StateDeclaration {
    /// One value for each key.
    pub fn value(name: impl Into<String>, data_type: DataType) -> Self {
        Self { name: name.into(), kind: StateKind::Value, data_type, key_type: None, ttl: None }
    }

    /// Whether there can be such a state.
    ///
    /// # Errors
    /// A map without keys, keys without a map, a state without name, and time to live where Flink
    /// has none.
    pub fn check(&self) -> Result<(), MalformedDeclaration> {
        let wrong = |reason: &str| Err(MalformedDeclaration::new(&self.name, reason));
        if self.name.is_empty() {
            return wrong("expected a name, found none");
        }
        match (self.kind.is_map(), &self.key_type) {
            (true, None) => wrong("a map needs a type of keys"),
            (false, Some(_)) => wrong("only a map has a type of keys"),
            _ if self.ttl.is_some() && !self.kind.is_keyed() => {
                wrong("only keyed state has a time to live; clear what is no longer needed")
            }
            _ => self
                .ttl
                .as_ref()
                .map_or(Ok(()), Ttl::check)
                .map_err(|reason| MalformedDeclaration::new(&self.name, reason)),
        }
    }
}

impl From<&StateDeclaration> for proto::StateDeclaration {
    fn from(declaration: &StateDeclaration) -> Self {
        Self {
            name: declaration.name.clone(),
            kind: proto::StateKind::from(declaration.kind).into(),
            data_type: Some((&declaration.data_type).into()),
            key_type: declaration.key_type.as_ref().map(Into::into),
            ttl: declaration.ttl.as_ref().map(Into::into),
        }
    }
}

impl TryFrom<&proto::StateDeclaration> for StateDeclaration {
    type Error = MalformedDeclaration;

    fn try_from(wire: &proto::StateDeclaration) -> Result<Self, MalformedDeclaration> {
        let wrong = |reason: String| MalformedDeclaration::new(&wire.name, reason);
        let data_type = |wire: &proto::DataType| {
            DataType::try_from(wire).map_err(|error| wrong(error.to_string()))
        };
        let kind = StateKind::from_proto(wire.kind)
            .ok_or_else(|| wrong(format!("unknown kind {}", wire.kind)))?;
        let value = wire.data_type.as_ref().ok_or_else(|| wrong("its type is missing".into()))?;
        let declaration = Self {
            name: wire.name.clone(),
            kind,
            data_type: data_type(value)?,
            key_type: wire.key_type.as_ref().map(data_type).transpose()?,
            ttl: wire.ttl.as_ref().map(Ttl::from_proto).transpose().map_err(wrong)?,
        };
        declaration.check()?;
        Ok(declaration)
    }
}

impl From<StateKind> for proto::StateKind {
    fn from(kind: StateKind) -> Self {
        match kind {
            StateKind::Value => Self::Value,
            StateKind::List => Self::List,
            StateKind::Map => Self::Map,
            StateKind::Reducing => Self::Reducing,
            StateKind::Aggregating => Self::Aggregating,
            StateKind::Broadcast => Self::Broadcast,
            StateKind::OperatorList => Self::OperatorList,
            StateKind::OperatorUnionList => Self::OperatorUnionList,
        }
    }
}

impl StateKind {
    fn from_proto(wire: i32) -> Option<Self> {
        Some(match proto::StateKind::try_from(wire).ok()? {
            proto::StateKind::Unspecified => return None,
            proto::StateKind::Value => Self::Value,
            proto::StateKind::List => Self::List,
            proto::StateKind::Map => Self::Map,
            proto::StateKind::Reducing => Self::Reducing,
            proto::StateKind::Aggregating => Self::Aggregating,
            proto::StateKind::Broadcast => Self::Broadcast,
            proto::StateKind::OperatorList => Self::OperatorList,
            proto::StateKind::OperatorUnionList => Self::OperatorUnionList,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{IncrementalCleanup, RocksDbCleanup, TtlCleanup, TtlUpdate, TtlVisibility};
    use crate::types::Kind;

    const KINDS: [StateKind; 8] = [
        StateKind::Value,
        StateKind::List,
        StateKind::Map,
        StateKind::Reducing,
        StateKind::Aggregating,
        StateKind::Broadcast,
        StateKind::OperatorList,
        StateKind::OperatorUnionList,
    ];

    fn declaration(kind: StateKind) -> StateDeclaration {
        let key_type = kind.is_map().then(|| DataType::required(Kind::String));
        StateDeclaration {
            kind,
            key_type,
            ..StateDeclaration::value("seen", DataType::required(Kind::BigInt))
        }
    }

    fn refused(wire: &proto::StateDeclaration) -> String {
        StateDeclaration::try_from(wire).unwrap_err().to_string()
    }

    #[test]
    fn declarations_of_every_kind_come_back() {
        for kind in KINDS {
            let one = declaration(kind);
            let wire = proto::StateDeclaration::from(&one);
            assert_eq!(StateDeclaration::try_from(&wire), Ok(one));
        }
    }

    #[test]
    fn time_to_live_comes_back_with_all_options() {
        let cleanup = TtlCleanup {
            full_snapshot: true,
            incremental: Some(IncrementalCleanup { entries: 7, every_record: true }),
            rocksdb: Some(RocksDbCleanup {
                query_time_after_entries: 1_000,
                periodic_compaction_ms: Some(60_000),
            }),
            not_in_background: true,
        };
        let ttl = Ttl {
            update: TtlUpdate::OnReadAndWrite,
            visibility: TtlVisibility::ReturnExpiredIfNotCleanedUp,
            cleanup,
            ..Ttl::of(5_000)
        };
        for ttl in [Ttl::of(1), ttl] {
            let one = StateDeclaration { ttl: Some(ttl), ..declaration(StateKind::Map) };
            let wire = proto::StateDeclaration::from(&one);
            assert_eq!(StateDeclaration::try_from(&wire), Ok(one));
        }
    }

    #[test]
    fn a_message_that_says_nothing_sensible_names_the_state_and_what_is_wrong() {
        let good = proto::StateDeclaration::from(&declaration(StateKind::Map));
        let cases = [
            (proto::StateDeclaration { kind: 99, ..good.clone() }, "unknown kind 99"),
            (proto::StateDeclaration { kind: 0, ..good.clone() }, "unknown kind 0"),
            (proto::StateDeclaration { data_type: None, ..good.clone() }, "its type is missing"),
            (
                proto::StateDeclaration { key_type: None, ..good.clone() },
                "a map needs a type of keys",
            ),
            (
                proto::StateDeclaration { kind: proto::StateKind::List.into(), ..good.clone() },
                "only a map has a type of keys",
            ),
            (
                proto::StateDeclaration {
                    ttl: Some((&Ttl::of(0)).into()),
                    ..proto::StateDeclaration::from(&declaration(StateKind::Value))
                },
                "its time to live must be positive, found 0 ms",
            ),
            (
                proto::StateDeclaration {
                    ttl: Some((&Ttl::of(1)).into()),
                    ..proto::StateDeclaration::from(&declaration(StateKind::Broadcast))
                },
                "only keyed state has a time to live; clear what is no longer needed",
            ),
        ];
        for (wire, expected) in cases {
            assert_eq!(
                refused(&wire),
                format!("malformed declaration of state 'seen': {expected}")
            );
        }
        let nameless = proto::StateDeclaration { name: String::new(), ..good };
        assert!(refused(&nameless).ends_with("expected a name, found none"));
    }
}
