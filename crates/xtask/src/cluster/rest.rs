//! What the cluster says of itself.

use std::fmt;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;

pub(super) struct Rest {
    client: reqwest::blocking::Client,
    base: String,
}

/// The answer to `GET /overview`.
#[derive(Deserialize)]
pub(super) struct Overview {
    #[serde(rename = "taskmanagers")]
    pub(super) task_managers: u32,
    #[serde(rename = "slots-total")]
    slots: u32,
    #[serde(rename = "slots-available")]
    free: u32,
    #[serde(rename = "jobs-running")]
    running: u32,
}

impl Rest {
    pub(super) fn at(port: u16) -> Result<Self> {
        let client = reqwest::blocking::Client::builder().timeout(Duration::from_secs(5)).build();
        let client = client.context("cannot set up HTTP")?;
        Ok(Self { client, base: format!("http://localhost:{port}") })
    }

    pub(super) fn overview(&self) -> Result<Overview> {
        let url = format!("{}/overview", self.base);
        let answer = self.client.get(&url).send()?.error_for_status()?;
        answer.json().with_context(|| format!("{url} did not answer with an overview"))
    }
}

impl fmt::Display for Overview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { task_managers, slots, free, running } = self;
        write!(f, "{task_managers} TaskManagers, {free} of {slots} slots free, {running} jobs")
    }
}
