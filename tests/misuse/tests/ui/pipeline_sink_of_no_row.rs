use brookite::{Connector, Pipeline};

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).sink(Connector::new("blackhole"));
}

fn main() {}
