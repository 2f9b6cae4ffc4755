//! The start of a stage of two inputs: bytes become values.

use brookite_core::Data;
use brookite_core::coder::{Arena, Coder};
use brookite_core::function::Timer;

use crate::failure::Cause;
use crate::node::entry::describe;
use crate::node::{Node, PushBytes, PushEither};
use crate::opening::Opening;
use crate::position::Position;
use crate::runtime::{Halted, Runtime};

pub(crate) struct CoEntry<A: Data, B: Data, N> {
    first: Box<dyn Coder<A>>,
    second: Box<dyn Coder<B>>,
    arena: Arena,
    next: N,
}

impl<A: Data, B: Data, N: PushEither<A, B>> CoEntry<A, B, N> {
    pub(crate) fn new(first: Box<dyn Coder<A>>, second: Box<dyn Coder<B>>, next: N) -> Self {
        Self { first, second, arena: Arena::default(), next }
    }
}

impl<A: Data, B: Data, N: PushEither<A, B>> Node for CoEntry<A, B, N> {
    fn open(&mut self, opening: &mut Opening<'_>, position: &Position) -> Result<(), Cause> {
        self.next.open(opening, position)
    }

    fn close(&mut self, position: &Position) -> Option<(Option<usize>, Cause)> {
        self.next.close(position)
    }

    fn on_timer(&mut self, timer: Timer, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        self.next.on_timer(timer, rt)
    }
}

impl<A: Data, B: Data, N: PushEither<A, B>> PushBytes for CoEntry<A, B, N> {
    fn push_bytes(&mut self, bytes: &[u8], rt: &mut Runtime<'_>) -> Result<(), Halted> {
        self.arena.reset();
        match self.first.decode(bytes, &self.arena) {
            Ok(value) => self.next.push_first(value, rt),
            Err(error) => Err(rt.fail(Cause::Record(error))),
        }
    }

    fn push_second(&mut self, bytes: &[u8], rt: &mut Runtime<'_>) -> Result<(), Halted> {
        self.arena.reset();
        match self.second.decode(bytes, &self.arena) {
            Ok(value) => self.next.push_second(value, rt),
            Err(error) => Err(rt.fail(Cause::Record(error))),
        }
    }

    fn describe(&self, bytes: &[u8]) -> String {
        describe::<A>(&*self.first, bytes)
    }

    fn describe_second(&self, bytes: &[u8]) -> String {
        describe::<B>(&*self.second, bytes)
    }
}
