//! The parts of a record that the runner looks at: its key, and what a selector put in front of it.

use brookite_core::Data;
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
        split_first(&self.first, &self.node, tuple)
    }
}

/// The bytes of the value that stands first, and those behind it.
fn split_first<'r>(
    first: &FlinkCoder,
    node: &str,
    bytes: &'r [u8],
) -> Result<(&'r [u8], &'r [u8]), JobError> {
    let arena = Arena::default();
    let mut input = Input::new(bytes, &arena);
    let read = match first.data_type() {
        DataType { kind: Kind::BigInt | Kind::Double, nullable: false } => Ok(8),
        DataType { kind: Kind::Int | Kind::Float, nullable: false } => Ok(4),
        // Seen where it lies, which is all that most keys need.
        DataType { kind: Kind::String, nullable: false } => {
            <&str>::decode(&mut input).map(|_| input.offset())
        }
        DataType { kind: Kind::String, nullable: true } => {
            <Option<&str>>::decode(&mut input).map(|_| input.offset())
        }
        _ => first.decode_next(&mut input).map(|_| input.offset()),
    };
    let length = read.map_err(|error| JobError::record(node, error))?;
    bytes.split_at_checked(length).ok_or_else(|| {
        JobError::record(node, format!("expected {length} bytes, found {}", bytes.len()))
    })
}

/// Reads a record's key out of one of its fields.
#[derive(Clone, Debug)]
pub(crate) struct FieldKey {
    node: String,
    field: usize,
    record: FlinkCoder,
    key: FlinkCoder,
    /// The fields of a tuple up to the key, when the key is written as the field is.
    up_to_key: Vec<FlinkCoder>,
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
        let up_to_key = match &record.kind {
            Kind::Tuple(fields) if !record.nullable && same_bytes(&fields[index], &key) => {
                fields[..=index].iter().cloned().map(coder).collect::<Result<_, _>>()?
            }
            _ => Vec::new(),
        };
        let (record, key) = (coder(record.clone())?, coder(key)?);
        Ok(Self { node: node.to_owned(), field: index, record, key, up_to_key })
    }

    /// Appends the key's bytes.
    pub(crate) fn read(&self, record: &[u8], key: &mut Vec<u8>) -> Result<(), JobError> {
        let mut rest = record;
        for (index, field) in self.up_to_key.iter().enumerate() {
            let (value, behind) = split_first(field, &self.node, rest)?;
            rest = behind;
            // Text that is null is a single 0, and no key; the error for it comes below.
            if index == self.field && value != [0] {
                key.extend_from_slice(value);
                return Ok(());
            }
        }
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

/// Whether a key has the bytes of the field that it is in: plain numbers and text, of which each value is
/// written in one way.
fn same_bytes(field: &DataType, key: &DataType) -> bool {
    match (&field.kind, &key.kind) {
        (Kind::String, Kind::String) => true,
        (Kind::BigInt, Kind::BigInt) | (Kind::Int, Kind::Int) => !field.nullable && !key.nullable,
        _ => false,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of a field of a tuple, as taken where it lies and as read out of the whole record.
    fn keys(record: &str, field: &str, key: &str, bytes: &[u8]) -> [Result<Vec<u8>, String>; 2] {
        let (record, key) = (record.parse().unwrap(), key.parse().unwrap());
        let lean = FieldKey::new("count", field, &record, key).unwrap();
        assert!(!lean.up_to_key.is_empty());
        let whole = FieldKey { up_to_key: Vec::new(), ..lean.clone() };
        [lean, whole].map(|by| {
            let mut read = Vec::new();
            by.read(bytes, &mut read).map(|()| read).map_err(|error| error.to_string())
        })
    }

    #[test]
    fn a_key_is_the_same_where_it_lies_and_out_of_the_whole_record() {
        let tuple = "TUPLE<STRING, BIGINT NOT NULL, STRING NOT NULL>";
        let bytes = b"\x06brook\0\0\0\0\0\0\0\x07\x02t";
        for (field, key, expected) in [
            ("f0", "STRING NOT NULL", &b"\x06brook"[..]),
            ("f1", "BIGINT NOT NULL", b"\0\0\0\0\0\0\0\x07"),
            ("f2", "STRING", b"\x02t"),
        ] {
            let [lean, whole] = keys(tuple, field, key, bytes);
            assert_eq!(lean, whole, "{field}");
            assert_eq!(lean.unwrap(), expected, "{field}");
        }
    }

    #[test]
    fn a_key_that_is_null_or_cut_off_is_refused_in_the_same_words() {
        let tuple = "TUPLE<STRING, BIGINT NOT NULL>";
        let [lean, whole] = keys(tuple, "f0", "STRING NOT NULL", b"\0\0\0\0\0\0\0\0\x07");
        assert_eq!(lean, whole);
        assert!(lean.unwrap_err().contains("the record's key cannot be had"));
        let [lean, whole] = keys(tuple, "f0", "STRING NOT NULL", b"\x06bro");
        assert!(lean.is_err() && whole.is_err());
    }
}
