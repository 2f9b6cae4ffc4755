use brookite::prelude::*;

struct Thing;

#[function]
impl Clone for Thing {
    fn clone(&self) -> Self {
        Thing
    }
}

fn main() {}
