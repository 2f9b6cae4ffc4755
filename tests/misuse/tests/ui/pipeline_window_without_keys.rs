use brookite::Pipeline;
use brookite::core::windowing::Tumbling;

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).window(Tumbling::of(10));
}

fn main() {}
