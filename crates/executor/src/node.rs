//! Nodes: the functions of a stage, linked so that each calls the next.
//!
//! The links are typed: a function's result reaches the next function as the view that it is, without
//! being encoded. Functions are found by name, though, so that the types on both sides of a link are
//! only known to be equal when the stage is built; [`Link`] carries the type until then.

mod broadcast;
mod co_entry;
mod co_flat_map;
mod co_map;
mod co_process;
mod emit;
mod entry;
mod filter;
mod flat_map;
mod interval_join;
mod keyed_broadcast;
mod keyed_co_process;
mod keyed_process;
mod keys;
mod link;
mod map;
mod process;
mod timestamps;
mod waiting;
mod window;

use brookite_core::function::Timer;
use brookite_core::{Data, View};

use crate::failure::Cause;
use crate::guard;
use crate::opening::Opening;
use crate::position::Position;
use crate::runtime::{Halted, Runtime};

pub(crate) use broadcast::BroadcastNode;
pub(crate) use co_entry::CoEntry;
pub(crate) use co_flat_map::CoFlatMapNode;
pub(crate) use co_map::CoMapNode;
pub(crate) use co_process::CoProcessNode;
pub(crate) use emit::Emit;
pub(crate) use entry::PushBytes;
pub(crate) use filter::FilterNode;
pub(crate) use flat_map::FlatMapNode;
pub(crate) use interval_join::{Bounds, interval_join};
pub(crate) use keyed_broadcast::KeyedBroadcastNode;
pub(crate) use keyed_co_process::KeyedCoProcessNode;
pub(crate) use keyed_process::KeyedProcessNode;
pub(crate) use keys::Keys;
pub(crate) use link::Link;
pub(crate) use map::MapNode;
pub(crate) use process::ProcessNode;
pub(crate) use timestamps::TimestampsNode;
pub(crate) use waiting::{
    Edges, Place, Waiting, WaitingCo, emit, head, head_co, link, one_input, single, single_co,
    two_inputs,
};
pub(crate) use window::{
    Aggregate, Buffer, CoGroup, Fold, FoldReduce, Join, Pair, ProcessWindow, ProcessWindowNode,
    Reduce, WIDTH, Windowed, Windowing,
};

/// The lifecycle of a node and of all that is behind it.
pub(crate) trait Node {
    /// Opens what is behind this node, then this node: nothing receives a value before it is open.
    fn open(&mut self, opening: &mut Opening<'_>, position: &Position) -> Result<(), Cause>;

    /// Closes this node, then what is behind it, whatever fails; says what failed first.
    fn close(&mut self, position: &Position) -> Option<(Option<usize>, Cause)>;

    /// Works on a timer of the key at hand, and pushes the results on. Only the head of a stage is
    /// called, for timers that it registered.
    fn on_timer(&mut self, timer: Timer, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        Err(rt.fail(Cause::UnexpectedTimer(timer)))
    }

    /// The window at hand is forgotten: what a function keeps of it goes with it. Only the function right
    /// behind one that gathers windows is told.
    fn forget_window(&mut self, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        let _ = rt;
        Ok(())
    }
}

/// Closes a function, and says what failed.
pub(crate) fn closed(close: impl FnOnce() -> brookite_core::Result<()>) -> Option<Cause> {
    match guard::catch(close) {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(Cause::User(error)),
        Err(caught) => Some(Cause::Panic(caught)),
    }
}

/// A node that takes values of type `T`.
pub(crate) trait Push<T: Data>: Node {
    /// Works on a value, and pushes the results on.
    fn push(&mut self, value: View<'_, T>, rt: &mut Runtime<'_>) -> Result<(), Halted>;
}

/// A node that takes values of two inputs.
pub(crate) trait PushEither<A: Data, B: Data>: Node {
    /// Works on a value of the first input, and pushes the results on.
    fn push_first(&mut self, value: View<'_, A>, rt: &mut Runtime<'_>) -> Result<(), Halted>;

    /// Works on a value of the second input, and pushes the results on.
    fn push_second(&mut self, value: View<'_, B>, rt: &mut Runtime<'_>) -> Result<(), Halted>;
}

/// A link to a node whose own type is not known: what joins the functions of a stage.
impl<T: Data> Node for Box<dyn Push<T>> {
    fn open(&mut self, opening: &mut Opening<'_>, position: &Position) -> Result<(), Cause> {
        (**self).open(opening, position)
    }

    fn close(&mut self, position: &Position) -> Option<(Option<usize>, Cause)> {
        (**self).close(position)
    }

    fn on_timer(&mut self, timer: Timer, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        (**self).on_timer(timer, rt)
    }

    fn forget_window(&mut self, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        (**self).forget_window(rt)
    }
}

impl<T: Data> Push<T> for Box<dyn Push<T>> {
    #[inline]
    fn push(&mut self, value: View<'_, T>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        (**self).push(value, rt)
    }
}

/// Implements [`Node`] for a function node with the fields `index`, `function` and `next`, and a method
/// `fire` if it has timers.
macro_rules! function_node {
    ($node:ident, $function:ident, $out:ty $(, $on_timer:ident)?) => {
        impl<F, N> $crate::node::Node for $node<F, N>
        where
            F: brookite_core::function::$function,
            N: $crate::node::Push<$out>,
        {
            fn open(
                &mut self,
                opening: &mut $crate::opening::Opening<'_>,
                position: &$crate::position::Position,
            ) -> Result<(), $crate::failure::Cause> {
                self.next.open(opening, position)?;
                position.enter(Some(self.index));
                opening.index = self.index;
                self.function
                    .open(&mut brookite_core::function::OpenContext::new(opening))
                    .map_err($crate::failure::Cause::User)
            }

            fn close(
                &mut self,
                position: &$crate::position::Position,
            ) -> Option<(Option<usize>, $crate::failure::Cause)> {
                position.enter(Some(self.index));
                let failed = $crate::node::closed(|| self.function.close());
                let behind = self.next.close(position);
                failed.map(|cause| (Some(self.index), cause)).or(behind)
            }

            $(
                fn $on_timer(
                    &mut self,
                    timer: brookite_core::function::Timer,
                    rt: &mut $crate::runtime::Runtime<'_>,
                ) -> Result<(), $crate::runtime::Halted> {
                    self.fire(timer, rt)
                }
            )?
        }
    };
}
pub(crate) use function_node;

/// What a function's collector pushes into: the next node.
pub(crate) struct Forward<'f, 'r, N> {
    pub(crate) index: usize,
    pub(crate) next: &'f mut N,
    pub(crate) rt: &'f mut Runtime<'r>,
}

impl<T: Data, N: Push<T>> brookite_core::function::Sink<T> for Forward<'_, '_, N> {
    #[inline]
    fn take(&mut self, value: View<'_, T>) {
        // After a failure nothing more is done; the function's node finds it in the runtime.
        if self.rt.check().is_ok() && self.next.push(value, self.rt).is_ok() {
            self.rt.enter(self.index);
        }
    }
}
