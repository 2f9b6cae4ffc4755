//! The start of a stage whose head works by time: windows and interval joins.

use brookite_core::Data;
use brookite_core::coder::{Coder, WithCoder};
use brookite_core::windowing::WindowingStrategy;

use crate::effects::Taken;
use crate::node::link::enter;
use crate::node::window::gather::{GatherOne, GatherTwo};
use crate::node::window::node::WindowNode;
use crate::node::{CoEntry, Emit, Link, Place, Push, PushBytes};

/// How a stage gathers records in windows.
#[derive(Debug)]
pub(crate) struct Windowing {
    pub(crate) strategy: WindowingStrategy,
    /// So many of a window's last elements count, when it fires.
    pub(crate) keep_last: Option<usize>,
    /// Where late records go.
    pub(crate) late: Option<Taken>,
}

/// The windows of a stage, and what stands behind the function that gathers them; its output if nothing
/// does.
pub(crate) struct Windowed<'w> {
    pub(crate) place: Place<'w>,
    pub(crate) windowing: &'w Windowing,
    pub(crate) next: Option<Link>,
}

impl Windowed<'_> {
    /// A stage of one input; `None` when a type has no encoding that is asked for.
    pub(crate) fn one<G: GatherOne>(self, gather: G) -> Option<Box<dyn PushBytes>> {
        self.behind(One(gather))?
    }

    /// A stage of two inputs.
    pub(crate) fn two<G: GatherTwo>(self, gather: G) -> Option<Box<dyn PushBytes>> {
        self.behind(Two(gather))?
    }

    fn behind<B: Build>(self, build: B) -> Option<Option<Box<dyn PushBytes>>> {
        struct Single<'w, B>(B, Place<'w>, &'w Windowing);

        impl<B: Build> WithCoder<B::Out> for Single<'_, B> {
            type Output = Option<Box<dyn PushBytes>>;

            fn with<C: Coder<B::Out> + 'static>(self, coder: C) -> Self::Output {
                self.0.before(self.1, self.2, Emit::new(coder))
            }
        }

        let Self { place, windowing, next } = self;
        match next {
            Some(next) => {
                let next: Box<dyn Push<B::Out>> = next.into_push()?;
                Some(build.before(place, windowing, next))
            }
            None => B::Out::with_coder(place.edges.output, Single(build, place, windowing)),
        }
    }
}

/// Puts an entry and a gatherer in front of a node.
trait Build {
    type Out: Data;

    fn before<N: Push<Self::Out> + 'static>(
        self,
        place: Place<'_>,
        windowing: &Windowing,
        next: N,
    ) -> Option<Box<dyn PushBytes>>;
}

struct One<G>(G);

impl<G: GatherOne> Build for One<G> {
    type Out = G::Out;

    fn before<N: Push<G::Out> + 'static>(
        self,
        place: Place<'_>,
        windowing: &Windowing,
        next: N,
    ) -> Option<Box<dyn PushBytes>> {
        if let Some(late) = windowing.late {
            G::In::coder(late.encoding)?;
        }
        enter::<G::In, _>(place.edges.input, WindowNode::new(self.0, windowing, next))
    }
}

struct Two<G>(G);

impl<G: GatherTwo> Build for Two<G> {
    type Out = G::Out;

    fn before<N: Push<G::Out> + 'static>(
        self,
        place: Place<'_>,
        windowing: &Windowing,
        next: N,
    ) -> Option<Box<dyn PushBytes>> {
        let first = G::In1::coder(place.edges.input)?;
        let second = G::In2::coder(place.edges.second_input?)?;
        Some(Box::new(CoEntry::new(first, second, WindowNode::new(self.0, windowing, next))))
    }
}
