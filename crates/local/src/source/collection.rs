//! [`CollectionSource`]: the values that stand in the graph.

use brookite_core::proto::CollectionElement;

use crate::error::JobError;
use crate::operator::{Poll, Source};
use crate::record::{Emitted, NO_TIMESTAMP};
use crate::source::at_once;
use crate::state_bytes::{read_number, write_number};

/// Emits values in their order.
pub(crate) struct CollectionSource {
    elements: Vec<CollectionElement>,
    next: usize,
}

impl CollectionSource {
    pub(crate) fn new(elements: Vec<CollectionElement>) -> Self {
        Self { elements, next: 0 }
    }
}

impl Source for CollectionSource {
    fn open(&mut self, position: Option<&[u8]>) -> Result<(), JobError> {
        if let Some(position) = position {
            self.next = usize::try_from(read_number(position)?).unwrap_or(usize::MAX);
        }
        Ok(())
    }

    fn poll(&mut self, one: bool, out: &mut Emitted) -> Result<Poll, JobError> {
        let rest = self.elements.get(self.next..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(Poll::End);
        }
        let now = &rest[..rest.len().min(at_once(one))];
        now.iter().for_each(|element| out.record(0, &element.record, NO_TIMESTAMP));
        self.next += now.len();
        Ok(Poll::More)
    }

    fn snapshot(&mut self) -> Vec<u8> {
        write_number(self.next as i64)
    }
}
