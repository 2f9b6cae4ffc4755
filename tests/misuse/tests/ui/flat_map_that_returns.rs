use brookite::prelude::*;

#[flat_map]
fn words(line: &str, _out: &mut Collector<'_, String>) -> Vec<String> {
    vec![line.to_owned()]
}

fn main() {}
