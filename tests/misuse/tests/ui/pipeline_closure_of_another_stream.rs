use brookite::Pipeline;

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).map(|word: &str| word.len() as i64).print();
}

fn main() {}
