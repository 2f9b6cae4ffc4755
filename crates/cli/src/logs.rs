//! `cargo brookite logs`.

use std::io::{self, Write as _};

use anyhow::{Context as _, Result, bail};
use brookite_client::{Client, LogFile, LogSource};
use clap::Args;

use crate::arguments::ClusterArguments;
use crate::console::{Table, plain};
use crate::size;

/// Print the logs of a cluster's processes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite logs --list                        which files there are
  cargo brookite logs --job-manager
  cargo brookite logs --task-manager taskmanager-1
  cargo brookite logs --task-manager taskmanager-1 --file taskmanager-1.out
  cargo brookite logs                               all TaskManagers, one after the other")]
pub(crate) struct LogsArguments {
    /// The JobManager's.
    #[arg(long, conflicts_with = "task_manager")]
    job_manager: bool,
    /// Those of the TaskManager of that name.
    #[arg(long, value_name = "ID")]
    task_manager: Option<String>,
    /// The file of that name; the largest of the files that end in .log when none is given.
    #[arg(long, value_name = "NAME")]
    file: Option<String>,
    /// List the files and print none.
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    cluster: ClusterArguments,
}

pub(crate) fn run(arguments: &LogsArguments) -> Result<()> {
    let client = arguments.cluster.connect()?;
    let sources = sources(&client, arguments)?;
    if arguments.list {
        return list(&client, &sources);
    }
    for source in &sources {
        let files = client.log_files(source)?;
        let file = choose(source, &files, arguments.file.as_deref())?;
        if sources.len() > 1 {
            anstream::println!("==> {source}: {} <==", file.name);
        }
        let mut out = io::stdout().lock();
        client.copy_log(source, file, &mut out)?;
        out.flush().context("cannot write the log")?;
    }
    Ok(())
}

fn sources(client: &Client, arguments: &LogsArguments) -> Result<Vec<LogSource>> {
    let task_managers = client.task_managers()?.into_iter().map(|found| found.id);
    if arguments.job_manager {
        return Ok(vec![LogSource::JobManager]);
    }
    let Some(wanted) = &arguments.task_manager else {
        let all = task_managers.map(LogSource::TaskManager);
        return Ok(if arguments.list {
            std::iter::once(LogSource::JobManager).chain(all).collect()
        } else {
            all.collect()
        });
    };
    let known: Vec<String> = task_managers.collect();
    if !known.contains(wanted) {
        bail!("the cluster has no TaskManager '{wanted}'; it has {}", known.join(", "));
    }
    Ok(vec![LogSource::TaskManager(wanted.clone())])
}

fn list(client: &Client, sources: &[LogSource]) -> Result<()> {
    let mut table = Table::new(&["PROCESS", "SIZE", "FILE"]);
    for source in sources {
        for file in client.log_files(source)? {
            table.row(vec![plain(source), plain(size::bytes(file.size)), plain(file.name)]);
        }
    }
    table.print();
    Ok(())
}

fn choose<'f>(
    source: &LogSource,
    files: &'f [LogFile],
    wanted: Option<&str>,
) -> Result<&'f LogFile> {
    let known = || files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
    let found = match wanted {
        Some(wanted) => files.iter().find(|file| file.name == wanted),
        None => {
            files.iter().filter(|file| file.name.ends_with(".log")).max_by_key(|file| file.size)
        }
    };
    match (found, wanted) {
        (Some(file), _) => Ok(file),
        (None, _) if files.is_empty() => bail!(
            "the {source} hands out no logs: it was not told where they are, which Flink's start scripts do \
             with the system property log.file"
        ),
        (None, Some(wanted)) => bail!("the {source} has no file '{wanted}'; it has {}", known()),
        (None, None) => {
            bail!("the {source} has no file that ends in .log; name one with --file: {}", known())
        }
    }
}
