//! Uids: given by the program, or made from names.

use std::collections::BTreeSet;

/// What a uid is made from.
pub(crate) struct Named<'n> {
    pub(crate) name: &'n str,
    pub(crate) uid: Option<&'n str>,
}

/// A uid for each node, in their order. One that is not given is made from the name alone, whatever
/// nodes stand around it; only among nodes of one name their order counts.
pub(crate) fn uids<'n>(nodes: impl IntoIterator<Item = Named<'n>> + Clone) -> Vec<String> {
    let mut taken: BTreeSet<String> =
        nodes.clone().into_iter().filter_map(|node| node.uid.map(str::to_owned)).collect();
    let uid = |node: Named<'n>| match node.uid {
        Some(uid) => uid.to_owned(),
        None => {
            let made = free(&slug(node.name), &taken);
            taken.insert(made.clone());
            made
        }
    };
    nodes.into_iter().map(uid).collect()
}

/// The first of "name", "name-2", "name-3" that is free.
fn free(slug: &str, taken: &BTreeSet<String>) -> String {
    if !taken.contains(slug) {
        return slug.to_owned();
    }
    let mut numbered = (2_usize..).map(|number| format!("{slug}-{number}"));
    numbered.find(|uid| !taken.contains(uid)).unwrap_or_default()
}

/// A name in lower case, with a hyphen in place of whatever is no letter and no digit.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for char in name.chars() {
        if char.is_alphanumeric() {
            slug.extend(char.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "node".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(nodes: &[(&str, Option<&str>)]) -> Vec<String> {
        uids(nodes.iter().map(|(name, uid)| Named { name, uid: *uid }))
    }

    #[test]
    fn a_uid_is_made_from_the_name_alone() {
        let nodes =
            [("count per word", None), ("flat_map", None), ("  Été!  ", None), ("***", None)];
        assert_eq!(made(&nodes), ["count-per-word", "flat-map", "été", "node"]);
        assert_eq!(made(&nodes[1..]), ["flat-map", "été", "node"]);
    }

    #[test]
    fn nodes_of_one_name_are_counted_and_what_was_given_is_never_taken() {
        let nodes = [("map", None), ("map", None), ("x", Some("map")), ("map", None)];
        assert_eq!(made(&nodes), ["map-2", "map-3", "map", "map-4"]);
    }
}
