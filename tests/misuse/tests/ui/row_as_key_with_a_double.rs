use brookite::prelude::*;

#[derive(Row)]
#[row(key)]
struct Place {
    latitude: f64,
}

fn main() {}
