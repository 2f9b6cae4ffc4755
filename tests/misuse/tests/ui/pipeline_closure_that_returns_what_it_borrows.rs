use brookite::Pipeline;

fn pipeline(p: &Pipeline) {
    p.from_values([" to ", " be "]).map(|word| word.trim()).print();
}

fn main() {}
