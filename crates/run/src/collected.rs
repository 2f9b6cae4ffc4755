//! What collect sinks hand to the program that runs the job.

use brookite_core::coder::{Arena, Input};
use brookite_core::{Data, Owned};

use crate::error::RunError;

/// Reads records as the serializer of their type writes them.
pub(crate) fn decode<T: Data + Owned>(sink: &str, records: &[Vec<u8>]) -> Result<Vec<T>, RunError> {
    let read = |bytes: &Vec<u8>| {
        let arena = Arena::default();
        let mut input = Input::new(bytes, &arena);
        let value = T::decode(&mut input).and_then(|value| input.finish().map(|()| value));
        value.map_err(|error| RunError::Collected {
            sink: sink.to_owned(),
            reason: format!("its records are no {}: {error}", T::data_type()),
        })
    };
    records.iter().map(read).collect()
}
