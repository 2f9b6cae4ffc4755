use brookite::prelude::*;

#[derive(Enum)]
enum Level {
    Low = 10,
    High = 20,
}

fn main() {}
