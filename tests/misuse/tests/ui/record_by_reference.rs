use brookite::prelude::*;

#[derive(Row)]
struct Order {
    id: i64,
}

#[map]
fn id(order: &Order) -> i64 {
    order.id
}

fn main() {}
