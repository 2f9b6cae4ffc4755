//! Runs the word count: `--input` and `--output` say of what, `--runner` says where.
//!
//! ```text
//! cargo run --profile program -p word-count-run -- --input LICENSE --output target/words
//! cargo run --profile program -p word-count-run -- --input LICENSE --output target/words --runner embedded
//! cargo run --profile program -p word-count-run -- --input /shared/text --output /shared/words --runner http://localhost:8081
//! ```

use std::process::ExitCode;

use word_count::pipeline::word_count;

fn main() -> ExitCode {
    brookite_run::main(word_count)
}
