use brookite::prelude::*;

#[map]
fn nothing(_line: &str) {}

fn main() {}
