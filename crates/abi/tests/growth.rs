//! Memory that levels off, told by the C library's allocator, which all libraries of a process share.
#![cfg(all(target_os = "linux", target_env = "gnu"))]

mod support;

use std::sync::{Mutex, PoisonError};

use brookite_core::proto::StageSpec;
use brookite_executor::memory::MemoryHost;
use brookite_executor::stage::NO_TIMESTAMP;

use crate::support::{counting, open};

/// What is measured is the whole process: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// What an allocator tells of itself, as in malloc.h.
#[repr(C)]
struct Mallinfo2 {
    arena: usize,
    ordblks: usize,
    smblks: usize,
    hblks: usize,
    hblkhd: usize,
    usmblks: usize,
    fsmblks: usize,
    uordblks: usize,
    fordblks: usize,
    keepcost: usize,
}

unsafe extern "C" {
    safe fn mallinfo2() -> Mallinfo2;
}

/// The bytes that are allocated, large blocks included.
fn allocated() -> usize {
    let told = mallinfo2();
    told.uordblks + told.hblkhd
}

/// Under another allocator, such as valgrind's, nothing can be said.
fn allocator_tells() -> bool {
    let before = allocated();
    let block = std::hint::black_box(vec![0_u8; 10_000]);
    let tells = allocated() >= before + block.len();
    if !tells {
        eprintln!("another allocator is at work, which tells nothing");
    }
    tells
}

/// Opens a stage, lets it meet a thousand keys, and closes it.
fn open_and_close() {
    let host = MemoryHost::new();
    let mut stage = open(&counting(), host.clone()).expect("it opens");
    for key in 0..1_000_u32 {
        let key = format!("{key:08}").into_bytes();
        host.enter(&key);
        stage.process(0, &key, b"record", NO_TIMESTAMP).expect("a record");
    }
    stage.flush().expect("a flush");
    stage.finish().expect("the end of the records");
    stage.close().expect("the end");
}

#[test]
fn five_hundred_stages_leave_nothing_behind() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    if !allocator_tells() {
        return;
    }
    // What the allocator keeps at hand for the next time counts as allocated, and takes some rounds to
    // settle.
    (0..100).for_each(|_| open_and_close());
    let before = allocated();
    (0..500).for_each(|_| open_and_close());
    let left = allocated().saturating_sub(before);
    // The allocator counts some blocks that it keeps at hand; a leaked object takes at least 32 bytes.
    assert!(left < 16 * 500, "{left} bytes are left after 500 stages");
}

#[test]
fn a_stage_takes_no_more_memory_for_ten_times_as_many_keys() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    if !allocator_tells() {
        return;
    }
    let host = MemoryHost::new();
    // Few enough keys that the cache is full before the first look.
    let spec = StageSpec { state_cache_entries: 20_000, ..counting() };
    let mut stage = open(&spec, host.clone()).unwrap();
    let mut meet = |keys: std::ops::Range<u64>| {
        for key in keys {
            let key = format!("{key:08}").into_bytes();
            host.enter(&key);
            // What is written back goes nowhere: the host takes no memory.
            stage.process(0, &key, b"record", NO_TIMESTAMP).unwrap();
        }
        allocated()
    };
    let few = meet(0..80_000);
    let many = meet(80_000..800_000);
    let grown = many.saturating_sub(few);
    assert!(grown < 64 << 10, "{grown} more bytes are allocated after ten times as many keys");
}
