use brookite::prelude::*;

#[derive(Row)]
struct Pair<'a, 'b> {
    left: &'a str,
    right: &'b str,
}

fn main() {}
