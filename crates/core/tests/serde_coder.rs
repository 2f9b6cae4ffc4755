//! Stored values survive what types go through, and bytes that are no value are errors.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::collections::{BTreeMap, HashMap, HashSet};

use brookite_core::coder::serde::{Serde, Stored, Versioned};
use brookite_core::coder::{Arena, DecodeError, DecodeErrorKind, Encoding, Input};
use brookite_core::types::{Data, DataType, Kind};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// Reads what a program with another type of that name wrote.
fn reread<Old: Versioned, New: Versioned>(old: Old) -> Result<New, DecodeError> {
    let mut bytes = Vec::new();
    Serde(old).write_bytes(&mut bytes).unwrap();
    Serde::from_bytes(&bytes).map(|Serde(new)| new)
}

mod old {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub(crate) struct Order {
        pub(crate) id: u64,
        pub(crate) lines: Vec<Line>,
        pub(crate) state: State,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub(crate) struct Line {
        pub(crate) item: String,
        pub(crate) price: i64,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub(crate) enum State {
        Open,
        Paid { at: i64 },
    }

    impl Versioned for Order {}

    pub(crate) fn order() -> Order {
        let line = |item: &str, price| Line { item: item.into(), price };
        let lines = vec![line("pen", 199), line("ink", 499)];
        Order { id: 7, lines, state: State::Paid { at: 1_700_000_000 } }
    }
}

#[test]
fn fields_with_defaults_are_added_moved_and_renamed_at_any_depth() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Order {
        #[serde(default)]
        note: String,
        state: State,
        #[serde(alias = "id")]
        number: u64,
        lines: Vec<Line>,
        coupon: Option<String>,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Line {
        price: i64,
        #[serde(default = "one")]
        count: u32,
        item: String,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum State {
        Cancelled,
        Paid {
            at: i64,
            #[serde(default)]
            by: String,
        },
        Open,
    }
    fn one() -> u32 {
        1
    }
    impl Versioned for Order {}

    let line = |item: &str, price| Line { item: item.into(), price, count: 1 };
    let order: Order = reread(old::order()).unwrap();
    let expected = Order {
        note: String::new(),
        state: State::Paid { at: 1_700_000_000, by: String::new() },
        number: 7,
        lines: vec![line("pen", 199), line("ink", 499)],
        coupon: None,
    };
    assert_eq!(order, expected);
    let open: Order = reread(old::Order { state: old::State::Open, ..old::order() }).unwrap();
    assert_eq!(open.state, State::Open);
}

#[test]
fn a_field_without_default_is_an_error_that_names_it() {
    #[derive(Debug, Serialize, Deserialize)]
    struct Order {
        id: u64,
        lines: Vec<Line>,
        state: old::State,
    }
    #[derive(Debug, Serialize, Deserialize)]
    struct Line {
        item: String,
        price: i64,
        count: u32,
    }
    impl Versioned for Order {}

    let error = reread::<_, Order>(old::order()).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::Incompatible { .. }));
    assert_eq!(
        error.to_string(),
        "field 'lines': expected version 1 of Order, found version 1: missing field \
         `count` (at byte 2)"
    );
}

#[test]
fn a_removed_field_and_a_removed_variant_are_errors() {
    #[derive(Debug, Serialize, Deserialize)]
    struct Order {
        id: u64,
        state: old::State,
    }
    impl Versioned for Order {}
    let error = reread::<_, Order>(old::order()).unwrap_err().to_string();
    assert!(error.contains("version 1: a field after 'id' that is unknown"), "{error}");

    #[derive(Debug, Serialize, Deserialize)]
    enum State {
        Open,
    }
    #[derive(Debug, Serialize, Deserialize)]
    struct Stateful {
        id: u64,
        lines: Vec<old::Line>,
        state: State,
    }
    impl Versioned for Stateful {}
    let error = reread::<_, Stateful>(old::order()).unwrap_err();
    assert_eq!(error.path(), "state");
    assert!(error.to_string().contains("an enum's variant that is unknown"), "{error}");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Cents {
    cents: i64,
}

impl Versioned for Cents {
    const VERSION: u8 = 3;

    fn upgrade(stored: Stored<'_>) -> Result<Self, DecodeError> {
        match stored.version() {
            2 => Ok(Cents { cents: i64::from(stored.read::<Dollars>()?.dollars) * 100 }),
            _ => Err(stored.incompatible()),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Dollars {
    dollars: i32,
}

impl Versioned for Dollars {
    const VERSION: u8 = 2;
}

#[derive(Debug, Serialize, Deserialize)]
struct Newer;

impl Versioned for Newer {
    const VERSION: u8 = 9;
}

#[test]
fn an_old_version_is_upgraded_and_an_unknown_one_names_both() {
    assert_eq!(reread::<_, Cents>(Dollars { dollars: 12 }).unwrap(), Cents { cents: 1200 });
    assert_eq!(
        reread::<_, Cents>(Newer).unwrap_err().to_string(),
        "expected version 3 of Cents, found version 9 (at byte 2)"
    );
    assert_eq!(
        reread::<_, Newer>(Cents { cents: 1 }).unwrap_err().to_string(),
        "expected version 9 of Newer, found version 3 (at byte 2)"
    );
    let error = Serde::<Cents>::from_bytes(&[2, 3, 1]).unwrap_err();
    assert_eq!(error.to_string(), "expected format 1 of stored values, found format 2 (at byte 0)");
}

#[test]
fn attributes_that_need_another_format_are_errors() {
    #[derive(Serialize, Deserialize)]
    struct Skipping {
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    }
    impl Versioned for Skipping {}
    let error = Serde(Skipping { note: None }).write_bytes(&mut Vec::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Skipping cannot be stored: the field 'note' has skip_serializing_if; write it always"
    );

    #[derive(Serialize, Deserialize)]
    struct Flat {
        #[serde(flatten)]
        line: HashMap<String, i64>,
    }
    impl Versioned for Flat {}
    assert!(Serde(Flat { line: HashMap::new() }).write_bytes(&mut Vec::new()).is_err());

    #[derive(Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        One { number: i64 },
    }
    impl Versioned for Tagged {}
    let error = Serde(Tagged::One { number: 1 }).write_bytes(&mut Vec::new()).unwrap_err();
    let error = error.to_string();
    assert!(error.starts_with("Tagged cannot be stored: it is written but not read: "), "{error}");
}

#[test]
fn names_of_one_hash_are_an_error() {
    #[derive(Serialize, Deserialize)]
    struct Alike {
        gh: i32,
        ne: i32,
    }
    impl Versioned for Alike {}
    let error = Serde(Alike { gh: 1, ne: 2 }).write_bytes(&mut Vec::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Alike cannot be stored: the name 'ne' has the hash of another field's; give it another \
         with #[serde(rename)]"
    );
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Tree {
    Leaf,
    Empty(),
    Number(i128),
    Pair(char, f64),
    Both { left: Box<Tree>, right: Box<Tree> },
    Many(Vec<Tree>),
    Named(BTreeMap<String, Option<Tree>>),
    Unit((), [u16; 0], Marker, Wrapped, Option<Option<bool>>, Result<u8, String>),
    Std(std::time::Duration, std::net::IpAddr, std::ops::Range<i8>, (u8, u64), String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Marker;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Wrapped(f32);

impl Versioned for Tree {}

fn tree() -> impl Strategy<Value = Tree> {
    let number = prop::num::f32::NORMAL;
    let leaf = prop_oneof![
        Just(Tree::Leaf),
        Just(Tree::Empty()),
        any::<i128>().prop_map(Tree::Number),
        (any::<char>(), prop::num::f64::NORMAL).prop_map(|(a, b)| Tree::Pair(a, b)),
        (number, any::<Option<Option<bool>>>(), any::<Result<u8, String>>())
            .prop_map(|(a, b, c)| Tree::Unit((), [], Marker, Wrapped(a), b, c)),
        (any::<std::time::Duration>(), any::<std::net::IpAddr>(), any::<(u8, u64)>(), ".*")
            .prop_map(|(a, b, c, d)| Tree::Std(a, b, -1..7, c, d)),
    ];
    leaf.prop_recursive(5, 32, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let some = prop::option::of(inner.clone());
        prop_oneof![
            (boxed(), boxed()).prop_map(|(left, right)| Tree::Both { left, right }),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::Many),
            prop::collection::btree_map(".{0,4}", some, 0..3).prop_map(Tree::Named),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_comes_back_alone_and_in_a_tuple(tree in tree()) {
        let mut bytes = Vec::new();
        Serde(tree.clone()).write_bytes(&mut bytes).unwrap();
        prop_assert_eq!(&Serde::<Tree>::from_bytes(&bytes).unwrap().0, &tree);
        for length in 0..bytes.len() {
            prop_assert!(Serde::<Tree>::from_bytes(&bytes[..length]).is_err(), "{} bytes", length);
        }
        bytes.push(0);
        prop_assert!(Serde::<Tree>::from_bytes(&bytes).is_err());

        type Pair = (Serde<Tree>, i32);
        let pair = (Serde(tree), 7);
        for encoding in [Encoding::Serializer, Encoding::Direct] {
            let coder = Pair::coder(encoding).unwrap();
            let mut bytes = Vec::new();
            coder.encode(&pair, &mut bytes).unwrap();
            prop_assert_eq!(coder.decode(&bytes, &Arena::default()).unwrap(), pair.clone());
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..80),
        tree in tree(),
        at: prop::sample::Index,
        byte: u8,
    ) {
        let _ = Serde::<Tree>::from_bytes(&[&[1, 1], bytes.as_slice()].concat());
        let _ = Serde::<Tree>::from_bytes(&bytes);
        let mut bytes = Vec::new();
        Serde(tree).write_bytes(&mut bytes).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = Serde::<Tree>::from_bytes(&bytes);
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Text(String);
impl Versioned for Text {}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Nothings(Vec<()>, HashSet<[u8; 0]>);
impl Versioned for Nothings {}

#[test]
fn a_length_claims_neither_memory_nor_time() {
    let huge = [1, 1, 253, 255, 255, 255, 255, 255, 255, 255, 127];
    let error = Serde::<Text>::from_bytes(&huge).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::Truncated { .. }), "{error}");
    let error = Serde::<Nothings>::from_bytes(&huge).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::Truncated { .. }), "{error}");
    let nothings = || Nothings(vec![(); 3], HashSet::from([[]]));
    assert_eq!(reread::<_, Nothings>(nothings()).unwrap(), nothings());
}

#[derive(Debug, Serialize, Deserialize)]
struct Chain {
    next: Option<Box<Chain>>,
}
impl Versioned for Chain {}

#[test]
fn nesting_has_a_limit_that_writing_and_reading_share() {
    let chain = |length| {
        (0..length).fold(Chain { next: None }, |next, _| Chain { next: Some(next.into()) })
    };
    assert!(reread::<_, Chain>(chain(63)).is_ok());
    let error = Serde(chain(100)).write_bytes(&mut Vec::new()).unwrap_err().to_string();
    assert!(error.ends_with("it is nested more than 128 deep"), "{error}");
    let mut bytes = Vec::new();
    Serde(chain(1)).write_bytes(&mut bytes).unwrap();
    // Format and version, then per link: the count of fields, the name, and that there is one.
    let link = bytes[2..6].to_vec();
    let deep = [&[1, 1], link.repeat(10_000).as_slice()].concat();
    let error = Serde::<Chain>::from_bytes(&deep).unwrap_err().to_string();
    assert!(error.contains("a value nested more than 128 deep"), "{error}");
}

#[test]
fn flink_sees_bytes() {
    assert_eq!(Serde::<Text>::data_type(), DataType::required(Kind::Bytes));
    let mut out = Vec::new();
    Serde::<Text>::encode(&Serde(Text("ab".into())), &mut out).unwrap();
    assert_eq!(out, b"\0\0\0\x05\x01\x01\x02ab");
    let arena = Arena::default();
    let decoded = Serde::<Text>::decode(&mut Input::new(&out, &arena)).unwrap();
    assert_eq!(decoded, Serde(Text("ab".into())));
    let error = Serde::<Text>::decode(&mut Input::new(b"\0\0\0\x04\x01\x01\x02a", &arena));
    assert_eq!(
        error.unwrap_err().to_string(),
        "truncated: expected 1 more bytes, found 0 (at byte 8)"
    );
}
