use brookite::Pipeline;

fn pipeline(p: &Pipeline) {
    p.sequence(1, 9).map_with_state(|number, sum: &mut Option<i64>| number + sum.unwrap_or(0)).print();
}

fn main() {}
