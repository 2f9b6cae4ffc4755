use brookite::Pipeline;

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).key_by_value().window(10);
}

fn main() {}
