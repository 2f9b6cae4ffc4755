//! A list of a subtask.

use std::cell::{Ref, RefCell, RefMut};
use std::fmt;
use std::rc::Rc;

use crate::coder::EncodeError;
use crate::error::Result;
use crate::state::column::write_list;
use crate::state::handle::in_use;
use crate::state::operator::OperatorState;
use crate::state::stored::Stored;
use crate::state::{StateChange, StateError};
use crate::types::Owned;

/// A list of this subtask, in Flink's operator state. It needs no key, and is there in `open` already.
///
/// Made in `open` by one of two methods of [`OpenContext`](crate::function::OpenContext), which differ
/// in what a subtask finds after a restart: by `operator_list_state`, its share of the elements of all
/// subtasks, which are dealt out evenly; by `union_list_state`, the elements of all subtasks.
///
/// ```
/// # use brookite_core::{Result, function::OpenContext, state::OperatorListState};
/// #[derive(Default)]
/// struct Batch {
///     lines: OperatorListState<String>,
/// }
///
/// impl Batch {
///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
///         self.lines = ctx.operator_list_state("lines")?;
///         Ok(())
///     }
///
///     /// Every hundred lines.
///     fn next(&mut self, line: &str) -> Result<Option<String>> {
///         self.lines.add(line.to_owned())?;
///         let full = self.lines.with(|lines| lines.len() == 100)?;
///         Ok(if full { Some(self.lines.take()?.concat()) } else { None })
///     }
/// }
/// ```
///
/// Each method fails when the state was not opened, and when it is used in a closure that looks at it.
pub struct OperatorListState<T>(Option<Rc<List<T>>>);

pub(crate) struct List<T> {
    stored: Stored<T>,
    elements: RefCell<Elements<T>>,
}

struct Elements<T> {
    all: Vec<T>,
    changed: bool,
}

impl<T: Owned> List<T> {
    pub(crate) fn new(stored: Stored<T>, all: Vec<T>) -> Self {
        Self { stored, elements: RefCell::new(Elements { all, changed: false }) }
    }

    fn look(&self) -> Result<Ref<'_, Elements<T>>, StateError> {
        self.elements.try_borrow().map_err(|_| in_use(self.stored.name()))
    }

    fn change(&self) -> Result<RefMut<'_, Elements<T>>, StateError> {
        let changed = self.elements.try_borrow_mut().map_err(|_| in_use(self.stored.name()));
        changed.inspect(|_| ()).map(|mut elements| {
            elements.changed = true;
            elements
        })
    }
}

impl<T: Owned> OperatorListState<T> {
    pub(crate) fn opened(list: Rc<List<T>>) -> Self {
        Self(Some(list))
    }

    fn list(&self) -> Result<&List<T>, StateError> {
        self.0.as_deref().ok_or(StateError::NotOpened { open: "operator_list_state" })
    }

    /// A copy of all elements.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn get(&self) -> Result<Vec<T>>
    where
        T: Clone,
    {
        self.with(<[T]>::to_vec)
    }

    /// Shows all elements to `look` without copying them.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn with<R>(&self, look: impl FnOnce(&[T]) -> R) -> Result<R> {
        Ok(look(&self.list()?.look()?.all))
    }

    /// Appends an element.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn add(&self, element: T) -> Result<()> {
        self.list()?.change()?.all.push(element);
        Ok(())
    }

    /// Appends elements, one after the other.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn add_all(&self, elements: impl IntoIterator<Item = T>) -> Result<()> {
        elements.into_iter().try_for_each(|element| self.add(element))
    }

    /// Replaces all elements.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn update(&self, elements: Vec<T>) -> Result<()> {
        self.list()?.change()?.all = elements;
        Ok(())
    }

    /// Takes all elements out.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn take(&self) -> Result<Vec<T>> {
        Ok(std::mem::take(&mut self.list()?.change()?.all))
    }

    /// Removes all elements.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn clear(&self) -> Result<()> {
        self.update(Vec::new())
    }
}

impl<T: Owned> OperatorState for List<T> {
    /// The host deals out elements one by one, so that it is told them one by one.
    fn take_changes(
        &self,
        scratch: &mut Vec<u8>,
        tell: &mut dyn FnMut(StateChange<'_>),
    ) -> Result<(), EncodeError> {
        let elements = &mut *self.elements.borrow_mut();
        if !std::mem::take(&mut elements.changed) {
            return Ok(());
        }
        scratch.clear();
        write_list(&self.stored, &elements.all, scratch)?;
        let empty = elements.all.is_empty();
        tell(if empty { StateChange::Clear } else { StateChange::Update(scratch) });
        Ok(())
    }
}

impl<T> Default for OperatorListState<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> fmt::Debug for OperatorListState<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperatorListState").field("opened", &self.0.is_some()).finish()
    }
}
