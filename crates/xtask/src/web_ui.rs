//! Flink's Web UI, seen by a browser without a window: are a pipeline's names there, and its metrics?

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::cluster::{Distribution, Running, Settings, free_port};
use crate::java::Jobs;
use crate::layout::Layout;
use crate::setup::{self, JavaTools};
use crate::{native, step};

/// The package of the pipeline that is looked at, and its name.
const PACKAGE: &str = "pipelines";
const PIPELINE: &str = "words_without_end";

/// How long the browser's driver may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts a cluster, a job and a browser, and leaves what it saw in target/web-ui.
pub(crate) fn run() -> Result<()> {
    let layout = Layout::find()?;
    let tools = JavaTools::find_or_install()?;
    setup::browser()?;
    let distribution = Distribution::find_or_download(&layout)?;
    native::build(&layout, &[PACKAGE])?;
    Jobs::build(&layout, &tools)?;
    let folder = layout.results("web-ui");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let settings = Settings {
        task_managers: 1,
        slots: 1,
        port: free_port()?,
        options: vec!["metrics.fetcher.update-interval=1000".to_owned()],
        outlive: false,
    };
    let cluster = Running::start(&layout, &tools, distribution, &folder.join("cluster"), settings)?;
    let url = cluster.client().url();

    let mut command = layout.cargo("run");
    command.args(["--quiet", "--package", "brookite-cli", "--", "brookite", "submit"]);
    command.args(["--flink", &url, "--package", PACKAGE, PIPELINE]);
    let printed = step::run("submitting the pipeline", &mut command)?;
    let job = printed.lines().last().context("the job's id was not printed")?;

    let driver = Driver::start()?;
    let mut command = layout.cargo("run");
    command.args(["--quiet", "--package", "web-ui", "--", &driver.url(), &url, job]);
    let seen = step::run("looking at the Web UI", command.arg(&folder))?;
    print!("{seen}");
    println!("{}", folder.join("job-graph.png").display());
    println!("{}", folder.join("counter.png").display());
    cluster.stop()
}

/// The program that steers the browser. It ends with this value, and the browser with it.
struct Driver {
    port: u16,
    process: Child,
}

impl Driver {
    fn start() -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(setup::BROWSER_DRIVER);
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().context("cannot run chromedriver")?;
        let driver = Self { port, process };
        let started = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            ensure!(
                started.elapsed() < PATIENCE,
                "chromedriver does not answer at {}",
                driver.url()
            );
            thread::sleep(Duration::from_millis(100));
        }
        Ok(driver)
    }

    fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
