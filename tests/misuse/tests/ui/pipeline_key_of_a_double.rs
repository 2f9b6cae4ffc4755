use brookite::Pipeline;

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).key_by(|number| *number as f64).print();
}

fn main() {}
