use brookite::Pipeline;

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).flat_map(|number, out| out.collect(number)).print();
}

fn main() {}
