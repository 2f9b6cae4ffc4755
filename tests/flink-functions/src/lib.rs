//! Functions for the tests that run Flink jobs: each shows one thing and does nothing else.

mod broadcast;
mod connected;
mod echo;
mod echo_columns;
mod echo_java;
mod graphs;
mod keyed;
mod ledger;
mod measured;
mod plain;
mod sides;
mod state;
mod timers;

brookite::export!();
