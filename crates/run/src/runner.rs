//! [`Runner`]: where a pipeline runs.

use std::env;
use std::str::FromStr;

use brookite_local::LocalRunner;

use crate::embedded::Embedded;
use crate::error::RunError;
use crate::flink::Flink;

/// Where Flink listens unless it is told otherwise.
pub const DEFAULT_CLUSTER: &str = "http://localhost:8081";

/// Where a pipeline runs.
///
/// ```
/// use brookite_run::{Flink, LocalRunner, Runner};
///
/// let here = Runner::Local(LocalRunner::new().parallelism(2));
/// let cluster = Runner::Flink(Flink::at("http://localhost:8081").parallelism(8));
/// # let _ = (here, cluster);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Runner {
    /// Threads of this process, with no JVM.
    Local(LocalRunner),
    /// A Flink of its own, in a JVM that ends with the job; for tests, and for trying out.
    Embedded(Embedded),
    /// A cluster.
    Flink(Flink),
}

/// A runner as one names it: `local`, `embedded`, `flink`, or a cluster's URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RunnerName {
    /// [`Runner::Local`].
    Local,
    /// [`Runner::Embedded`].
    Embedded,
    /// [`Runner::Flink`] at a URL; at the usual one when none is named.
    Flink(Option<String>),
}

impl Runner {
    /// Threads of this process.
    pub fn local() -> Self {
        Self::Local(LocalRunner::new())
    }

    /// A Flink of its own.
    pub fn embedded() -> Self {
        Self::Embedded(Embedded::new())
    }

    /// The cluster whose REST API has that address.
    pub fn flink(url: impl Into<String>) -> Self {
        Self::Flink(Flink::at(url))
    }

    /// The runner that `--runner` among these arguments names, else the variable `BROOKITE_RUNNER`, else
    /// the local one; and the other arguments. What stands behind `--` is not looked at.
    ///
    /// # Errors
    /// [`RunError::NoSuchRunner`].
    pub fn choose<A: Into<String>>(
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<(Self, Vec<String>), RunError> {
        let (named, rest) = take(arguments.into_iter().map(Into::into))?;
        let name = match named {
            Some(name) => name,
            None => RunnerName::of_environment()?.unwrap_or(RunnerName::Local),
        };
        Ok((name.into(), rest))
    }
}

impl RunnerName {
    /// What the variable `BROOKITE_RUNNER` names, if it is set.
    ///
    /// # Errors
    /// [`RunError::NoSuchRunner`].
    pub fn of_environment() -> Result<Option<Self>, RunError> {
        match env::var("BROOKITE_RUNNER") {
            Ok(text) if !text.is_empty() => parse(&text, "in BROOKITE_RUNNER").map(Some),
            _ => Ok(None),
        }
    }
}

/// The last `--runner`, and what else there is.
fn take(
    arguments: impl Iterator<Item = String>,
) -> Result<(Option<RunnerName>, Vec<String>), RunError> {
    const WHENCE: &str = "behind --runner";
    let (mut name, mut rest) = (None, Vec::new());
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        if argument == "--runner" {
            name = Some(parse(&arguments.next().unwrap_or_default(), WHENCE)?);
        } else if let Some(value) = argument.strip_prefix("--runner=") {
            name = Some(parse(value, WHENCE)?);
        } else if argument == "--" {
            rest.push(argument);
            rest.extend(arguments.by_ref());
        } else {
            rest.push(argument);
        }
    }
    Ok((name, rest))
}

fn parse(text: &str, whence: &'static str) -> Result<RunnerName, RunError> {
    text.parse().map_err(|()| RunError::NoSuchRunner { found: text.to_owned(), whence })
}

impl FromStr for RunnerName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "local" => Ok(Self::Local),
            "embedded" => Ok(Self::Embedded),
            "flink" => Ok(Self::Flink(None)),
            url if url.contains("://") => Ok(Self::Flink(Some(url.to_owned()))),
            _ => Err(()),
        }
    }
}

impl From<RunnerName> for Runner {
    fn from(name: RunnerName) -> Self {
        match name {
            RunnerName::Local => Self::local(),
            RunnerName::Embedded => Self::embedded(),
            RunnerName::Flink(url) => Self::flink(cluster(url)),
        }
    }
}

/// The cluster at that URL; without one, that of the variable `BROOKITE_FLINK`, or the usual one.
fn cluster(url: Option<String>) -> String {
    let usual = || env::var("BROOKITE_FLINK").unwrap_or_else(|_| DEFAULT_CLUSTER.to_owned());
    url.unwrap_or_else(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(arguments: &[&str]) -> Result<(Option<RunnerName>, Vec<String>), RunError> {
        take(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn the_runner_is_not_one_of_the_pipelines_arguments() {
        let (name, rest) = taken(&["--input", "a", "--runner", "embedded", "--size=3"]).unwrap();
        assert_eq!(name, Some(RunnerName::Embedded));
        assert_eq!(rest, ["--input", "a", "--size=3"]);
        let (name, _) = taken(&["--runner=http://a:1"]).unwrap();
        assert_eq!(name, Some(RunnerName::Flink(Some("http://a:1".to_owned()))));
        let (name, rest) = taken(&["--", "--runner", "x"]).unwrap();
        assert_eq!((name, rest.len()), (None, 3));
    }

    #[test]
    fn a_runner_that_is_none_is_named_with_those_that_there_are() {
        for wrong in [&["--runner", "spark"][..], &["--runner"]] {
            let error = taken(wrong).unwrap_err().to_string();
            assert!(error.contains("is no runner: expected local, embedded, flink"), "{error}");
        }
    }
}
