use std::thread;

use super::*;

/// Owners of this test's thread; none of these tests enters a table from two threads.
const ME: Owner = owner(0x1000);
const OTHER: Owner = owner(0x2000);

const fn owner(id: usize) -> Owner {
    Owner { id, here: PhantomData }
}

const CHUNKS: usize = 3;

fn table<T>() -> Slots<T, CHUNKS> {
    Slots::new()
}

fn refused<T>(result: Result<Entered<'_, T>, Refusal>) -> Option<Refusal> {
    result.err()
}

#[test]
fn a_value_is_found_and_changed_by_its_handle() {
    let slots = table();
    let a = slots.insert(ME, 1).unwrap();
    let b = slots.insert(ME, 2).unwrap();
    *slots.enter(a, ME).unwrap() += 10;
    assert_eq!(*slots.enter(a, ME).unwrap(), 11);
    assert_eq!(*slots.enter(b, ME).unwrap(), 2);
}

#[test]
fn a_number_that_never_was_a_handle_is_unknown() {
    let slots = table();
    let handle = slots.insert(ME, ()).unwrap();
    let next_slot = handle + 1;
    let next_generation = handle + (1 << 32);
    for foreign in [0, 1, -1, i64::MIN, i64::MAX, next_slot, next_generation] {
        assert_eq!(refused(slots.enter(foreign, ME)), Some(Refusal::Unknown), "{foreign:#x}");
    }
}

#[test]
fn a_stale_handle_stays_stale_when_its_slot_is_used_again() {
    let slots = table();
    let old = slots.insert(ME, "old").unwrap();
    assert_eq!(slots.enter(old, ME).unwrap().remove(), Some("old"));
    assert_eq!(refused(slots.enter(old, ME)), Some(Refusal::Released));

    let new = slots.insert(ME, "new").unwrap();
    assert_eq!(new as u32, old as u32, "the slot is used again");
    assert_eq!(new >> 32, (old >> 32) + 1, "under the next generation");
    assert_eq!(refused(slots.enter(old, ME)), Some(Refusal::Released));
    assert_eq!(*slots.enter(new, ME).unwrap(), "new");
}

#[test]
fn a_second_call_does_not_get_in() {
    let slots = table();
    let handle = slots.insert(ME, ()).unwrap();
    let first = slots.enter(handle, ME).unwrap();
    assert_eq!(refused(slots.enter(handle, ME)), Some(Refusal::Busy));
    assert_eq!(refused(slots.enter(handle, OTHER)), Some(Refusal::Busy));
    drop(first);
    assert!(slots.enter(handle, ME).is_ok());
}

#[test]
fn only_the_owner_enters() {
    let slots = table();
    let handle = slots.insert(ME, ()).unwrap();
    assert_eq!(refused(slots.enter(handle, OTHER)), Some(Refusal::NotOwner));
    assert!(slots.enter(handle, ME).is_ok());
}

#[test]
fn a_slot_that_has_used_up_its_generations_retires() {
    let slots = table();
    let first = slots.insert(ME, ()).unwrap();
    let (slot, _) = slots.find(first).unwrap();
    slots.enter(first, ME).unwrap().remove();
    slot.state.store(word(LAST_GENERATION, FREE), Ordering::Relaxed);
    let second = slots.insert(ME, ()).unwrap();
    assert_ne!(second as u32, first as u32);
}

#[test]
fn it_grows_by_chunks_and_says_when_it_is_full() {
    let slots = table();
    let handles: Vec<_> = (0..CHUNK * CHUNKS).map(|i| slots.insert(ME, i).unwrap()).collect();
    assert_eq!(slots.insert(ME, 0), Err(Refusal::Full));
    for (i, handle) in handles.into_iter().enumerate() {
        assert_eq!(slots.enter(handle, ME).unwrap().remove(), Some(i));
    }
}

#[test]
fn threads_share_a_table_and_keep_out_of_each_others_values() {
    const ROUNDS: usize = 2_000;
    let slots = table();
    thread::scope(|scope| {
        for id in 1..=4 {
            let slots = &slots;
            scope.spawn(move || {
                let mut handle = slots.insert(owner(id), id).unwrap();
                for round in 0..ROUNDS {
                    let mut value = slots.enter(handle, owner(id)).unwrap();
                    assert_eq!(*value, id + round);
                    *value += 1;
                    if round % 7 == 0 {
                        let value = value.remove().unwrap();
                        handle = slots.insert(owner(id), value).unwrap();
                    }
                }
            });
        }
    });
}
