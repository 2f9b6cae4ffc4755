use brookite::prelude::*;

#[derive(Row)]
enum Color {
    Red,
}

fn main() {}
