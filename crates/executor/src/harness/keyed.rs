//! The harness for functions of keyed streams.

use brookite_core::function::KeyedProcessFunction;
use brookite_core::{Data, Key, View};

use crate::failure::Failed;
use crate::harness::runner::{Runner, encode};
use crate::memory::{LogLine, MemoryHost};
use crate::registry::FunctionEntry;

/// Runs a function of a keyed stream, with its state.
#[derive(Debug)]
pub struct KeyedHarness<K: Key, In: Data, Out: Data> {
    runner: Runner<In, Out>,
    key: std::marker::PhantomData<fn(K)>,
}

impl<K: Key, In: Data, Out: Data> KeyedHarness<K, In, Out> {
    /// Opens a keyed process function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process<F>() -> Result<Self, Failed>
    where
        F: KeyedProcessFunction<Key = K, In = In, Out = Out> + Default,
    {
        let runner = Runner::only(FunctionEntry::keyed_process::<F>, Some(K::data_type()))?;
        Ok(Self { runner, key: std::marker::PhantomData })
    }

    /// Works on a value without timestamp, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push(
        &mut self,
        key: View<'_, K>,
        value: View<'_, In>,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.runner.process(&encode::<K>(&key)?, value, None)
    }

    /// Works on a value with a timestamp in milliseconds since the epoch, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_at(
        &mut self,
        key: View<'_, K>,
        value: View<'_, In>,
        timestamp: i64,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.runner.process(&encode::<K>(&key)?, value, Some(timestamp))
    }

    /// Takes a checkpoint, throws the function away, and opens a new one that finds the state.
    ///
    /// # Errors
    /// When the old function's `close` or the new one's `open` fails.
    pub fn restart(&mut self) -> Result<(), Failed> {
        self.runner.restart()
    }

    /// Throws the function away as a failure does: what the last checkpoint did not have is lost.
    ///
    /// # Errors
    /// When the new function's `open` fails.
    pub fn crash(&mut self) -> Result<(), Failed> {
        self.runner.crash()
    }

    /// The host, with state, counters and logs.
    pub fn host(&self) -> &MemoryHost {
        self.runner.host()
    }

    /// What a counter counts; 0 when the function has none of that name.
    pub fn counter(&self, name: &str) -> i64 {
        self.host().counter(name).unwrap_or(0)
    }

    /// Takes the lines that were logged since the last time.
    pub fn take_logs(&self) -> Vec<LogLine> {
        self.host().take_logs()
    }

    /// Closes the function.
    ///
    /// # Errors
    /// When its `close` fails.
    pub fn close(mut self) -> Result<(), Failed> {
        self.runner.close()
    }
}
