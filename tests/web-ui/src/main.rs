//! Looks at a job that runs, in Flink's Web UI: are its operators there by their names, and is a counter
//! of a Rust function among the metrics, above zero?
//!
//! `cargo xtask web-ui` starts the cluster, the job and `chromedriver`, and runs this with their addresses.

#![forbid(unsafe_code)]

mod page;

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use brookite_client::{Client, JobId};

use page::Page;

/// What the job graph must show.
const NAMES: [&str; 4] = ["ticks", "split -> without short ones", "count per word", "nowhere"];

/// The stage that counts, and its counter.
const STAGE: &str = "count per word";
const COUNTER: &str = "words_counted";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let [driver, cluster, job, folder] = arguments()?;
    let folder = PathBuf::from(folder);
    // The client blocks, and so has threads of its own.
    let vertex = tokio::task::spawn_blocking({
        let (cluster, job) = (cluster.clone(), job.clone());
        move || vertex(&cluster, &job)
    })
    .await??;
    let page = Page::open(&driver).await?;
    let overview = format!("{cluster}/#/job/running/{job}/overview");
    let seen = look(&page, &overview, &vertex, &folder).await;
    page.close().await?;
    println!("{COUNTER} = {}", seen?);
    Ok(())
}

fn arguments() -> Result<[String; 4]> {
    let given: Vec<String> = env::args().skip(1).collect();
    <[String; 4]>::try_from(given).ok().context("expected: CHROMEDRIVER CLUSTER JOB FOLDER")
}

/// The id of the stage that counts, which the address of its page has.
fn vertex(cluster: &str, job: &str) -> Result<String> {
    let job: JobId = job.parse()?;
    let vertices = Client::connect(cluster)?.job(&job)?.vertices;
    let counting = vertices.into_iter().find(|task| task.name.starts_with(STAGE));
    Ok(counting.with_context(|| format!("the job has no task '{STAGE}'"))?.id)
}

/// Makes both pictures, and says what the counter shows.
async fn look(page: &Page, overview: &str, vertex: &str, folder: &Path) -> Result<f64> {
    page.go(overview).await?;
    for name in NAMES {
        page.wait_for_text(name).await?;
    }
    page.picture(&folder.join("job-graph.png")).await?;
    page.go(&format!("{overview}/{vertex}/metrics")).await?;
    page.choose_metric(COUNTER).await?;
    let value = page.metric().await?;
    page.picture(&folder.join("counter.png")).await?;
    ensure!(value > 0.0, "{COUNTER} is {value}");
    Ok(value)
}
