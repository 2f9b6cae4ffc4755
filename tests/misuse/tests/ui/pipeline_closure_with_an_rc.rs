use std::rc::Rc;

use brookite::Pipeline;

fn pipeline(p: &Pipeline) {
    let offset = Rc::new(1);
    p.sequence(1, 9).map(move |number| number + *offset).print();
}

fn main() {}
