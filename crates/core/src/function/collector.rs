//! Where a function puts its results.

use crate::types::{Data, View};

/// Takes results. Implemented by what stands behind a function: the next one, or the output.
pub trait Sink<T: Data> {
    /// Takes one result.
    fn take(&mut self, value: View<'_, T>);
}

/// Where a function puts its results, any number of them.
pub struct Collector<'c, T: Data>(&'c mut dyn Sink<T>);

impl<'c, T: Data> Collector<'c, T> {
    /// A collector in front of `sink`.
    #[inline]
    pub fn new(sink: &'c mut dyn Sink<T>) -> Self {
        Self(sink)
    }

    /// Emits a result. It goes through the functions behind this one before the call returns. When one
    /// of them fails, further results are dropped and the stage fails as soon as this function returns.
    #[inline]
    pub fn collect(&mut self, value: View<'_, T>) {
        self.0.take(value);
    }
}

impl<T: Data> std::fmt::Debug for Collector<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Collector").finish_non_exhaustive()
    }
}
