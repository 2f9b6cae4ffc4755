use brookite::Pipeline;

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).reduce(|one, other| one + other).print();
}

fn main() {}
