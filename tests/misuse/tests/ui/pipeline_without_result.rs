use brookite::prelude::*;

#[pipeline]
fn words(_p: &Pipeline) {}

fn main() {}
