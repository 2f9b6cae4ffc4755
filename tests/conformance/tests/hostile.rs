//! Decoders on bytes that nobody meant.

use brookite_conformance::hostile;
use brookite_conformance::random::Choices;

/// Bytes of which some are plain, as lengths and tags are.
fn bytes(seed: u64) -> Vec<u8> {
    let mut choices = Choices::from_seed(seed);
    let length = choices.below(200);
    let plain = choices.byte();
    (0..length)
        .map(|_| if choices.byte() < plain { choices.byte() % 5 } else { choices.byte() })
        .collect()
}

#[test]
fn arbitrary_bytes_are_errors_or_values_that_come_back() {
    for seed in 0..20_000 {
        let bytes = bytes(seed);
        hostile::any_coder(&bytes);
        hostile::any_spec(&bytes);
        hostile::stored(&bytes);
        hostile::stored(&[&[1, 1], bytes.as_slice()].concat());
    }
}
