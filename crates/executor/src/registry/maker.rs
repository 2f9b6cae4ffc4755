//! How a stage gets a function of its own.

use std::any::Any;
use std::sync::Arc;

/// Makes a function, anew for each stage. Only building a stage calls it, so that what it costs to go
/// through a type that is not known is of no account.
#[derive(Clone)]
pub(crate) enum Maker {
    /// By the `Default` of its type.
    Default(fn() -> Box<dyn Any>),
    /// By what the program gave, which may have captured its configuration.
    Shared(Arc<dyn Fn() -> Box<dyn Any> + Send + Sync>),
}

impl Maker {
    /// Makes an `F` by its `Default`.
    pub(crate) const fn of_default<F: Default + 'static>() -> Self {
        Self::Default(|| Box::new(F::default()))
    }

    /// Makes an `F` by calling `make`.
    pub(crate) fn of<F: 'static>(make: impl Fn() -> F + Send + Sync + 'static) -> Self {
        Self::Shared(Arc::new(move || Box::new(make())))
    }

    /// Makes the function. That is user code.
    pub(crate) fn make<F: 'static>(&self) -> F {
        let made = match self {
            Self::Default(make) => make(),
            Self::Shared(make) => make(),
        };
        *made.downcast().expect("an entry's maker makes what its form was made for")
    }
}
