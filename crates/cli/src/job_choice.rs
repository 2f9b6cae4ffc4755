//! Which job is meant: by its id, the beginning of it, or its name.

use anyhow::{Result, bail};
use brookite_client::{Client, JobId, JobSummary};

/// The shortest beginning of an id that is taken for one.
const SHORTEST: usize = 4;

/// Finds the job that `wanted` means.
pub(crate) fn find(client: &Client, wanted: &str) -> Result<JobId> {
    if let Ok(id) = wanted.parse::<JobId>() {
        return Ok(id);
    }
    let jobs = client.jobs()?;
    choose(&jobs, wanted, &client.url())
}

fn choose(jobs: &[JobSummary], wanted: &str, url: &str) -> Result<JobId> {
    let named: Vec<&JobSummary> = jobs.iter().filter(|job| job.name == wanted).collect();
    let begins = |job: &&JobSummary| {
        wanted.len() >= SHORTEST && job.id.as_str().starts_with(&wanted.to_ascii_lowercase())
    };
    // A name that several runs have had means the one that has not ended.
    let running: Vec<&JobSummary> =
        named.iter().copied().filter(|job| !job.state.is_over()).collect();
    let by_id: Vec<&JobSummary> = jobs.iter().filter(begins).collect();
    for found in [&running, &named, &by_id] {
        match found[..] {
            [] => {}
            [job] => return Ok(job.id.clone()),
            _ => {
                let ids: Vec<_> = found.iter().map(|job| format!("  {job}")).collect();
                bail!(
                    "'{wanted}' may mean any of these jobs; name one by its id:\n{}",
                    ids.join("\n")
                );
            }
        }
    }
    let known: Vec<_> = jobs.iter().map(|job| format!("  {job}")).collect();
    match known.is_empty() {
        true => bail!("the cluster at {url} has no job '{wanted}': it has none at all"),
        false => bail!("the cluster at {url} has no job '{wanted}'; it has\n{}", known.join("\n")),
    }
}
