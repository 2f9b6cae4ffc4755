use super::*;

const DURATION: i64 = 10;

/// A state of some kind whose items live for ten milliseconds.
struct Aging {
    stored: Stored,
    kept: bool,
    ttl: Ttl,
}

impl Aging {
    fn new(kind: StateKind) -> Self {
        Self { stored: Stored::empty(kind), kept: false, ttl: Ttl::of(DURATION) }
    }

    fn touched_on_read(kind: StateKind) -> Self {
        let ttl = Ttl { update: TtlUpdate::OnReadAndWrite, ..Ttl::of(DURATION) };
        Self { ttl, ..Self::new(kind) }
    }

    fn showing_expired(kind: StateKind) -> Self {
        let visibility = TtlVisibility::ReturnExpiredIfNotCleanedUp;
        Self { ttl: Ttl { visibility, ..Ttl::of(DURATION) }, ..Self::new(kind) }
    }

    fn change(&mut self, now: i64, change: StateChange<'_>) {
        let life = Life { ttl: Some(&self.ttl), now };
        self.kept = self.stored.change(change, life).unwrap();
    }

    fn read(&mut self, now: i64, query: StateQuery<'_>) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let life = Life { ttl: Some(&self.ttl), now };
        let (shown, kept) = self.stored.read(query, life, &mut out);
        self.kept = kept;
        shown.then_some(out)
    }

    fn parts(&mut self, now: i64, query: StateQuery<'_>) -> Vec<String> {
        let answer = self.read(now, query).unwrap_or_default();
        let text = |part: &[u8]| String::from_utf8(part.to_vec()).unwrap();
        parts(&answer).unwrap().into_iter().map(text).collect()
    }
}

#[test]
fn a_value_is_there_until_its_time_and_not_at_it() {
    let mut value = Aging::new(StateKind::Value);
    value.change(5, StateChange::Update(b"v"));
    assert_eq!(value.read(14, StateQuery::Value).as_deref(), Some(&b"v"[..]));
    assert!(value.kept);
    assert_eq!(value.read(15, StateQuery::Value), None);
    assert!(!value.kept, "whoever finds it expired removes it");
}

#[test]
fn only_writing_touches_unless_reading_is_to_touch_as_well() {
    let mut value = Aging::new(StateKind::Value);
    value.change(0, StateChange::Update(b"v"));
    value.read(9, StateQuery::Value);
    assert_eq!(value.read(10, StateQuery::Value), None);
    let mut value = Aging::touched_on_read(StateKind::Value);
    value.change(0, StateChange::Update(b"v"));
    value.read(9, StateQuery::Value);
    assert!(value.read(18, StateQuery::Value).is_some());
    assert!(value.read(28, StateQuery::Value).is_none());
}

#[test]
fn an_expired_value_may_be_shown_for_the_last_time() {
    let mut value = Aging::showing_expired(StateKind::Value);
    value.change(0, StateChange::Update(b"v"));
    assert!(value.read(100, StateQuery::Value).is_some());
    assert!(!value.kept);
}

#[test]
fn each_element_of_a_list_lives_on_its_own() {
    let mut list = Aging::new(StateKind::List);
    list.change(0, StateChange::Append(b"a"));
    list.change(5, StateChange::Append(b"b"));
    assert_eq!(list.parts(9, StateQuery::List), ["a", "b"]);
    assert_eq!(list.parts(10, StateQuery::List), ["b"]);
    assert!(list.kept);
    assert_eq!(list.read(15, StateQuery::List), None);
    assert!(!list.kept);
    // All at once, all of one age.
    list.change(20, StateChange::Update(b"\x01\0\0\0x\x01\0\0\0y"));
    assert_eq!(list.parts(29, StateQuery::List), ["x", "y"]);
    assert_eq!(list.read(30, StateQuery::List), None);
}

#[test]
fn reading_a_list_may_touch_what_has_not_expired() {
    let mut list = Aging::touched_on_read(StateKind::List);
    list.change(0, StateChange::Append(b"a"));
    list.change(5, StateChange::Append(b"b"));
    assert_eq!(list.parts(10, StateQuery::List), ["b"]);
    assert_eq!(list.parts(19, StateQuery::List), ["b"]);
    assert!(list.parts(29, StateQuery::List).is_empty());
}

#[test]
fn each_entry_of_a_map_lives_on_its_own() {
    let mut map = Aging::new(StateKind::Map);
    map.change(0, StateChange::PutEntry { key: b"a", value: b"1" });
    map.change(5, StateChange::PutEntry { key: b"b", value: b"2" });
    assert_eq!(map.parts(9, StateQuery::Entries), ["a", "1", "b", "2"]);
    assert_eq!(map.read(10, StateQuery::Entry(b"a")), None);
    assert_eq!(map.parts(10, StateQuery::Entries), ["b", "2"]);
    assert_eq!(map.read(15, StateQuery::Entries), None);
    assert!(!map.kept);
}

#[test]
fn a_whole_map_is_replaced_and_what_is_no_map_is_refused() {
    let mut map = Aging::new(StateKind::Broadcast);
    map.change(0, StateChange::PutEntry { key: b"a", value: b"1" });
    map.change(0, StateChange::Update(b"\x01\0\0\0b\x01\0\0\x002"));
    assert_eq!(map.parts(0, StateQuery::Entries), ["b", "2"]);
    let life = Life { ttl: None, now: 0 };
    for bytes in [&b"\x01\0\0\0b"[..], b"\x02\0\0\0b", b"\xff\xff\xff\xff", b"\x01"] {
        assert!(map.stored.change(StateChange::Update(bytes), life).is_err(), "{bytes:?}");
    }
}

#[test]
fn time_does_not_run_over() {
    let mut value = Aging::new(StateKind::Value);
    value.change(i64::MAX - 3, StateChange::Update(b"v"));
    assert!(value.read(i64::MAX - 1, StateQuery::Value).is_some());
}
