use brookite::prelude::*;

#[derive(Row)]
struct Pair(i64, i64);

fn main() {}
