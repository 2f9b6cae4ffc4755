use brookite::prelude::*;

#[pipeline]
fn words(_p: Pipeline) -> Result<()> {
    Ok(())
}

fn main() {}
