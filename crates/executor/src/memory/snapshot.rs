//! [`Snapshot`]: state and timers of a host at one moment, and their bytes.

use std::collections::BTreeSet;

use brookite_core::function::TimeDomain;
use brookite_core::proto::{StageSnapshot, StoredTimer};
use prost::Message;

use crate::host::HostError;
use crate::memory::Timer;
use crate::memory::state::States;

/// What a host had at some time: state and timers.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub(super) states: States,
    pub(super) timers: BTreeSet<Timer>,
}

impl Snapshot {
    /// The snapshot as bytes, which [`decode`](Self::decode) reads in another process.
    pub fn encode(&self) -> Vec<u8> {
        let timers = self.timers.iter().map(|timer| StoredTimer {
            domain: timer.domain.code(),
            time: timer.time,
            key: timer.key.clone(),
            namespace: timer.namespace.clone(),
        });
        let snapshot = StageSnapshot { states: self.states.to_proto(), timers: timers.collect() };
        snapshot.encode_to_vec()
    }

    /// Reads a snapshot.
    ///
    /// # Errors
    /// When the bytes are no snapshot.
    pub fn decode(bytes: &[u8]) -> Result<Self, HostError> {
        let wrong = |what: &dyn std::fmt::Display| {
            HostError::new(format_args!("the bytes are no snapshot of a stage: {what}"))
        };
        let snapshot = StageSnapshot::decode(bytes).map_err(|error| wrong(&error))?;
        let timer = |timer: StoredTimer| {
            let StoredTimer { domain, time, key, namespace } = timer;
            let domain = TimeDomain::from_code(domain)
                .ok_or_else(|| wrong(&format_args!("there is no time domain {domain}")))?;
            Ok(Timer { domain, time, key, namespace })
        };
        Ok(Self {
            states: States::from_proto(&snapshot.states)?,
            timers: snapshot.timers.into_iter().map(timer).collect::<Result<_, _>>()?,
        })
    }
}
