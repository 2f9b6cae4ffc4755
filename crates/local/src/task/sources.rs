//! How a task reads its sources.

use std::time::Instant;

use crossbeam_channel::{after, select};

use crate::operator::Poll;
use crate::task::run::{Asked, LINGER};
use crate::task::{Body, Stop, Task};

impl Task {
    /// Reads the sources of this thread: one after the other; while one has nothing to say, the next.
    pub(super) fn read_sources(&mut self) -> Result<(), Stop> {
        let is_source = |node: &usize| matches!(self.nodes[*node].body, Body::Source(_));
        let mut sources: Vec<usize> = (0..self.nodes.len()).filter(is_source).collect();
        let mut flushed = Instant::now();
        while !sources.is_empty() && self.obey()? == Asked::ToGoOn {
            self.tell_clock()?;
            let wait = self.poll_first(&mut sources)?;
            self.clock.tick();
            if wait.is_some() || flushed.elapsed() >= LINGER {
                self.flush()?;
                flushed = Instant::now();
            }
            if let Some(until) = wait
                && self.wait(until)? == Asked::ToEnd
            {
                break;
            }
        }
        sources.into_iter().try_for_each(|source| self.end_source(source))
    }

    /// Lets the first source emit that has something. When none has, says how long to wait.
    fn poll_first(&mut self, sources: &mut Vec<usize>) -> Result<Option<Instant>, Stop> {
        if self.deterministic {
            sources.sort_by_key(|node| match &self.nodes[*node].body {
                Body::Source(source) => (source.turn(), *node),
                Body::Operator(_) => (0, *node),
            });
        }
        let mut wait: Option<Instant> = None;
        for turn in 0..sources.len() {
            let source = sources[turn];
            match self.poll(source)? {
                Poll::More => return Ok(None),
                Poll::Wait(until) => wait = Some(wait.map_or(until, |wait| wait.min(until))),
                Poll::End => {
                    sources.remove(turn);
                    self.end_source(source)?;
                    return Ok(None);
                }
            }
        }
        Ok(wait)
    }

    /// Waits until that time, a timer, or a command.
    fn wait(&mut self, until: Instant) -> Result<Asked, Stop> {
        let until = self.next_timer().map_or(until, |timer| timer.min(until));
        let timeout = after(until.saturating_duration_since(Instant::now()));
        select! {
            recv(self.commands) -> command => match command {
                Ok(command) => self.on_command(command),
                Err(_) => Err(Stop::Cancelled),
            },
            recv(self.control.cancelled()) -> _ => Err(Stop::Cancelled),
            recv(timeout) -> _ => Ok(Asked::ToGoOn),
        }
    }
}
