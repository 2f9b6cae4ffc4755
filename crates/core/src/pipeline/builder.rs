//! [`Pipeline`]: where streams begin.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use crate::pipeline::draft::Draft;
use crate::proto::{Environment, ExecutionMode};
use crate::windowing::Millis;

/// A pipeline that is being written: sources are its methods, and all else follows from streams.
///
/// `E` is what keeps the functions; this crate runs none, and by itself has just the graph:
///
/// ```
/// use brookite_core::pipeline::Pipeline;
///
/// let p: Pipeline = Pipeline::new("lengths");
/// p.from_values(["to", "be"]).map(|word| word.len() as i64).print();
/// let built = p.build()?;
/// assert_eq!(built.graph.nodes.len(), 3);
/// # Ok::<(), brookite_core::pipeline::PipelineError>(())
/// ```
pub struct Pipeline<E = ()> {
    pub(crate) draft: Rc<RefCell<Draft<E>>>,
}

impl<E> Pipeline<E> {
    /// An empty pipeline; the name is the job's.
    pub fn new(name: impl Into<String>) -> Self {
        let draft = Draft {
            name: name.into(),
            environment: Environment::default(),
            nodes: Vec::new(),
            problems: Vec::new(),
            turns: 0,
        };
        Self { draft: Rc::new(RefCell::new(draft)) }
    }

    /// Calls the job so.
    pub fn name(&self, name: &str) -> &Self {
        name.clone_into(&mut self.draft.borrow_mut().name);
        self
    }

    /// Runs so many parallel instances of each node that says nothing else.
    pub fn parallelism(&self, parallelism: u32) -> &Self {
        self.set(|environment| environment.parallelism = Some(parallelism))
    }

    /// The most parallel instances that a node can ever have: its number of key groups.
    pub fn max_parallelism(&self, max_parallelism: u32) -> &Self {
        self.set(|environment| environment.max_parallelism = Some(max_parallelism))
    }

    /// Runs the job as a stream, as a batch, or as its sources ask for.
    pub fn mode(&self, mode: ExecutionMode) -> &Self {
        self.set(|environment| environment.mode = mode.into())
    }

    /// Takes a checkpoint so often.
    pub fn checkpoint_interval(&self, interval: Duration) -> &Self {
        self.set(|environment| environment.checkpoint_interval_ms = Some(interval.millis()))
    }

    /// Sets an option of Flink, by the key that its documentation names.
    pub fn option(&self, key: impl Into<String>, value: impl ToString) -> &Self {
        let (key, value) = (key.into(), value.to_string());
        self.set(|environment| {
            environment.options.insert(key, value);
        })
    }

    fn set(&self, set: impl FnOnce(&mut Environment)) -> &Self {
        set(&mut self.draft.borrow_mut().environment);
        self
    }
}

impl<E> Clone for Pipeline<E> {
    /// The same pipeline: what is added to one is in both.
    fn clone(&self) -> Self {
        Self { draft: Rc::clone(&self.draft) }
    }
}

impl<E> fmt::Debug for Pipeline<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let draft = self.draft.borrow();
        f.debug_struct("Pipeline")
            .field("name", &draft.name)
            .field("nodes", &draft.nodes.len())
            .finish_non_exhaustive()
    }
}
