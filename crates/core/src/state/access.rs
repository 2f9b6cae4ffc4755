//! [`StateQuery`] and [`StateChange`]: what a stage asks of a state, and what it does to it.

/// What is asked of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateQuery<'a> {
    /// The value, of states that have one.
    Value,
    /// All elements of a list: for each its length (i32, little-endian) and its bytes.
    List,
    /// The value that a map has for this key.
    Entry(&'a [u8]),
    /// The whole map: for each entry the length of its key and the key, then the length of its value
    /// and the value.
    Entries,
    /// The types that values of the state were ever written as, in the order of their numbers, as a
    /// list of protobuf messages; the declared type is among them. Nothing stands for that one alone.
    /// Of any state, and without a key.
    Types,
}

/// A change that is to be written back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateChange<'a> {
    /// The value is now these bytes. Of a list: its elements are now these, as [`StateQuery::List`]
    /// answers them; of a map likewise, as [`StateQuery::Entries`] does.
    Update(&'a [u8]),
    /// There is nothing any more: no value, no element, no entry.
    Clear,
    /// The list has another element.
    Append(&'a [u8]),
    /// The map has this entry.
    PutEntry {
        /// The map's key.
        key: &'a [u8],
        /// The value for it.
        value: &'a [u8],
    },
    /// The map has nothing for this key any more.
    RemoveEntry(&'a [u8]),
}

impl<'a> StateQuery<'a> {
    /// The number that stands for the query where only numbers cross, and the key of an entry.
    pub fn code(self) -> (u32, &'a [u8]) {
        match self {
            Self::Value => (0, &[]),
            Self::List => (1, &[]),
            Self::Entry(key) => (2, key),
            Self::Entries => (3, &[]),
            Self::Types => (4, &[]),
        }
    }

    /// The query that a number and the key of an entry stand for; `None` when there is none, or when
    /// a key stands where none belongs.
    pub fn from_code(code: u32, entry: &'a [u8]) -> Option<Self> {
        match code {
            2 => Some(Self::Entry(entry)),
            _ if !entry.is_empty() => None,
            0 => Some(Self::Value),
            1 => Some(Self::List),
            3 => Some(Self::Entries),
            4 => Some(Self::Types),
            _ => None,
        }
    }
}

impl<'a> StateChange<'a> {
    /// The number that stands for the change where only numbers cross, the key of an entry and the
    /// value.
    pub fn code(self) -> (u32, &'a [u8], &'a [u8]) {
        match self {
            Self::Update(value) => (0, &[], value),
            Self::Clear => (1, &[], &[]),
            Self::Append(element) => (2, &[], element),
            Self::PutEntry { key, value } => (3, key, value),
            Self::RemoveEntry(key) => (4, key, &[]),
        }
    }

    /// The change that a number, the key of an entry and a value stand for; `None` when there is
    /// none, or when bytes stand where none belong.
    pub fn from_code(code: u32, entry: &'a [u8], value: &'a [u8]) -> Option<Self> {
        match (code, entry, value) {
            (0, [], value) => Some(Self::Update(value)),
            (1, [], []) => Some(Self::Clear),
            (2, [], element) => Some(Self::Append(element)),
            (3, key, value) => Some(Self::PutEntry { key, value }),
            (4, key, []) => Some(Self::RemoveEntry(key)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_and_changes_come_back_from_their_codes() {
        let queries = [
            StateQuery::Value,
            StateQuery::List,
            StateQuery::Entry(b"k"),
            StateQuery::Entries,
            StateQuery::Types,
        ];
        for query in queries {
            let (code, entry) = query.code();
            assert_eq!(StateQuery::from_code(code, entry), Some(query));
        }
        let changes = [
            StateChange::Update(b"v"),
            StateChange::Clear,
            StateChange::Append(b"e"),
            StateChange::PutEntry { key: b"k", value: b"v" },
            StateChange::RemoveEntry(b"k"),
        ];
        for change in changes {
            let (code, entry, value) = change.code();
            assert_eq!(StateChange::from_code(code, entry, value), Some(change));
        }
    }

    #[test]
    fn bytes_where_none_belong_are_refused() {
        assert_eq!(StateQuery::from_code(0, b"k"), None);
        assert_eq!(StateQuery::from_code(5, b""), None);
        assert_eq!(StateChange::from_code(0, b"k", b"v"), None);
        assert_eq!(StateChange::from_code(1, b"", b"v"), None);
        assert_eq!(StateChange::from_code(4, b"k", b"v"), None);
        assert_eq!(StateChange::from_code(5, b"", b""), None);
    }
}
