//! The side outputs of a stage: who declared them, and which of them the job takes.

use std::any::TypeId;
use std::cell::Cell;

use brookite_core::coder::Encoding;
use brookite_core::function::{SideOutput, SideOutputError};

/// What the functions of a stage declared.
#[derive(Debug, Default)]
pub(crate) struct Sides(Vec<Declared>);

/// A side output that the job takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Its number in the stage's specification.
    pub(crate) index: u32,
    pub(crate) encoding: Encoding,
}

#[derive(Debug)]
struct Declared {
    /// The function's place in the stage.
    function: usize,
    output: SideOutput,
    taken: Option<Taken>,
    /// The Rust type that was seen last to describe the declared one.
    known: Cell<TypeId>,
}

impl Sides {
    /// Adds one that a function declares.
    pub(crate) fn declare(&mut self, function: usize, output: SideOutput, taken: Option<Taken>) {
        let known = Cell::new(output.rust_type());
        self.0.push(Declared { function, output, taken, known });
    }

    /// Where values go that the function at work emits into `output`; `None` when the job does not take
    /// them.
    pub(crate) fn find(
        &self,
        at_work: usize,
        output: &SideOutput,
    ) -> Result<Option<Taken>, SideOutputError> {
        let named = |declared: &&Declared| {
            declared.function == at_work && declared.output.name() == output.name()
        };
        let declared = self.0.iter().find(named).ok_or_else(|| self.undeclared(at_work, output))?;
        if declared.known.get() != output.rust_type() {
            declared.compare(output)?;
        }
        Ok(declared.taken)
    }

    #[cold]
    fn undeclared(&self, at_work: usize, output: &SideOutput) -> SideOutputError {
        let own = self.0.iter().filter(|declared| declared.function == at_work);
        let names: Vec<_> = own.map(|declared| declared.output.name()).collect();
        let declared = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        SideOutputError::Undeclared { name: output.name().to_owned(), declared }
    }
}

impl Declared {
    /// `String` and `&str` are two ways to look at one type.
    #[cold]
    fn compare(&self, output: &SideOutput) -> Result<(), SideOutputError> {
        match self.output.data_type().difference(&output.data_type()) {
            None => {
                self.known.set(output.rust_type());
                Ok(())
            }
            Some(difference) => {
                Err(SideOutputError::OtherType { name: output.name().to_owned(), difference })
            }
        }
    }
}
