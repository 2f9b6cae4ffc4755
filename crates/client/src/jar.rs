//! Jars on the cluster, and the jobs that their programs submit.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use reqwest::Method;
use reqwest::blocking::multipart::{Form, Part};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::client::Client;
use crate::error::ClientError;
use crate::job_id::JobId;

/// The options that say where the cluster keeps jars, the stronger one first.
const FOLDERS: [&str; 2] = ["web.upload.dir", "web.tmpdir"];

/// A connection slower than this, in bytes per second, is taken for one that hangs.
const SLOWEST_UPLOAD: u64 = 128 << 10;

/// Under which name a jar is kept on the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct JarId(String);

/// A jar that was uploaded.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Jar {
    /// Under which name it is kept.
    pub id: JarId,
    /// The name of the file that was uploaded.
    pub name: String,
    /// When that was.
    pub uploaded: Option<SystemTime>,
    /// The class that its manifest names.
    pub entry_class: Option<String>,
}

/// How the program in a jar is to be run.
///
/// ```
/// use brookite_client::Submission;
///
/// let again = Submission::default()
///     .argument("--input")
///     .argument("words.txt")
///     .parallelism(4)
///     .savepoint("file:///savepoints/savepoint-a5bbba-64c9e951cc73")
///     .option("pipeline.object-reuse", "true");
/// # let _ = again;
/// ```
#[derive(Clone, Debug, Default)]
pub struct Submission {
    entry_class: Option<String>,
    arguments: Vec<String>,
    parallelism: Option<u32>,
    savepoint: Option<String>,
    allow_non_restored_state: bool,
    claim_mode: Option<ClaimMode>,
    options: BTreeMap<String, String>,
}

/// Who owns the savepoint that a job goes on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimMode {
    /// The job: it is removed when a later checkpoint has replaced it.
    Claim,
    /// Who made it: it is left as it is. Flink's default.
    NoClaim,
}

impl Submission {
    /// The class whose `main` is run; the one that the jar's manifest names unless this is said.
    #[must_use]
    pub fn entry_class(mut self, class: impl Into<String>) -> Self {
        self.entry_class = Some(class.into());
        self
    }

    /// One more argument of the program.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// More arguments of the program.
    #[must_use]
    pub fn arguments(mut self, arguments: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Which of the pipelines in the jar is run: the arguments `--pipeline NAME`. Not needed when the jar has
    /// one alone. See [`Package::pipeline`](crate::package::Package::pipeline).
    #[must_use]
    pub fn pipeline(self, name: impl Into<String>) -> Self {
        self.argument("--pipeline").argument(name)
    }

    /// The parallelism of all operators that name none; the cluster's default unless this is said.
    #[must_use]
    pub fn parallelism(mut self, parallelism: u32) -> Self {
        self.parallelism = Some(parallelism);
        self
    }

    /// Where the job goes on: the path of a savepoint or of a retained checkpoint.
    #[must_use]
    pub fn savepoint(mut self, path: impl Into<String>) -> Self {
        self.savepoint = Some(path.into());
        self
    }

    /// Whether the savepoint may have state of operators that the job does not have; otherwise that is an
    /// error.
    #[must_use]
    pub fn allow_non_restored_state(mut self, allow: bool) -> Self {
        self.allow_non_restored_state = allow;
        self
    }

    /// Who owns the savepoint.
    #[must_use]
    pub fn claim_mode(mut self, mode: ClaimMode) -> Self {
        self.claim_mode = Some(mode);
        self
    }

    /// An option of Flink's for this job, by its key.
    #[must_use]
    pub fn option(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.insert(key.into(), value.into());
        self
    }

    fn body(&self) -> Value {
        let mut body = json!({ "programArgsList": self.arguments });
        if let Some(class) = &self.entry_class {
            body["entryClass"] = json!(class);
        }
        if let Some(parallelism) = self.parallelism {
            body["parallelism"] = json!(parallelism);
        }
        if let Some(savepoint) = &self.savepoint {
            body["savepointPath"] = json!(savepoint);
            body["allowNonRestoredState"] = json!(self.allow_non_restored_state);
        }
        if let Some(mode) = self.claim_mode {
            body["claimMode"] = json!(match mode {
                ClaimMode::Claim => "CLAIM",
                ClaimMode::NoClaim => "NO_CLAIM",
            });
        }
        if !self.options.is_empty() {
            body["flinkConfiguration"] = json!(self.options);
        }
        body
    }
}

impl Client {
    /// Hands a jar to the cluster.
    ///
    /// # Errors
    ///
    /// [`ClientError::UnreadableJar`], [`ClientError::JarTooLarge`], [`ClientError::UploadInterrupted`],
    /// [`ClientError::JarNotStored`], and when the cluster does not answer or refuses it.
    pub fn upload_jar(&self, jar: &Path) -> Result<JarId, ClientError> {
        #[derive(Deserialize)]
        struct Uploaded {
            filename: String,
        }
        let unreadable = |source| ClientError::UnreadableJar { jar: jar.to_owned(), source };
        let bytes = fs::metadata(jar).map_err(unreadable)?.len();
        let part = Part::file(jar).map_err(unreadable)?;
        let form = Form::new().part("jarfile", part);
        let patience = self.http.timeout() + Duration::from_secs(bytes / SLOWEST_UPLOAD);
        let uploaded: Uploaded = self
            .http
            .ask(Method::POST, "/jars/upload", |request| request.timeout(patience).multipart(form))
            .map_err(|error| self.not_uploaded(jar, bytes, error))?;
        let kept = uploaded.filename.rsplit('/').next().unwrap_or_default();
        Ok(JarId(kept.to_owned()))
    }

