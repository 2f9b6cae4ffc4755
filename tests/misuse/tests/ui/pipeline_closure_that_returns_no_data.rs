use std::time::Duration;

use brookite::Pipeline;

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).map(|number| Duration::from_secs(number as u64)).print();
}

fn main() {}
