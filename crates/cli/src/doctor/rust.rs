//! Cargo and the compiler.

use std::env;
use std::process::Command;

use crate::doctor::Finding;

/// The oldest compiler that the crates build with, from their Cargo.toml.
const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");

pub(super) fn check() -> Vec<Finding> {
    let update = "install Rust from https://rustup.rs, or run `rustup update stable`";
    let program = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(program).arg("--version").output();
    let Some(text) = output.ok().and_then(|output| String::from_utf8(output.stdout).ok()) else {
        return vec![Finding::problem("there is no Rust compiler", update)];
    };
    let text = text.trim();
    let finding = match text.split_whitespace().nth(1).and_then(numbers) {
        Some(version) if numbers(OLDEST).is_some_and(|oldest| version >= oldest) => {
            Finding::good(text)
        }
        _ => Finding::problem(format!("{text}: Brookite needs Rust {OLDEST} or newer"), update),
    };
    vec![finding]
}

fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(numbers("1.100.0") > numbers("1.88"));
        assert_eq!(numbers("nightly"), None);
    }
}
