use brookite::prelude::*;

#[derive(Row)]
struct Order {
    id: i64,
    #[row(name = "id")]
    number: i64,
}

fn main() {}
