//! Functions that wait for what is behind them, and how a stage is made of them.
//!
//! In a stage of one function, reading, the function and writing become one piece of code. Between the
//! functions of a longer stage a call goes through a table, since they are found by name. With one
//! function there is nothing to find, and each call saved is a good part of what a small function
//! costs.

use brookite_core::coder::{Coder, Encoding, WithCoder};
use brookite_core::function::SideOutputs;
use brookite_core::{Data, DataType};

use crate::node::link::enter;
use crate::node::{CoEntry, Emit, Link, Push, PushBytes, PushEither};
use crate::registry::Maker;

/// How values look where they enter and leave a stage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edges {
    pub(crate) input: Encoding,
    /// Of a stage with two inputs.
    pub(crate) second_input: Option<Encoding>,
    pub(crate) output: Encoding,
    /// Of a stage with keys.
    pub(crate) key: Option<Encoding>,
}

/// Where in which stage a function is put.
#[derive(Clone, Copy)]
pub(crate) struct Place<'m> {
    pub(crate) index: usize,
    pub(crate) edges: Edges,
    pub(crate) maker: &'m Maker,
}

impl Place<'_> {
    /// Makes the function. That is user code.
    pub(crate) fn function<F: 'static>(&self) -> F {
        self.maker.make()
    }
}

/// A function of one input that waits for the node behind it.
pub(crate) trait Waiting: Sized + 'static {
    /// The URN of its kind.
    const KIND: &'static str;
    /// The type of its keys, if it asks for them.
    const KEY: Option<fn() -> DataType> = None;

    type In: Data;
    type Out: Data;
    type Node<N: Push<Self::Out> + 'static>: Push<Self::In> + 'static;

    /// The side outputs that it declares.
    fn side_outputs() -> SideOutputs {
        SideOutputs::none()
    }

    /// Makes the function; `None` when keys that it asks for have no such encoding.
    fn make(place: Place<'_>) -> Option<Self>;

    /// The function's node in front of `next`.
    fn before<N: Push<Self::Out> + 'static>(self, next: N) -> Self::Node<N>;
}

/// A function of two inputs that waits for the node behind it.
pub(crate) trait WaitingCo: Sized + 'static {
    /// The URN of its kind.
    const KIND: &'static str;
    /// The type of its keys, if it asks for them.
    const KEY: Option<fn() -> DataType> = None;

    type In1: Data;
    type In2: Data;
    type Out: Data;
    type Node<N: Push<Self::Out> + 'static>: PushEither<Self::In1, Self::In2> + 'static;

    /// The side outputs that it declares.
    fn side_outputs() -> SideOutputs {
        SideOutputs::none()
    }

    /// Makes the function; `None` when keys that it asks for have no such encoding.
    fn make(place: Place<'_>) -> Option<Self>;

    /// The function's node in front of `next`.
    fn before<N: Push<Self::Out> + 'static>(self, next: N) -> Self::Node<N>;
}

/// Makes the function and links it in front of a chain.
pub(crate) fn link<W: Waiting>(place: Place<'_>, next: Link) -> Option<Link> {
    let next: Box<dyn Push<W::Out>> = next.into_push()?;
    Some(Link::new::<W::In>(Box::new(W::make(place)?.before(next))))
}

/// Makes a function that nothing can stand before, and a stage of it and a chain.
pub(crate) fn head<W: Waiting>(place: Place<'_>, next: Link) -> Option<Box<dyn PushBytes>> {
    link::<W>(place, next)?.into_entry(place.edges.input)
}

/// As [`head`], for a function of two inputs.
pub(crate) fn head_co<W: WaitingCo>(place: Place<'_>, next: Link) -> Option<Box<dyn PushBytes>> {
    let next: Box<dyn Push<W::Out>> = next.into_push()?;
    enter_co::<W, _>(place, next)
}

/// A stage of this function alone.
pub(crate) fn single<W: Waiting>(place: Place<'_>) -> Option<Box<dyn PushBytes>> {
    struct Behind<W>(W, Encoding);

    impl<W: Waiting> WithCoder<W::Out> for Behind<W> {
        type Output = Option<Box<dyn PushBytes>>;

        fn with<C: Coder<W::Out> + 'static>(self, coder: C) -> Self::Output {
            enter::<W::In, _>(self.1, self.0.before(Emit::new(coder)))
        }
    }

    W::Out::with_coder(place.edges.output, Behind(W::make(place)?, place.edges.input))?
}

