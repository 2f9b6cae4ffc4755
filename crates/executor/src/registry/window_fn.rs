//! One window function on offer.

use brookite_core::windowing::{InvalidWindowing, WindowFn};

use crate::guard;

/// A window function that jobs call by name.
pub struct WindowFnEntry {
    name: &'static str,
    make: fn() -> Box<dyn WindowFn>,
}

inventory::collect!(WindowFnEntry);

impl WindowFnEntry {
    /// A window function, made by its `Default` for each stage, and given the job's parameters.
    pub const fn window_fn<F: WindowFn + Default + 'static>(name: &'static str) -> Self {
        Self { name, make: || Box::<F>::default() }
    }

    /// The name that jobs call it by.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Makes one. That is user code.
    pub(crate) fn make(&self, payload: &[u8]) -> Result<Box<dyn WindowFn>, InvalidWindowing> {
        let made = guard::catch(|| {
            let mut window_fn = (self.make)();
            window_fn.configure(payload)?;
            Ok(window_fn)
        });
        made.unwrap_or_else(|caught| {
            let (name, message) = (self.name, caught.message);
            Err(InvalidWindowing::new(format!("window function '{name}' panicked: {message}")))
        })
    }
}

impl std::fmt::Debug for WindowFnEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WindowFnEntry").field("name", &self.name).finish_non_exhaustive()
    }
}
