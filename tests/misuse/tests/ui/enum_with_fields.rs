use brookite::prelude::*;

#[derive(Enum)]
enum Shape {
    Point,
    Circle(f64),
}

fn main() {}
