//! A proper dynamic library with a function to call, and no table of Brookite's.

/// Something to export.
#[unsafe(no_mangle)]
pub extern "C" fn fixture_answer() -> u32 {
    42
}
