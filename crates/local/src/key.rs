//! The parts of a record that the runner looks at: its key, and what a selector put in front of it.

use brookite_core::coder::{Arena, Input};
use brookite_core::dynamic::FlinkCoder;
use brookite_core::types::{DataType, Kind};
use brookite_core::value::Value;

use crate::error::JobError;

/// Takes the first field off a tuple of two.
#[derive(Clone, Debug)]
pub(crate) struct Front {
    /// The uid of the node that put it there.
    node: String,
    first: FlinkCoder,
}

impl Front {
    pub(crate) fn new(node: &str, first: DataType) -> Result<Self, JobError> {
        let first =
            FlinkCoder::new(first).map_err(|error| JobError::graph(node, error.to_string()))?;
        Ok(Self { node: node.to_owned(), first })
    }

    /// The first field's bytes, and the second one's.
    pub(crate) fn split<'r>(&self, tuple: &'r [u8]) -> Result<(&'r [u8], &'r [u8]), JobError> {
        let length = match self.first.data_type() {
            DataType { kind: Kind::BigInt | Kind::Double, nullable: false } => 8,
            DataType { kind: Kind::Int | Kind::Float, nullable: false } => 4,
            _ => {
                let arena = Arena::default();
                let mut input = Input::new(tuple, &arena);
                self.first
                    .decode_next(&mut input)
                    .map_err(|error| JobError::record(&self.node, error))?;
                input.offset()
            }
        };
        tuple.split_at_checked(length).ok_or_else(|| {
            JobError::record(&self.node, format!("expected {length} bytes, found {}", tuple.len()))
        })
    }
}

/// Reads a record's key out of one of its fields.
#[derive(Clone, Debug)]
pub(crate) struct FieldKey {
    node: String,
    field: usize,
    record: FlinkCoder,
    key: FlinkCoder,
}

impl FieldKey {
    pub(crate) fn new(
        node: &str,
        field: &str,
        record: &DataType,
        key: DataType,
    ) -> Result<Self, JobError> {
        let wrong = |reason: String| JobError::graph(node, reason);
        let names: Vec<String> = match &record.kind {
            Kind::Row(fields) | Kind::JavaRow(fields) | Kind::Pojo { fields, .. } => {
                fields.iter().map(|field| field.name.clone()).collect()
            }
            Kind::Tuple(fields) => (0..fields.len()).map(|index| format!("f{index}")).collect(),
            _ => return Err(wrong(format!("{record} has no field '{field}' to be the key"))),
        };
        let index = names.iter().position(|name| name == field).ok_or_else(|| {
            wrong(format!("expected the key in a field of {}, found '{field}'", names.join(", ")))
        })?;
        let coder =
            |data_type| FlinkCoder::new(data_type).map_err(|error| wrong(error.to_string()));
        let (record, key) = (coder(record.clone())?, coder(key)?);
        Ok(Self { node: node.to_owned(), field: index, record, key })
    }

    /// Appends the key's bytes.
    pub(crate) fn read(&self, record: &[u8], key: &mut Vec<u8>) -> Result<(), JobError> {
        let value =
            self.record.decode(record).map_err(|error| JobError::record(&self.node, error))?;
        let field = match &value {
            Value::Row(_, fields) | Value::List(fields) => fields.get(self.field),
            _ => None,
        };
        let field = field.unwrap_or(&Value::Null);
        self.key.encode(field, key).map_err(|error| {
            JobError::record(&self.node, format!("the record's key cannot be had: {error}"))
        })
    }
}

/// A number for a key, the same in every run.
pub(crate) fn hash(key: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let hash = key.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME));
    // The lower bits alone depend too little on the first bytes.
    hash ^ (hash >> 32)
}
