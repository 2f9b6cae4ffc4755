use brookite::prelude::*;

#[pipeline]
fn words<T>(_p: &Pipeline) -> Result<()> {
    Ok(())
}

fn main() {}
