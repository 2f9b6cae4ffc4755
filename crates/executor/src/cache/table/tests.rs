use std::collections::HashMap;

use super::*;

/// A table, and beside it the slots as a column would keep them.
struct Beside {
    table: KeyTable,
    slots: Vec<Option<Vec<u8>>>,
}

impl Beside {
    fn new() -> Self {
        Self { table: KeyTable::new(), slots: vec![None; FEWEST] }
    }

    fn add(&mut self, key: &[u8]) {
        let packed = self.table.find(key).unwrap_err();
        if self.table.is_full() {
            let moves = self.table.grow();
            let mut old = std::mem::replace(&mut self.slots, vec![None; self.table.places()]);
            moves.iter().for_each(|moved| self.slots[moved.to] = old[moved.from].take());
        }
        let slot = self.table.insert(packed, key);
        assert!(self.slots[slot].replace(key.to_vec()).is_none());
    }

    fn remove(&mut self, key: &[u8]) {
        let slot = self.table.find(key).unwrap();
        let slots = &mut self.slots;
        slots[slot] = None;
        self.table.remove(slot, |Move { from, to }| {
            assert!(slots[to].is_none());
            slots[to] = slots[from].take();
        });
    }
}

#[test]
fn keys_and_slots_stay_together() {
    let mut beside = Beside::new();
    let mut expected: HashMap<Vec<u8>, ()> = HashMap::new();
    let mut random = 7_u64;
    for _ in 0..20_000 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let number = (random >> 40) % 700;
        // Numbers, short words and long ones.
        let key = match number % 3 {
            0 => number.to_be_bytes().to_vec(),
            1 => format!("{number}").into_bytes(),
            _ => format!("a key that is too long to be packed {number}").into_bytes(),
        };
        if expected.remove(&key).is_some() {
            beside.remove(&key);
        } else {
            beside.add(&key);
            expected.insert(key, ());
        }
        assert_eq!(beside.table.live(), expected.len());
    }
    for key in expected.keys() {
        let slot = beside.table.find(key).unwrap();
        assert_eq!(beside.slots[slot].as_ref(), Some(key));
        beside.table.with_key(slot, |bytes| assert_eq!(bytes, key));
    }
    assert_eq!(beside.slots.iter().flatten().count(), expected.len());
}

#[test]
fn a_cleared_table_is_empty() {
    let mut beside = Beside::new();
    beside.add(b"a key that is so long that it is kept elsewhere");
    beside.add(b"short");
    beside.table.clear();
    assert_eq!(beside.table.live(), 0);
    assert!(beside.table.find(b"short").is_err());
    assert!((0..beside.table.places()).all(|place| !beside.table.is_taken(place)));
}
