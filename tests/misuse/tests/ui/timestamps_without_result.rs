use brookite::prelude::*;

#[timestamps]
fn at(_time: &i64) {}

fn main() {}
