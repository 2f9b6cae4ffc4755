//! Misuse that the compiler catches, with the messages that users see.

#[test]
fn misuse_does_not_compile_and_says_why() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
