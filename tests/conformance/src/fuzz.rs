//! What must hold for any bytes whatever: no decoder panics, what it reads it can write, and what was
//! written is read as the same; and a stage says the same, however little its cache remembers.
//!
//! The fuzzer calls these functions with bytes that it makes up (`fuzz/`), a test with those that are
//! kept (`fuzz/corpus`). They panic when something does not hold.

mod beam;
mod declarations;
mod dynamic;
mod frames;
mod graph;
mod stage;
mod text;
mod typed;
mod types;
mod windowing;

/// A function to fuzz, by name. The name is that of its folder of bytes, too.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 15] = [
    ("type_text", types::text),
    ("type_message", types::message),
    ("value_bytes", dynamic::bytes),
    ("value_changed", dynamic::changed),
    ("typed", typed::bytes),
    ("string", text::bytes),
    ("beam", beam::bytes),
    ("coder_spec", beam::spec),
    ("frames", frames::bytes),
    ("state_message", declarations::state),
    ("metric_message", declarations::metric),
    ("windowing_message", windowing::message),
    ("graph_message", graph::message),
    ("stage_calls", stage::calls),
    ("stage_request", stage::request),
];

/// Runs the target of that name.
///
/// # Panics
/// When what must hold does not, and when there is no such target.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    let (_, target) = target.unwrap_or_else(|| panic!("no target '{name}'"));
    target(bytes);
}
