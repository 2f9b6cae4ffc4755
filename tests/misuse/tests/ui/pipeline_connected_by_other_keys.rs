use brookite::Pipeline;

fn pipeline(p: &Pipeline) {
    let numbers = p.sequence(1, 9).key_by_value();
    let words = p.from_values(["to", "be"]).key_by_value();
    numbers.connect(&words);
}

fn main() {}
