//! Functions for the tests that run Flink jobs: each shows one thing and does nothing else.

mod echo;
mod keyed;
mod plain;

brookite::export!();
