//! Handing a jar to a cluster: what `submit` and `run` have in common.

use std::path::Path;

use anyhow::Result;
use brookite_client::{ClaimMode, Client, JobId, Submission};
use brookite_run::{Embedded, LocalRunner};
use clap::Args;

use crate::console::{self, GOOD, styled};
use crate::interrupt::{self, Interrupted};

/// How a job is run on a cluster.
#[derive(Debug, Args)]
pub(crate) struct SubmissionArguments {
    /// The parallelism of all operators that name none.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    parallelism: Option<u32>,
    /// Go on from this savepoint or retained checkpoint; without Flink from the last checkpoint in this folder.
    #[arg(long, value_name = "PATH")]
    from: Option<String>,
    /// Let the savepoint have state of operators that the pipeline no longer has.
    #[arg(long, requires = "from")]
    allow_non_restored_state: bool,
    /// The job owns the savepoint from now on, and removes it when it is no longer needed.
    #[arg(long, requires = "from")]
    claim: bool,
    /// An option of Flink's for this job, such as execution.checkpointing.interval=10s.
    #[arg(short = 'D', value_name = "KEY=VALUE", value_parser = key_value)]
    options: Vec<(String, String)>,
    /// Leave the jar on the cluster; it is removed once the job runs unless this is said.
    #[arg(long)]
    keep_jar: bool,
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("expected KEY=VALUE".to_owned()),
    }
}

impl SubmissionArguments {
    /// An option that was given and that only a cluster knows.
    pub(crate) fn only_for_clusters(&self) -> Option<&'static str> {
        if self.from.is_some() {
            return Some("--from");
        }
        self.keep_jar.then_some("--keep-jar")
    }

    /// An option that was given and that the local runner has no counterpart of.
    pub(crate) fn only_for_flink(&self) -> Option<&'static str> {
        let given = [
            (self.allow_non_restored_state, "--allow-non-restored-state"),
            (self.claim, "--claim"),
            (self.keep_jar, "--keep-jar"),
        ];
        given.into_iter().find_map(|(given, option)| given.then_some(option))
    }

    /// The options of a run without Flink, by Flink's keys.
    ///
    /// # Errors
    /// When the local runner has no such option, or the option no such value.
    pub(crate) fn local(&self) -> Result<Vec<(String, String)>> {
        let parallelism = self.parallelism.map(|n| ("parallelism.default", n.to_string()));
        let from = self.from.clone().map(|from| ("execution.state-recovery.path", from));
        let own = parallelism.into_iter().chain(from);
        let own = own.map(|(key, value)| (key.to_owned(), value));
        let options: Vec<_> = self.options.iter().cloned().chain(own).collect();
        let runner = LocalRunner::new();
        options.iter().try_fold(runner, |runner, (key, value)| runner.option(key, value))?;
        Ok(options)
    }

    /// A Flink in one JVM that has the options.
    pub(crate) fn embedded(&self) -> Embedded {
        let flink = self.parallelism.map_or_else(Embedded::new, |n| Embedded::new().parallelism(n));
        self.options.iter().fold(flink, |flink, (key, value)| flink.option(key, value))
    }

    /// The options as arguments of the jar's program: there they are stronger than those of the pipeline.
    fn program_arguments(&self) -> Vec<String> {
        let parallelism = self.parallelism.map(|n| format!("-Dparallelism.default={n}"));
        let options = self.options.iter().map(|(key, value)| format!("-D{key}={value}"));
        parallelism.into_iter().chain(options).collect()
    }

    fn submission(&self) -> Submission {
        let mut submission = Submission::default().arguments(self.program_arguments());
        if let Some(parallelism) = self.parallelism {
            submission = submission.parallelism(parallelism);
        }
        if let Some(from) = &self.from {
            submission = submission
                .savepoint(from)
                .allow_non_restored_state(self.allow_non_restored_state)
                .claim_mode(if self.claim { ClaimMode::Claim } else { ClaimMode::NoClaim });
        }
        for (key, value) in &self.options {
            submission = submission.option(key, value);
        }
        submission
    }

    /// Uploads the jar and runs its program; of a jar with several pipelines that one. After Ctrl-C no job is
    /// started.
    pub(crate) fn submit(
        &self,
        client: &Client,
        jar: &Path,
        pipeline: Option<&str>,
    ) -> Result<JobId> {
        interrupt::check("before the jar was uploaded")?;
        let mut submission = self.submission();
        if let Some(pipeline) = pipeline {
            submission = submission.pipeline(pipeline);
        }
        let uploaded = client.upload_jar(jar)?;
        let started = if interrupt::wanted() {
            Err(Interrupted("interrupted before the job was started; nothing runs".to_owned())
                .into())
        } else {
            client.run_jar(&uploaded, &submission).map_err(anyhow::Error::from)
        };
        if !self.keep_jar
            && let Err(error) = client.delete_jar(&uploaded)
        {
            console::note(format_args!("the jar is left on the cluster as {uploaded}: {error}"));
        }
        let job = started?;
        console::note(format_args!("{} job {job} on {}", styled(GOOD, "started"), client.url()));
        Ok(job)
    }
}
