//! Functions that give what the same ones in Java give, in Flink's own operators. They are simple: what
//! is compared is when they are called, and with what.

mod events;
mod exchange;
mod joins;
mod rules;
mod windows;

brookite::export!();
