use std::collections::HashSet;

use brookite::prelude::*;

#[derive(Row)]
struct Order {
    tags: HashSet<String>,
}

fn main() {}
