use brookite::prelude::*;

#[pipeline]
struct Words;

fn main() {}
