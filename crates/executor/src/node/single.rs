//! A stage of one function: reading, the function and writing become one piece of code.
//!
//! Between the functions of a longer stage a call goes through a table, since they are found by name.
//! With one function there is nothing to find, and each call saved is a good part of what a small
//! function costs.

use brookite_core::Data;
use brookite_core::coder::{Coder, Encoding, WithCoder};
use brookite_core::function::{FilterFunction, FlatMapFunction, KeyedProcessFunction, MapFunction};

use crate::node::link::enter;
use crate::node::{Emit, FilterNode, FlatMapNode, MapNode, ProcessNode, Push, PushBytes};

/// A function that waits for the node behind it.
pub(crate) trait Single {
    type In: Data;
    type Out: Data;
    type Node<N: Push<Self::Out> + 'static>: Push<Self::In> + 'static;

    /// The function's node in front of `next`.
    fn before<N: Push<Self::Out> + 'static>(self, next: N) -> Self::Node<N>;
}

/// The whole stage; `None` when a type has no such encoding.
pub(crate) fn link_single<S: Single>(
    single: S,
    input: Encoding,
    output: Encoding,
) -> Option<Box<dyn PushBytes>> {
    S::Out::with_coder(output, Behind { single, input })?
}

struct Behind<S> {
    single: S,
    input: Encoding,
}

impl<S: Single> WithCoder<S::Out> for Behind<S> {
    type Output = Option<Box<dyn PushBytes>>;

    fn with<C: Coder<S::Out> + 'static>(self, coder: C) -> Self::Output {
        enter::<S::In, _>(self.input, self.single.before(Emit::new(coder)))
    }
}

/// A node that has nothing behind it yet is a function that waits.
macro_rules! single {
    ($node:ident, $function:ident, $out:ident, $($field:ident),+) => {
        impl<F: $function> Single for $node<F, ()> {
            type In = F::In;
            type Out = F::$out;
            type Node<N: Push<F::$out> + 'static> = $node<F, N>;

            fn before<N: Push<F::$out> + 'static>(self, next: N) -> $node<F, N> {
                $node { next, $($field: self.$field),+ }
            }
        }
    };
}

single!(MapNode, MapFunction, Out, index, function);
single!(FlatMapNode, FlatMapFunction, Out, index, function);
single!(FilterNode, FilterFunction, In, index, function);
single!(ProcessNode, KeyedProcessFunction, Out, index, function, key_coder, arena);
