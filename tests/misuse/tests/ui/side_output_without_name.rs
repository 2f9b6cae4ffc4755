use brookite::prelude::*;

const NAMELESS: OutputTag<&str> = OutputTag::new("");

fn main() {
    println!("{}", NAMELESS.name());
}
