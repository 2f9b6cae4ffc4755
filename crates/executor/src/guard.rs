//! Catches panics of user code, and keeps what is known of them.
//!
//! Rust hands the panic's text, place and stack to the panic hook only, before it unwinds. So a hook
//! is installed once, in front of the one that was there; while a thread is inside [`catch`] it takes
//! these down instead of printing them. Panics elsewhere go to the previous hook as ever.

use std::any::Any;
use std::backtrace::Backtrace;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

/// A panic that was caught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caught {
    /// The panic's text, formatted.
    pub message: String,
    /// Where it was raised, as `file:line:column`; empty when a foreign hook kept it from us.
    pub location: String,
    /// The stack at that place.
    pub backtrace: String,
}

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static CAUGHT: RefCell<Option<Caught>> = const { RefCell::new(None) };
}

/// Runs `f`, and turns a panic into a value.
///
/// What `f` was working on may be half done after a panic: the caller must not use it again, other
/// than to end it.
///
/// # Errors
/// The panic.
#[inline]
pub fn catch<T>(f: impl FnOnce() -> T) -> Result<T, Caught> {
    install();
    // One look-up of the thread's variable: in a library that is a call.
    let result = DEPTH.with(|depth| {
        depth.set(depth.get() + 1);
        let result = panic::catch_unwind(AssertUnwindSafe(f));
        depth.set(depth.get() - 1);
        result
    });
    result.map_err(|payload| {
        let noted = CAUGHT.take();
        noted.unwrap_or_else(|| Caught {
            message: message(&*payload),
            location: String::new(),
            backtrace: String::new(),
        })
    })
}

/// Runs `f` where a panic would be a fault of Brookite's own: the outermost guard at a border, with
/// [`catch`] inside. It costs nothing, and such a panic is also printed by the previous hook.
///
/// # Errors
/// The panic; its place and backtrace are on standard error only.
#[inline]
pub fn shield<T>(f: impl FnOnce() -> T) -> Result<T, Caught> {
    panic::catch_unwind(AssertUnwindSafe(f)).map_err(|payload| Caught {
        message: message(&*payload),
        location: String::new(),
        backtrace: String::new(),
    })
}

#[inline]
fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if DEPTH.try_with(Cell::get).unwrap_or(0) == 0 {
                previous(info);
            } else {
                note(info);
            }
        }));
    });
}

fn note(info: &PanicHookInfo<'_>) {
    let caught = Caught {
        message: message(info.payload()),
        location: info.location().map(ToString::to_string).unwrap_or_default(),
        backtrace: Backtrace::force_capture().to_string(),
    };
    // A panic while another unwinds ends the process; nothing is lost by a failed borrow.
    CAUGHT.with(|slot| {
        if let Ok(mut slot) = slot.try_borrow_mut() {
            *slot = Some(caught);
        }
    });
}

fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a panic whose payload is no text".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formatted_panic_keeps_text_place_and_backtrace() {
        let caught = catch(|| panic!("boom {}", 7)).unwrap_err();
        assert_eq!(caught.message, "boom 7");
        assert!(caught.location.contains("guard.rs:"), "{}", caught.location);
        assert!(caught.backtrace.contains("guard"), "{}", caught.backtrace);
    }

    #[test]
    fn a_panic_with_a_plain_text_and_one_without_text_are_told() {
        assert_eq!(catch(|| panic!("plain")).unwrap_err().message, "plain");
        let caught = catch(|| panic::panic_any(7)).unwrap_err();
        assert_eq!(caught.message, "a panic whose payload is no text");
    }

    #[test]
    fn an_inner_guard_leaves_the_outer_one_in_place() {
        let outer = catch(|| {
            assert!(catch(|| panic!("inner")).is_err());
            panic!("outer");
        });
        assert_eq!(outer.unwrap_err().message, "outer");
        assert_eq!(catch(|| 7), Ok(7));
    }
}
