//! Names of fields and variants, as two bytes each, and the place that is being read.

use std::cell::RefCell;

/// How deep values may be nested: the stack is finite.
pub(super) const MAX_DEPTH: usize = 128;

/// What stands for a name.
pub(super) type Tag = [u8; 2];

/// Two bytes of the name's hash (FNV-1a of 32 bits, its halves combined).
pub(super) fn tag(name: &str) -> Tag {
    let hash = name
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let [a, b, c, d] = hash.to_le_bytes();
    [a ^ c, b ^ d]
}

/// The name with that tag. Looks at `expected` first: most structs are as they were.
pub(super) fn find(
    names: &'static [&'static str],
    expected: usize,
    found: Tag,
) -> Option<(usize, &'static str)> {
    let at = |index: usize| names.get(index).map(|name| (index, *name));
    let is_it = |(_, name): &(usize, &str)| tag(name) == found;
    at(expected).filter(is_it).or_else(|| (0..names.len()).filter_map(at).find(is_it))
}

/// The fields around the value that is being read. After an error, those around what is wrong.
#[derive(Debug, Default)]
pub(super) struct Place(RefCell<Vec<&'static str>>);

impl Place {
    pub(super) fn enter(&self, name: &'static str) {
        self.0.borrow_mut().push(name);
    }

    pub(super) fn leave(&self) {
        self.0.borrow_mut().pop();
    }

    pub(super) fn path(&self) -> String {
        self.0.borrow().join(".")
    }
}
