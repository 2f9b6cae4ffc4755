//! Connectors that a job brings along: a jar, or what Maven knows it as.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::{env, fs};

use anyhow::{Context as _, Result, bail};

use crate::console::{self, DIM, styled};

/// The connectors that need no more than their name, in versions that this release is tested with.
const KNOWN: [(&str, &str); 1] =
    [("kafka", "org.apache.flink:flink-sql-connector-kafka:5.0.0-2.2")];

/// The plugin that fetches a jar, with no project around it.
const COPY: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";

/// What `--connector` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Connector {
    /// A jar.
    File(PathBuf),
    /// Maven's coordinates: group, artifact, version.
    Artifact([String; 3]),
}

impl FromStr for Connector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let coordinates =
            KNOWN.iter().find(|(name, _)| *name == text).map_or(text, |(_, known)| known);
        let parts: Vec<&str> = coordinates.split(':').collect();
        if let [group, artifact, version] = parts[..]
            && parts.iter().all(|part| is_coordinate(part))
        {
            return Ok(Self::Artifact([group, artifact, version].map(str::to_owned)));
        }
        if text.ends_with(".jar") {
            return Ok(Self::File(text.into()));
        }
        let known: Vec<_> = KNOWN.iter().map(|(name, _)| *name).collect();
        Err(format!(
            "expected {}, a file that ends in .jar, or Maven coordinates GROUP:ARTIFACT:VERSION",
            known.join(", ")
        ))
    }
}

fn is_coordinate(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

impl Connector {
    /// The connector's jar. What Maven fetches is kept in that folder of build results.
    pub(crate) fn jar(&self, target: &Path) -> Result<PathBuf> {
        match self {
            Self::File(file) if file.is_file() => Ok(file.clone()),
            Self::File(file) => bail!("there is no connector at '{}'", file.display()),
            Self::Artifact(coordinates) => fetch(coordinates, &target.join("brookite/connectors")),
        }
    }
}

/// Has Maven put the jar into the folder, unless it did before.
fn fetch(coordinates: &[String; 3], folder: &Path) -> Result<PathBuf> {
    let [_, artifact, version] = coordinates;
    let jar = folder.join(format!("{artifact}-{version}.jar"));
    if jar.is_file() {
        return Ok(jar);
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create '{}'", folder.display()))?;
    let coordinates = coordinates.join(":");
    console::note(styled(DIM, format_args!("fetching {coordinates} with Maven")));
    let maven = env::var_os("MAVEN_HOME").map(|home| Path::new(&home).join("bin/mvn"));
    let mut command = Command::new(maven.unwrap_or_else(|| "mvn".into()));
    command.args(["--batch-mode", "--quiet", COPY]).arg(format!("-Dartifact={coordinates}"));
    // A name that does not depend on where it comes from.
    command
        .arg(format!("-DoutputDirectory={}", folder.display()))
        .arg("-Dmdep.useBaseVersion=true");
    // No project that may be here is meant.
    let output = command.current_dir(folder).output();
    let by_hand =
        format!("or download it from Maven Central, and name it: --connector {}", jar.display());
    let output = output.with_context(|| {
        format!("Maven (mvn), which fetches {coordinates}, cannot be run: install it, {by_hand}")
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stdout);
        let why = said.lines().find(|line| line.contains("[ERROR]")).unwrap_or(said.trim());
        bail!("Maven cannot fetch {coordinates}: {why}\ntry another version, {by_hand}");
    }
    Ok(jar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connector_is_a_name_a_file_or_coordinates() {
        let kafka: Connector = "kafka".parse().unwrap();
        let coordinates: Connector = KNOWN[0].1.parse().unwrap();
        assert_eq!(kafka, coordinates);
        let file: Connector = "jars/my.jar".parse().unwrap();
        assert_eq!(file, Connector::File("jars/my.jar".into()));
        for text in ["kafak", "a:b", "a::c", "a:b:c:d", "a:b:../c"] {
            let message = text.parse::<Connector>().unwrap_err();
            assert!(message.contains("kafka, a file that ends in .jar"), "{text}: {message}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let missing: Connector = "no/such.jar".parse().unwrap();
        let message = missing.jar(Path::new("target")).unwrap_err().to_string();
        assert_eq!(message, "there is no connector at 'no/such.jar'");
    }
}
