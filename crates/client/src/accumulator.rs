//! Accumulators: what a job adds up for the program that started it.
//!
//! The sink of a test hands its records out as one of them, named `brookite-collect:<name>`, with each
//! record's length (a big-endian `i32`) and its bytes, all in Base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::client::Client;
use crate::error::ClientError;
use crate::job_id::JobId;

/// What stands in front of the name of a sink.
const COLLECT: &str = "brookite-collect:";

/// A sum, or whatever a job adds up.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Accumulator {
    /// Its name.
    pub name: String,
    /// The Java class that adds up, without its package.
    #[serde(rename = "type")]
    pub class: String,
    /// The value as Java writes it.
    pub value: String,
}

/// What a sink collected cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccumulatorError {
    /// The job has no such sink, or none of its tasks ran.
    #[error("the job collects nothing under the name '{name}'; it collects {known:?}")]
    NotFound {
        /// The name that was looked for.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// The text is no Base64.
    #[error("what the job collected as '{name}' is no Base64: {reason}")]
    NotBase64 {
        /// The sink.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A record is longer than what there is.
    #[error(
        "what the job collected as '{name}' is cut off: record {record} has {length} bytes, expected at \
         most {left}"
    )]
    CutOff {
        /// The sink.
        name: String,
        /// The record, counted from 0.
        record: usize,
        /// The length in front of it.
        length: i64,
        /// How many bytes there are.
        left: usize,
    },
}

impl Client {
    /// What a job has added up so far, or in the end.
    ///
    /// # Errors
    ///
    /// [`ClientError::JobNotFound`], and when the cluster does not answer.
    pub fn accumulators(&self, job: &JobId) -> Result<Vec<Accumulator>, ClientError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        struct Accumulators {
            user_task_accumulators: Vec<Accumulator>,
        }
        Ok(self.of_job::<Accumulators>(job, "/accumulators")?.user_task_accumulators)
    }

    /// The records that a job's sink of that name has collected, each as the stream's serializer writes it.
    /// Their order is that of one run: the records of parallel tasks may come in any order.
    ///
    /// # Errors
    ///
    /// [`AccumulatorError`], [`ClientError::JobNotFound`], and when the cluster does not answer.
    pub fn collected(&self, job: &JobId, name: &str) -> Result<Vec<Vec<u8>>, ClientError> {
        Ok(Accumulator::collected(&self.accumulators(job)?, name)?)
    }
}

impl Accumulator {
    /// The records of the sink of that name.
    ///
    /// # Errors
    ///
    /// When there is none, or when it is damaged.
    pub fn collected(all: &[Self], name: &str) -> Result<Vec<Vec<u8>>, AccumulatorError> {
        let names = || all.iter().filter_map(|one| one.name.strip_prefix(COLLECT));
        let found = all.iter().find(|one| one.name.strip_prefix(COLLECT) == Some(name));
        let Some(accumulator) = found else {
            let known = names().map(str::to_owned).collect();
            return Err(AccumulatorError::NotFound { name: name.to_owned(), known });
        };
        Self::records(name, &accumulator.value)
    }

    /// The records in the value that the sink `name` has.
    ///
    /// # Errors
    ///
    /// When it is damaged.
    pub fn records(name: &str, value: &str) -> Result<Vec<Vec<u8>>, AccumulatorError> {
        let bytes = STANDARD.decode(value.trim()).map_err(|error| AccumulatorError::NotBase64 {
            name: name.to_owned(),
            reason: error.to_string(),
        })?;
        split(name, &bytes)
    }
}

/// Takes apart what has its length in front.
fn split(name: &str, mut bytes: &[u8]) -> Result<Vec<Vec<u8>>, AccumulatorError> {
    let mut records = Vec::new();
    while !bytes.is_empty() {
        let cut_off = |length, left: &[u8]| AccumulatorError::CutOff {
            name: name.to_owned(),
            record: records.len(),
            length,
            left: left.len(),
        };
        let Some((length, rest)) = bytes.split_first_chunk() else {
            return Err(cut_off(4, bytes));
        };
        let length = i32::from_be_bytes(*length);
        let record = usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length));
        let Some((record, rest)) = record else {
            return Err(cut_off(length.into(), rest));
        };
        records.push(record.to_vec());
        bytes = rest;
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sink(name: &str, bytes: &[u8]) -> Accumulator {
        let (name, value) = (format!("{COLLECT}{name}"), STANDARD.encode(bytes));
        Accumulator { name, class: "Collected".to_owned(), value }
    }

    #[test]
    fn records_are_taken_apart() {
        let all = [sink("empty", &[]), sink("out", &[0, 0, 0, 1, 7, 0, 0, 0, 0, 0, 0, 0, 2, 8, 9])];
        assert_eq!(Accumulator::collected(&all, "out").unwrap(), [vec![7], vec![], vec![8, 9]]);
        assert!(Accumulator::collected(&all, "empty").unwrap().is_empty());
    }

    #[test]
    fn what_is_damaged_says_where() {
        for (bytes, record, length, left) in [
            (&[0_u8, 0, 0][..], 0, 4, 3),
            (&[0, 0, 0, 1, 7, 0, 0, 0, 9, 1], 1, 9, 1),
            (&[255, 255, 255, 255], 0, -1, 0),
        ] {
            let error = Accumulator::collected(&[sink("out", bytes)], "out").unwrap_err();
            let name = "out".to_owned();
            assert_eq!(error, AccumulatorError::CutOff { name, record, length, left });
        }
        let mut text = sink("out", &[]);
        text.value = "[7, -1]".to_owned();
        let error = Accumulator::collected(&[text], "out").unwrap_err();
        assert!(matches!(error, AccumulatorError::NotBase64 { .. }), "{error}");
    }

    #[test]
    fn a_sink_that_is_not_there_names_those_that_are() {
        let error = Accumulator::collected(&[sink("a", &[]), sink("b", &[])], "c").unwrap_err();
        let expected = "the job collects nothing under the name 'c'; it collects [\"a\", \"b\"]";
        assert_eq!(error.to_string(), expected);
    }
}
