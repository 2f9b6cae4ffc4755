use brookite::prelude::*;

#[filter]
fn positive(number: i64) -> bool {
    number > 0
}

fn main() {}
