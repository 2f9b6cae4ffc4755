//! Any mix of accesses, through a cache of any size, is as if there were none.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use brookite_core::function::{OpenContext, Subtask};
use brookite_core::state::{ListState, MapState, ReducingState, ValueState};

use super::{CacheBounds, Counts};
use crate::host::SharedHost;
use crate::memory::MemoryHost;
use crate::metrics::Metrics;
use crate::opening::Opening;
use crate::states::States;

/// What a key, or a window of it, should have.
#[derive(Clone, Debug, Default, PartialEq)]
struct Model {
    number: Option<i64>,
    text: Option<String>,
    list: Vec<String>,
    map: BTreeMap<i64, String>,
    sum: Option<i64>,
}

/// A keyed stage without functions: the test is the function.
struct Cached {
    host: MemoryHost,
    states: States,
    number: ValueState<i64>,
    text: ValueState<String>,
    list: ListState<String>,
    map: MapState<i64, String>,
    sum: ReducingState<i64>,
    out: Vec<u8>,
}

impl Cached {
    fn open(host: &MemoryHost, bounds: CacheBounds, namespace: usize) -> Self {
        let shared: SharedHost = Rc::new(RefCell::new(Box::new(host.clone())));
        let mut states = States::new(Some(bounds), host.stored_keys() == 0);
        let mut opening = Opening {
            host: shared.clone(),
            subtask: Subtask::default(),
            metrics: &mut Metrics::default(),
            states: states.open(shared.clone(), namespace),
            index: 0,
            windows_merge: false,
        };
        let mut ctx = OpenContext::new(&mut opening);
        let number = ctx.value_state("number").unwrap();
        let text = ctx.value_state("text").unwrap();
        let list = ctx.list_state("list").unwrap();
        let map = ctx.map_state("map").unwrap();
        let sum = ctx.reducing_state("sum", |sum: i64, n| sum + n).unwrap();
        states.opened(&mut Metrics::default(), &mut **shared.borrow_mut()).unwrap();
        Self { host: host.clone(), states, number, text, list, map, sum, out: Vec::new() }
    }

    fn begin(&mut self, key: &[u8]) {
        self.host.enter(key);
        self.out.clear();
    }

    fn enter(&mut self, key: &[u8], namespace: &[u8]) {
        if namespace.is_empty() {
            self.states.enter(key, &mut self.out).unwrap();
        } else {
            self.states.enter_namespace(namespace, key, &mut self.out).unwrap();
        }
    }

    fn end(&mut self) {
        self.states.settle(&mut self.out).unwrap();
        self.apply();
    }

    fn apply(&mut self) {
        self.host.apply(&self.out, |_| unreachable!("no function emits")).unwrap();
        self.out.clear();
    }

    fn flush(&mut self) {
        self.states.flush(&mut self.out).unwrap();
        self.apply();
    }

    fn end_key(&mut self) {
        self.states.end_key(&mut self.out).unwrap();
        self.apply();
    }

    fn counts(&self) -> Counts {
        self.states.counts().unwrap()
    }

    fn everything(&self) -> Model {
        Model {
            number: self.number.value().unwrap(),
            text: self.text.value().unwrap(),
            list: self.list.get().unwrap(),
            map: self.map.entries().unwrap().into_iter().collect(),
            sum: self.sum.get().unwrap(),
        }
    }

