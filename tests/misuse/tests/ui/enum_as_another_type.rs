use brookite::prelude::*;

#[derive(Enum)]
#[row(as = "BIGINT")]
enum Color {
    Red,
}

fn main() {}