/// As [`single`], for a function of two inputs. Their coders are looked up for each value: one piece of
/// code for each pair of them would be too many.
pub(crate) fn single_co<W: WaitingCo>(place: Place<'_>) -> Option<Box<dyn PushBytes>> {
    struct Behind<'m, W>(Place<'m>, std::marker::PhantomData<W>);

    impl<W: WaitingCo> WithCoder<W::Out> for Behind<'_, W> {
        type Output = Option<Box<dyn PushBytes>>;

        fn with<C: Coder<W::Out> + 'static>(self, coder: C) -> Self::Output {
            enter_co::<W, _>(self.0, Emit::new(coder))
        }
    }

    W::Out::with_coder(place.edges.output, Behind::<'_, W>(place, std::marker::PhantomData))?
}

fn enter_co<W: WaitingCo, N: Push<W::Out> + 'static>(
    place: Place<'_>,
    next: N,
) -> Option<Box<dyn PushBytes>> {
    let node = W::make(place)?.before(next);
    let first = W::In1::coder(place.edges.input)?;
    let second = W::In2::coder(place.edges.second_input?)?;
    Some(Box::new(CoEntry::new(first, second, node)))
}

/// The end of a chain whose results are of that type.
pub(crate) fn emit<T: Data>(edges: Edges) -> Option<Link> {
    struct End;

    impl<T: Data> WithCoder<T> for End {
        type Output = Link;

        fn with<C: Coder<T> + 'static>(self, coder: C) -> Link {
            Link::new::<T>(Box::new(Emit::new(coder)))
        }
    }

    T::with_coder(edges.output, End)
}

/// Implements [`Waiting`] for a function node that has nothing behind it yet. Its fields are `index`,
/// `function`, `next`, and for a keyed function one for its keys.
macro_rules! one_input {
    (
        $node:ident, $function:ident, $kind:ident, $out:ty
        $(, $side_outputs:ident)? $(; $keys:ident: $key:ident)?
    ) => {
        impl<F: brookite_core::function::$function> $crate::node::Waiting for $node<F, ()> {
            const KIND: &'static str = brookite_core::function::urn::$kind;
            $(
                const KEY: Option<fn() -> brookite_core::DataType> =
                    Some(<F::$key as brookite_core::Data>::data_type);
            )?

            type In = F::In;
            type Out = $out;
            type Node<N: $crate::node::Push<$out> + 'static> = $node<F, N>;

            $(
                fn $side_outputs() -> brookite_core::function::SideOutputs {
                    F::$side_outputs()
                }
            )?

            fn make(place: $crate::node::Place<'_>) -> Option<Self> {
                $(let $keys = $crate::node::Keys::<F::$key>::new(place)?;)?
                Some($node { index: place.index, function: place.function(), $($keys,)? next: () })
            }

            fn before<N: $crate::node::Push<$out> + 'static>(self, next: N) -> $node<F, N> {
                $node { index: self.index, function: self.function, $($keys: self.$keys,)? next }
            }
        }
    };
}
pub(crate) use one_input;

/// As [`one_input`], for a node of two inputs.
macro_rules! two_inputs {
    (
        $node:ident, $function:ident, $kind:ident, $first:ident, $second:ident
        $(, $side_outputs:ident)? $(; $keys:ident: $key:ident)?
    ) => {
        impl<F: brookite_core::function::$function> $crate::node::WaitingCo for $node<F, ()> {
            const KIND: &'static str = brookite_core::function::urn::$kind;
            $(
                const KEY: Option<fn() -> brookite_core::DataType> =
                    Some(<F::$key as brookite_core::Data>::data_type);
            )?

            type In1 = F::$first;
            type In2 = F::$second;
            type Out = F::Out;
            type Node<N: $crate::node::Push<F::Out> + 'static> = $node<F, N>;

            $(
                fn $side_outputs() -> brookite_core::function::SideOutputs {
                    F::$side_outputs()
                }
            )?

            fn make(place: $crate::node::Place<'_>) -> Option<Self> {
                $(let $keys = $crate::node::Keys::<F::$key>::new(place)?;)?
                Some($node { index: place.index, function: place.function(), $($keys,)? next: () })
            }

            fn before<N: $crate::node::Push<F::Out> + 'static>(self, next: N) -> $node<F, N> {
                $node { index: self.index, function: self.function, $($keys: self.$keys,)? next }
            }
        }
    };
}
pub(crate) use two_inputs;
