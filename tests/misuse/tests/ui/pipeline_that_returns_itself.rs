use brookite::prelude::*;

#[pipeline]
fn words(p: &Pipeline) -> Result<Pipeline> {
    Ok(p.clone())
}

fn main() {}
