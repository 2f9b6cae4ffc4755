//! Handles of open libraries.
//!
//! A handful per job, used when an operator opens, by several task threads at once: an ordinary map
//! behind a lock. Handles are never used again, so a stale one is recognised for ever; and they are
//! negative, so that the handle of a stage is never taken for one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use brookite_abi::Library;

use crate::fault::Fault;

static LIBRARIES: Mutex<Libraries> = Mutex::new(Libraries { open: BTreeMap::new(), latest: 0 });

struct Libraries {
    open: BTreeMap<i64, Arc<Library>>,
    /// The handle issued last; they count downwards from -1.
    latest: i64,
}

/// Makes a handle for a library.
pub(crate) fn add(library: Arc<Library>) -> i64 {
    let mut libraries = lock();
    libraries.latest -= 1;
    let handle = libraries.latest;
    libraries.open.insert(handle, library);
    handle
}

/// The library of a handle.
pub(crate) fn get(handle: i64) -> Result<Arc<Library>, Fault> {
    let libraries = lock();
    libraries.open.get(&handle).cloned().ok_or_else(|| {
        let what = if libraries.issued(handle) { "was closed" } else { "is none of a library" };
        Fault::bridge(format!("handle {handle} {what}"))
    })
}

/// Gives a handle up; once or often makes no difference.
pub(crate) fn remove(handle: i64) -> Result<(), Fault> {
    let mut libraries = lock();
    if libraries.issued(handle) {
        libraries.open.remove(&handle);
        Ok(())
    } else {
        Err(Fault::bridge(format!("handle {handle} is none of a library")))
    }
}

impl Libraries {
    fn issued(&self, handle: i64) -> bool {
        (self.latest..0).contains(&handle)
    }
}

fn lock() -> MutexGuard<'static, Libraries> {
    // No panic can leave the map half changed, so a poisoned lock is as good as any.
    LIBRARIES.lock().unwrap_or_else(PoisonError::into_inner)
}
