//! Queries of the Nexmark benchmark: an auction house's persons, auctions and bids.
//!
//! Each query is a pipeline with the arguments `--events`, a file of events as JSON, and `--results`, the
//! folder for its rows. The folder `sql` has the same queries for Flink SQL, and `cargo xtask nexmark` sees
//! to it that the answers are the same.
//!
//! | query | | built with |
//! |---|---|---|
//! | [`q0`] | all bids, as they are | `flat_map` |
//! | [`q1`] | bids in another currency | `flat_map`, decimals |
//! | [`q2`] | bids for some of the auctions | `filter` |
//! | [`q3`] | who sells in some states | two streams with shared state |
//! | [`q5`] | the auctions with the most bids, every two seconds | sliding windows, windows of their results |
//! | [`q7`] | the highest bids of each ten seconds | tumbling windows, interval join |
//! | [`q8`] | who sells right after registering | window join |
//! | [`q11`] | bids of each visit of a bidder | session windows |
//! | [`q12`] | bids of each bidder by the clock | windows of processing time |
//! | [`q13`] | bids with what a table says | join with a file |

mod count;
mod events;
pub mod q0;
pub mod q1;
pub mod q11;
pub mod q12;
pub mod q13;
pub mod q2;
pub mod q3;
pub mod q5;
pub mod q7;
pub mod q8;

brookite::export!();
