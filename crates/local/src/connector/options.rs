//! [`Options`]: what a connector is configured with, read by key.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::str::FromStr;

use brookite_core::proto::ConnectorNode;

use crate::error::JobError;

/// The options of a connector. Each is read by its key; what nobody asked for is an error in the end.
pub(crate) struct Options<'n> {
    uid: &'n str,
    node: &'n ConnectorNode,
    known: RefCell<BTreeSet<String>>,
}

impl<'n> Options<'n> {
    pub(crate) fn of(uid: &'n str, node: &'n ConnectorNode) -> Self {
        Self { uid, node, known: RefCell::default() }
    }

    pub(crate) fn uid(&self) -> &'n str {
        self.uid
    }

    /// The option's text, if it is given.
    pub(crate) fn text(&self, key: &str) -> Option<&'n str> {
        self.known.borrow_mut().insert(key.to_owned());
        self.node.options.get(key).map(String::as_str)
    }

    /// The option's text, which must be given.
    pub(crate) fn required(&self, key: &str) -> Result<&'n str, JobError> {
        self.text(key).ok_or_else(|| self.wrong(key, "is missing"))
    }

    /// The option's value, if it is given; `what` says what was expected.
    pub(crate) fn value<T: FromStr>(&self, key: &str, what: &str) -> Result<Option<T>, JobError> {
        let Some(text) = self.text(key) else { return Ok(None) };
        let value = text
            .trim()
            .parse()
            .map_err(|_| self.wrong(key, format!("must be {what}, found '{text}'")))?;
        Ok(Some(value))
    }

    /// Whether the option says true; false when it is not given.
    pub(crate) fn flag(&self, key: &str) -> Result<bool, JobError> {
        Ok(self.value(key, "true or false")?.unwrap_or(false))
    }

    /// One of several texts, the first of which is the default.
    pub(crate) fn choice<T: Copy>(&self, key: &str, all: &[(&str, T)]) -> Result<T, JobError> {
        let found = self.text(key).unwrap_or(all[0].0);
        let chosen = all.iter().find(|(name, _)| name.eq_ignore_ascii_case(found));
        chosen.map(|(_, value)| *value).ok_or_else(|| {
            let names: Vec<_> = all.iter().map(|(name, _)| *name).collect();
            self.wrong(key, format!("must be one of {}, found '{found}'", names.join(", ")))
        })
    }

    pub(crate) fn wrong(&self, key: &str, reason: impl Into<String>) -> JobError {
        JobError::ConnectorOption {
            node: self.uid.to_owned(),
            connector: self.node.connector.clone(),
            option: key.to_owned(),
            reason: reason.into(),
        }
    }

    /// Whether all options that are given were asked for.
    pub(crate) fn check_all_known(&self) -> Result<(), JobError> {
        let known = self.known.borrow();
        match self.node.options.keys().find(|key| !known.contains(*key)) {
            Some(unknown) => {
                let known: Vec<_> = known.iter().map(String::as_str).collect();
                Err(self.wrong(
                    unknown,
                    format!("is not known to the local runner, which has: {}", known.join(", ")),
                ))
            }
            None => Ok(()),
        }
    }
}
