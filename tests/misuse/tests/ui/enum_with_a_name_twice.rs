use brookite::prelude::*;

#[derive(Enum)]
enum Color {
    Red,
    #[row(name = "Red")]
    Rouge,
}

fn main() {}
