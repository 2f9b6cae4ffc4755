use brookite::prelude::*;

#[derive(Row)]
struct Order {
    id: i64,
}

fn main() {
    <Pojo<Order> as Data>::data_type();
}
