use brookite::Pipeline;
use brookite::prelude::*;

#[derive(Default)]
struct Length;

impl MapFunction for Length {
    type In = &'static str;
    type Out = i64;

    fn map<'a>(&'a mut self, word: &'a str) -> Result<i64> {
        Ok(word.len() as i64)
    }
}

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).map_with(Length::default).print();
}

fn main() {}
