//! Logs of threads that a function starts. One test: the queue is the process's own.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use std::thread::{self, JoinHandle};

use brookite::prelude::*;
use brookite_executor::memory::MemoryHost;
use brookite_executor::{Registry, Stage};
use common::{stateless, text};

const RECORDS: usize = 100_000;

/// Starts a thread that logs without a pause.
#[derive(Default)]
struct Talkative(Option<JoinHandle<()>>);

#[function]
impl MapFunction for Talkative {
    type In = &'static str;
    type Out = String;

    fn open(&mut self, _: &mut OpenContext<'_>) -> Result<()> {
        let talk = || (0..RECORDS).for_each(|n| log::info!(target: "talk", "record {n}"));
        self.0 = Some(thread::Builder::new().name("talker".to_owned()).spawn(talk)?);
        Ok(())
    }

    /// Says whether the thread has ended.
    fn map(&mut self, _: &str) -> Result<String> {
        let ended = self.0.as_ref().is_some_and(JoinHandle::is_finished);
        Ok(ended.to_string())
    }
}

#[test]
fn a_thread_that_logs_without_a_pause_neither_blocks_nor_is_blocked() {
    let mut stage = Stage::build(Registry::linked(), stateless(&["talkative"])).unwrap();
    let host = MemoryHost::new();
    stage.open(Box::new(host.clone())).unwrap();
    let mut most_in_one_call = 0;
    let (mut arrived, mut dropped) = (Vec::new(), 0);
    let mut take = |host: &MemoryHost| {
        let lines = host.take_logs();
        for line in &lines {
            assert_eq!(line.function, "", "it is no function's");
            let (first, rest) = line.message.split_once(' ').unwrap();
            match line.target.as_str() {
                "talk" => arrived.push(rest.parse::<usize>().unwrap()),
                _ => {
                    assert!(rest.starts_with("log records of threads"), "{}", line.message);
                    dropped += first.parse::<usize>().unwrap();
                }
            }
        }
        lines.len()
    };
    // The thread runs since the stage opened, which passed on some of what it logged.
    take(&host);
    loop {
        let output = stage.process(0, &[], &text("?"), 0).unwrap().to_vec();
        most_in_one_call = most_in_one_call.max(take(&host));
        if common::records(&output) == [text("true")] {
            break;
        }
    }
    assert!(most_in_one_call <= 65, "one call passed on {most_in_one_call} lines");
    stage.tick().unwrap();
    take(&host);
    assert_eq!(arrived.len() + dropped, RECORDS, "what did not arrive is told");
    assert!(arrived.is_sorted(), "in the order in which they were logged");
    assert!(arrived.len() >= 4096, "the queue is used");
}
