use brookite::prelude::*;

#[pipeline]
fn words(_p: &Pipeline, _args: &Arguments, _more: &Arguments) -> Result<()> {
    Ok(())
}

fn main() {}
