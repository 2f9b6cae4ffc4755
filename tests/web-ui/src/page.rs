//! A page of Flink's Web UI in a browser without a window.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use thirtyfour::prelude::*;

/// How long something may take to appear: the pages fetch what they show every three seconds.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(300);

/// How the metrics' drop-down list is known, what is chosen in it, and what shows the value.
const LIST: &str = "nz-select";
const SEARCH: &str = "nz-select input";
const OPTION: &str = ".ant-select-item-option";
const NUMBER: &str = "flink-job-chart .numeric";
const NUMERIC: &str = "//flink-job-chart//button[contains(., 'Numeric')]";

pub(crate) struct Page(WebDriver);

impl Page {
    /// Opens a browser through a `chromedriver`.
    pub(crate) async fn open(driver: &str) -> Result<Self> {
        let mut chrome = DesiredCapabilities::chrome();
        // Chromium's own sandbox does not work for root, as in most containers; the pages are ours.
        for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1800,1000"] {
            chrome.add_arg(flag)?;
        }
        let browser = WebDriver::new(driver, chrome).await;
        Ok(Self(browser.with_context(|| format!("no browser by the driver at {driver}"))?))
    }

    pub(crate) async fn close(self) -> Result<()> {
        Ok(self.0.quit().await?)
    }

    pub(crate) async fn go(&self, address: &str) -> Result<()> {
        self.0.goto(address).await.with_context(|| format!("cannot open {address}"))
    }

    /// Saves what the window shows.
    pub(crate) async fn picture(&self, file: &Path) -> Result<()> {
        // What was found may still be sliding into place.
        tokio::time::sleep(Duration::from_secs(2)).await;
        self.0.screenshot(file).await.with_context(|| format!("cannot write {}", file.display()))
    }

    /// Waits until the page shows a text. Long names are broken into lines wherever they are full.
    pub(crate) async fn wait_for_text(&self, text: &str) -> Result<()> {
        let wanted = without_spaces(text);
        let mut tries = PATIENCE.as_millis() / PAUSE.as_millis();
        while !without_spaces(&self.text().await?).contains(&wanted) {
            if tries == 0 {
                bail!("the page does not show '{text}' but:\n{}", self.text().await?);
            }
            tries -= 1;
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    async fn text(&self) -> Result<String> {
        Ok(self.0.find(By::Tag("body")).await?.text().await?)
    }

    /// Has the page draw a metric of the vertex that it is about: the one whose name ends so.
    pub(crate) async fn choose_metric(&self, name: &str) -> Result<()> {
        self.element(By::Css(LIST)).await?.click().await?;
        self.element(By::Css(SEARCH)).await?.send_keys(name).await?;
        self.element(By::Css(OPTION)).await?.click().await?;
        self.wait_for_text(name).await?;
        // As a number, not as a curve.
        self.element(By::XPath(NUMERIC)).await?.click().await?;
        Ok(())
    }

    /// The number of that metric, once it has arrived.
    pub(crate) async fn metric(&self) -> Result<f64> {
        let mut tries = PATIENCE.as_millis() / PAUSE.as_millis();
        loop {
            let shown = self.element(By::Css(NUMBER)).await?.text().await?;
            match shown.replace(',', "").parse() {
                Ok(number) => return Ok(number),
                Err(_) if tries == 0 => bail!("the metric is shown as '{shown}', not as a number"),
                Err(_) => tries -= 1,
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn element(&self, by: By) -> Result<WebElement> {
        let found = self.0.query(by.clone()).wait(PATIENCE, PAUSE).first().await;
        found.with_context(|| format!("the page has no {by}"))
    }
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}
