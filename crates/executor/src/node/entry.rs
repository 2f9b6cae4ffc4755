//! The start of a stage: bytes become values.

use std::marker::PhantomData;

use brookite_core::coder::{Arena, Coder};
use brookite_core::function::Timer;
use brookite_core::{Data, View};

use crate::failure::Cause;
use crate::node::{Node, Push};
use crate::opening::Opening;
use crate::position::Position;
use crate::runtime::{Halted, Runtime};

/// A node that takes the bytes of a value.
pub(crate) trait PushBytes: Node {
    /// Reads the value and pushes it on.
    fn push_bytes(&mut self, bytes: &[u8], rt: &mut Runtime<'_>) -> Result<(), Halted>;

    /// The same for a value of the second input, if there is one: without one, the same in all.
    fn push_second(&mut self, bytes: &[u8], rt: &mut Runtime<'_>) -> Result<(), Halted> {
        self.push_bytes(bytes, rt)
    }

    /// Writes the value for people to read, or its bytes when it cannot be read.
    fn describe(&self, bytes: &[u8]) -> String;

    /// The same for a value of the second input.
    fn describe_second(&self, bytes: &[u8]) -> String {
        self.describe(bytes)
    }
}

/// See [`PushBytes::describe`].
pub(super) fn describe<T: Data>(coder: &dyn Coder<T>, bytes: &[u8]) -> String {
    let arena = Arena::default();
    let mut text = String::new();
    let described = match coder.decode(bytes, &arena) {
        Ok(value) => T::describe(&value, &mut text),
        Err(_) => <&[u8]>::describe(&bytes, &mut text),
    };
    match described {
        Ok(()) => text,
        Err(error) => error.to_string(),
    }
}

pub(crate) struct Entry<T, C, N> {
    coder: C,
    arena: Arena,
    next: N,
    takes: PhantomData<fn(T)>,
}

impl<T: Data, C: Coder<T>, N: Push<T>> Entry<T, C, N> {
    pub(crate) fn new(coder: C, next: N) -> Self {
        Self { coder, arena: Arena::default(), next, takes: PhantomData }
    }
}

impl<T: Data, C: Coder<T>, N: Push<T>> Node for Entry<T, C, N> {
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

impl<T: Data, C: Coder<T>, N: Push<T>> PushBytes for Entry<T, C, N> {
    #[inline]
    fn push_bytes(&mut self, bytes: &[u8], rt: &mut Runtime<'_>) -> Result<(), Halted> {
        self.arena.reset();
        match self.coder.decode(bytes, &self.arena) {
            Ok(value) => self.next.push(value, rt),
            Err(error) => Err(rt.fail(Cause::Record(error))),
        }
    }

    fn describe(&self, bytes: &[u8]) -> String {
        describe::<T>(&self.coder, bytes)
    }
}

/// Stands between two functions whose Rust types differ and whose stream types are the same, such as
/// `String` and `&str`.
pub(crate) struct Reencode<T: Data> {
    pub(crate) coder: Box<dyn Coder<T>>,
    pub(crate) scratch: Vec<u8>,
    pub(crate) next: Box<dyn PushBytes>,
}

impl<T: Data> Node for Reencode<T> {
    fn open(&mut self, opening: &mut Opening<'_>, position: &Position) -> Result<(), Cause> {
        self.next.open(opening, position)
    }

    fn close(&mut self, position: &Position) -> Option<(Option<usize>, Cause)> {
        self.next.close(position)
    }
}

impl<T: Data> Push<T> for Reencode<T> {
    fn push(&mut self, value: View<'_, T>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        self.scratch.clear();
        match self.coder.encode(&value, &mut self.scratch) {
            Ok(()) => self.next.push_bytes(&self.scratch, rt),
            Err(error) => Err(rt.fail(Cause::Result(error))),
        }
    }
}
