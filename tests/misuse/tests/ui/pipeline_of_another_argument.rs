use brookite::prelude::*;

#[pipeline]
fn words(_p: &Pipeline, _input: &str) -> Result<()> {
    Ok(())
}

fn main() {}
