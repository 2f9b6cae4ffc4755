//! A pipeline that can be built, and some that cannot.

use brookite::prelude::*;

/// Says how long words are.
#[pipeline]
fn lengths(p: &Pipeline, args: &Arguments) -> Result<()> {
    let longest: usize = args.get_or("longest", 100)?;
    p.from_values(["to", "be"])
        .map(move |word| word.len().min(longest) as i64)
        .uid("length")
        .print();
    Ok(())
}

/// The same node as [`lengths`] has, of another type.
#[pipeline]
fn shouts(p: &Pipeline) -> Result<()> {
    p.from_values(["to", "be"]).map(|word| word.to_uppercase()).uid("length").print();
    Ok(())
}

#[pipeline]
fn error_pipeline(_: &Pipeline) -> Result<()> {
    Err(Error::msg("cannot write a pipeline"))
}

#[pipeline]
fn panic_pipeline(_: &Pipeline) -> Result<()> {
    panic!("cannot write {} pipelines", i64::MAX)
}