    /// One random access, here and in the model.
    fn access(&self, random: &mut Random, model: &mut Model) {
        let n = random.below(1_000) as i64;
        let text = "x".repeat(random.below(60)) + &n.to_string();
        let entry = random.below(5) as i64;
        match random.below(30) {
            0..2 => assert_eq!(self.number.value().unwrap(), model.number),
            2 => {
                self.number.update(n).unwrap();
                model.number = Some(n);
            }
            3 => {
                self.number.clear().unwrap();
                model.number = None;
            }
            4 => {
                let add = |number: &mut Option<i64>| *number = Some(number.unwrap_or(0) + n);
                self.number.modify(add).unwrap();
                add(&mut model.number);
            }
            5 => assert_eq!(self.text.value().unwrap(), model.text),
            6 => {
                self.text.update(text.clone()).unwrap();
                model.text = Some(text);
            }
            7 => {
                let odd = n % 2 == 1;
                let change = |value: &mut Option<String>| match value {
                    Some(value) if odd => value.push_str(&text),
                    _ => *value = None,
                };
                self.text.modify(change).unwrap();
                change(&mut model.text);
            }
            8..12 => {
                self.list.add(text.clone()).unwrap();
                model.list.push(text);
            }
            12 => assert_eq!(self.list.get().unwrap(), model.list),
            13 => {
                let texts = vec![text; random.below(3)];
                self.list.update(texts.clone()).unwrap();
                model.list = texts;
            }
            14 => assert_eq!(self.list.take().unwrap(), std::mem::take(&mut model.list)),
            15 => {
                self.list.clear().unwrap();
                model.list.clear();
            }
            16..20 => {
                self.map.put(entry, text.clone()).unwrap();
                model.map.insert(entry, text);
            }
            20..22 => assert_eq!(self.map.get(&entry).unwrap(), model.map.get(&entry).cloned()),
            22 => {
                self.map.remove(&entry).unwrap();
                model.map.remove(&entry);
            }
            23 => {
                let entries: BTreeMap<_, _> = self.map.entries().unwrap().into_iter().collect();
                assert_eq!(entries, model.map);
                assert_eq!(self.map.is_empty().unwrap(), entries.is_empty());
            }
            24 => {
                self.map.clear().unwrap();
                model.map.clear();
            }
            25 => {
                self.map.retain(|key, _| *key != entry).unwrap();
                model.map.retain(|key, _| *key != entry);
            }
            26 => {
                let change = |value: &mut Option<String>| match value {
                    Some(value) if n % 3 > 0 => value.push('+'),
                    Some(_) => *value = None,
                    None => *value = Some(text.clone()),
                };
                self.map.modify(entry, change).unwrap();
                let mut value = model.map.remove(&entry);
                change(&mut value);
                model.map.extend(value.map(|value| (entry, value)));
            }
            27 => {
                self.sum.add(n).unwrap();
                model.sum = Some(model.sum.unwrap_or(0) + n);
            }
            28 => assert_eq!(self.sum.get().unwrap(), model.sum),
            _ => {
                self.sum.clear().unwrap();
                model.sum = None;
            }
        }
    }
}

/// Numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

const KEYS: usize = 7;

/// Short and long ones: a long key is not in the table's place itself.
fn key(index: usize) -> Vec<u8> {
    vec![index as u8; if index.is_multiple_of(3) { 40 } else { 8 }]
}

/// Many calls, each for one key and some of its namespaces, with flushes and restarts between.
fn run(seed: u64, bounds: CacheBounds, width: usize, calls: usize) {
    let mut random = Random(seed);
    let host = MemoryHost::new();
    let mut cached = Cached::open(&host, bounds, width);
    let mut models: BTreeMap<(usize, Vec<u8>), Model> = BTreeMap::new();
    for _ in 0..calls {
        let index = random.below(KEYS);
        cached.begin(&key(index));
        let namespaces = if width == 0 { 1 } else { 1 + random.below(5) };
        for _ in 0..namespaces {
            let namespace = vec![random.below(4) as u8; width];
            cached.enter(&key(index), &namespace);
            let model = models.entry((index, namespace)).or_default();
            (0..random.below(6)).for_each(|_| cached.access(&mut random, model));
        }
        if width > 0 && random.below(4) == 0 {
            cached.states.leave_namespace(&mut cached.out).unwrap();
        }
        cached.end();
        assert!(cached.counts().entries <= bounds.entries as u64);
        match random.below(20) {
            0..3 => cached.flush(),
            3 => cached.end_key(),
            4 => {
                cached.flush();
                cached = Cached::open(&host, bounds, width);
            }
            _ => {}
        }
    }
    cached.flush();
    // What was written back is all there is, to another cache and to this one.
    for mut cached in [cached, Cached::open(&host, bounds, width)] {
        for ((index, namespace), model) in &models {
            cached.begin(&key(*index));
            cached.enter(&key(*index), namespace);
            assert_eq!(cached.everything(), *model, "key {index}, seed {seed}");
            cached.end();
        }
    }
    let empty = Model::default();
    models.retain(|_, model| *model != empty);
    let keys: std::collections::BTreeSet<_> = models.keys().map(|(index, _)| index).collect();
    assert_eq!(host.stored_keys(), keys.len(), "seed {seed}");
}

const BOUNDS: [CacheBounds; 5] = [
    CacheBounds { entries: 1, bytes: usize::MAX },
    CacheBounds { entries: 3, bytes: usize::MAX },
    CacheBounds { entries: 100, bytes: 1 },
    CacheBounds { entries: 100, bytes: 4_000 },
    CacheBounds { entries: 100, bytes: usize::MAX },
];

#[test]
fn any_mix_of_accesses_reads_what_it_wrote() {
    for seed in 0..2_000 {
        run(seed, BOUNDS[seed as usize % BOUNDS.len()], 0, 60);
    }
}

