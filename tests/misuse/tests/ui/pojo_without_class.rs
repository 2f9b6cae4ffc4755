use brookite::prelude::*;

#[derive(Pojo)]
struct Order {
    id: i64,
}

fn main() {}