    fn not_uploaded(&self, jar: &Path, bytes: u64, error: ClientError) -> ClientError {
        let (url, jar) = (self.url(), jar.to_owned());
        match error {
            ClientError::Refused { status: 413, .. } => {
                ClientError::JarTooLarge { url, jar, bytes }
            }
            // What Flink answers when its disk is full, too.
            ClientError::Refused { status: 500, causes, .. } => {
                let options = self.configuration().unwrap_or_default();
                let folder = FOLDERS.iter().find_map(|option| options.get(*option));
                let folder = folder.cloned().unwrap_or_else(|| FOLDERS[0].to_owned());
                ClientError::JarNotStored { url, jar, bytes, folder, causes }
            }
            ClientError::Interrupted { reason, .. } => {
                ClientError::UploadInterrupted { url, jar, bytes, reason }
            }
            other => other,
        }
    }

    /// The jars on the cluster.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer.
    pub fn jars(&self) -> Result<Vec<Jar>, ClientError> {
        #[derive(Deserialize)]
        struct Listed {
            files: Vec<File>,
        }
        #[derive(Deserialize)]
        struct File {
            id: String,
            name: String,
            #[serde(deserialize_with = "crate::millis::optional_time")]
            uploaded: Option<SystemTime>,
            #[serde(default)]
            entry: Vec<Entry>,
        }
        #[derive(Deserialize)]
        struct Entry {
            name: String,
        }
        let files = self.http.get::<Listed>("/jars")?.files;
        let jar = |File { id, name, uploaded, entry }| {
            let entry_class = entry.into_iter().next().map(|entry: Entry| entry.name);
            Jar { id: JarId(id), name, uploaded, entry_class }
        };
        Ok(files.into_iter().map(jar).collect())
    }

    /// Runs the program in an uploaded jar, which submits a job.
    ///
    /// # Errors
    ///
    /// [`ClientError::ProgramFailed`], and when the cluster does not answer or refuses.
    pub fn run_jar(&self, jar: &JarId, submission: &Submission) -> Result<JobId, ClientError> {
        #[derive(Deserialize)]
        struct Submitted {
            jobid: JobId,
        }
        const PROGRAM: &str = "org.apache.flink.client.program.ProgramInvocationException";
        let submitted = self.http.post(&format!("/jars/{jar}/run"), &submission.body());
        match submitted {
            Ok(Submitted { jobid }) => Ok(jobid),
            Err(ClientError::Refused { causes, .. })
                if causes.iter().any(|cause| cause.class == PROGRAM) =>
            {
                Err(ClientError::ProgramFailed { causes })
            }
            Err(error) => Err(error),
        }
    }

    /// Removes a jar from the cluster; jobs that came from it run on.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer, or has no such jar.
    pub fn delete_jar(&self, jar: &JarId) -> Result<(), ClientError> {
        self.http.order(Method::DELETE, &format!("/jars/{jar}"))
    }
}

impl fmt::Display for JarId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_left_to_the_cluster() {
        assert_eq!(Submission::default().body(), json!({ "programArgsList": [] }));
        let all = Submission::default()
            .entry_class("a.B")
            .arguments(["--n", "1"])
            .pipeline("top")
            .parallelism(3)
            .savepoint("file:/sp")
            .allow_non_restored_state(true)
            .claim_mode(ClaimMode::NoClaim)
            .option("state.backend.type", "rocksdb");
        let expected = json!({
            "programArgsList": ["--n", "1", "--pipeline", "top"],
            "entryClass": "a.B",
            "parallelism": 3,
            "savepointPath": "file:/sp",
            "allowNonRestoredState": true,
            "claimMode": "NO_CLAIM",
            "flinkConfiguration": { "state.backend.type": "rocksdb" },
        });
        assert_eq!(all.body(), expected);
    }
}
