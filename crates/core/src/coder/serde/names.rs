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

/// The tags of a struct's fields that were written, without memory of its own for most structs.
#[derive(Debug, Default)]
pub(super) struct Tags {
    first: [Tag; FIRST],
    length: usize,
    others: Vec<Tag>,
}

/// How many tags stand in place.
const FIRST: usize = 16;

impl Tags {
    /// Adds a tag; false when it is there already.
    pub(super) fn insert(&mut self, tag: Tag) -> bool {
        let first = &mut self.first[..];
        if first[..self.length].contains(&tag) || self.others.contains(&tag) {
            return false;
        }
        match first.get_mut(self.length) {
            Some(place) => {
                *place = tag;
                self.length += 1;
            }
            None => self.others.push(tag),
        }
        true
    }
}

/// The fields around what is wrong, the innermost first. Empty unless something is.
#[derive(Debug, Default)]
pub(super) struct Place(RefCell<Vec<&'static str>>);

impl Place {
    /// Notes down that the error is inside of that field.
    #[cold]
    pub(super) fn inside(&self, name: &'static str) {
        self.0.borrow_mut().push(name);
    }

    pub(super) fn path(&self) -> String {
        let mut names = self.0.borrow().clone();
        names.reverse();
        names.join(".")
    }
}
