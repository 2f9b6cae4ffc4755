use brookite::prelude::*;

#[timestamps]
fn at(time: i64) -> i64 {
    time
}

fn main() {}