#[test]
fn keys_that_pass_by_read_what_they_wrote() {
    for seed in 0..24 {
        // So small that most calls miss, and so long that this is noticed.
        run(seed, BOUNDS[seed as usize % 3], 0, 1_500);
    }
}

#[test]
fn while_hits_are_rare_changes_are_written_at_the_end_of_the_call() {
    let host = MemoryHost::new();
    let mut cached = Cached::open(&host, CacheBounds { entries: 16, bytes: usize::MAX }, 0);
    let put = |cached: &mut Cached, keys: std::ops::Range<u64>| {
        for key in keys {
            cached.begin(&key.to_be_bytes());
            cached.enter(&key.to_be_bytes(), &[]);
            cached.number.update(7).unwrap();
            cached.end();
        }
        (host.stored_keys() as u64, cached.counts())
    };
    let (stored, counts) = put(&mut cached, 0..1_000);
    assert!(counts.evictions < 400, "{counts:?}");
    // Those that have a slot are not written yet, and no others.
    assert_eq!(stored + counts.entries, 1_000);

    // Of keys that come again, some are remembered before long, and then all.
    for _ in 0..400 {
        put(&mut cached, 2_000..2_016);
    }
    let before = cached.counts();
    let (_, after) = put(&mut cached, 2_000..2_016);
    assert_eq!(after.hits - before.hits, 16, "{after:?}");
}

#[test]
fn namespaces_of_a_key_do_not_see_each_other() {
    for seed in 0..1_000 {
        run(seed, BOUNDS[seed as usize % BOUNDS.len()], 16, 60);
    }
}

#[test]
fn a_window_that_comes_and_goes_between_two_flushes_is_not_told_of() {
    let all = CacheBounds { entries: 10, bytes: usize::MAX };
    let namespace = |end: i64| [0_i64.to_be_bytes(), end.to_be_bytes()].concat();
    let mut cached = Cached::open(&MemoryHost::new(), all, 16);
    for (end, told) in [(7, false), (8, true), (8, true), (9, false)] {
        cached.begin(b"key");
        cached.enter(b"key", &namespace(end));
        cached.number.update(end).unwrap();
        cached.list.add(String::new()).unwrap();
        if told {
            cached.states.flush(&mut cached.out).unwrap();
            assert_ne!(cached.out, []);
        }
        cached.apply();
        cached.number.clear().unwrap();
        cached.list.clear().unwrap();
        cached.states.leave_namespace(&mut cached.out).unwrap();
        assert_eq!(!cached.out.is_empty(), told);
        cached.apply();
        assert_eq!(cached.counts().entries, 0);
    }
    assert_eq!(cached.host.stored_keys(), 0);
}

#[test]
fn the_bytes_of_values_that_grow_are_bounded() {
    let bounds = CacheBounds { entries: 1_000, bytes: 100_000 };
    let mut cached = Cached::open(&MemoryHost::new(), bounds, 0);
    for round in 0..200 {
        for index in 0..100_u64 {
            cached.begin(&index.to_be_bytes());
            cached.enter(&index.to_be_bytes(), &[]);
            cached.list.add("x".repeat(100)).unwrap();
            cached.map.put(round, "y".repeat(100)).unwrap();
            cached.end();
            let counts = cached.counts();
            assert!(counts.bytes <= 110_000, "{counts:?}");
        }
    }
    let counts = cached.counts();
    assert!(counts.evictions > 1_000, "{counts:?}");
    cached.end_key();
    assert_eq!(cached.counts().bytes, 0);
    cached.begin(&7_u64.to_be_bytes());
    cached.enter(&7_u64.to_be_bytes(), &[]);
    assert_eq!(cached.list.get().unwrap().len(), 200);
    assert_eq!(cached.map.keys().unwrap().len(), 200);
}

#[test]
fn a_list_that_is_added_to_is_not_read_and_a_map_is_removed_from_unseen() {
    let host = MemoryHost::new();
    let all = CacheBounds { entries: 10, bytes: usize::MAX };
    let mut before = Cached::open(&host, all, 0);
    before.begin(b"key");
    before.enter(b"key", &[]);
    before.list.add("a".into()).unwrap();
    before.map.put(1, "one".into()).unwrap();
    before.end();
    before.flush();

    let mut after = Cached::open(&host, all, 0);
    // Of another key the host has nothing: whoever reads now reads wrongly.
    after.begin(b"other");
    after.enter(b"key", &[]);
    after.list.add("b".into()).unwrap();
    after.map.remove(&1).unwrap();
    after.flush();
    after.begin(b"key");
    after.enter(b"key", &[]);
    assert_eq!(after.list.get().unwrap(), ["a", "b"]);
    assert_eq!(after.map.get(&1).unwrap(), None);
}
