//! [`Client`]: a cluster that answers.

use std::time::Duration;

use serde::Deserialize;

use crate::error::ClientError;
use crate::http::Http;
use crate::version::Version;

/// A Flink cluster, reached by its REST API.
///
/// Cheap to clone, and used from any number of threads; not from within asynchronous tasks.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) http: Http,
    version: Version,
    commit: String,
}

impl Client {
    /// Looks for a cluster at `url`, such as `http://localhost:8081`, and asks it for its version.
    ///
    /// # Errors
    ///
    /// [`ClientError::InvalidUrl`], [`ClientError::Unreachable`], [`ClientError::NotFlink`],
    /// [`ClientError::UnsupportedVersion`].
    pub fn connect(url: &str) -> Result<Self, ClientError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        struct Configuration {
            flink_version: String,
            #[serde(default)]
            flink_revision: String,
        }
        let http = Http::at(url)?;
        let Configuration { flink_version: found, flink_revision: commit } =
            http.get("/config").map_err(|error| match error {
                // Flink has no way to refuse this one.
                ClientError::Refused { request, status, causes } if !matches!(status, 401..=403 | 500..) => {
                    let said = crate::JavaException::root_first(&causes);
                    let found = format!("HTTP status {status}: {said}");
                    ClientError::NotFlink { url: http.url(), request, found }
                }
                other => other,
            })?;
        let version = Version::parse(&found).filter(|version| version.is_supported());
        let Some(version) = version else {
            return Err(ClientError::UnsupportedVersion { url: http.url(), found });
        };
        Ok(Self { http, version, commit })
    }

    /// How long a single request may take; 60 s unless told otherwise. The program of a job is run within
    /// the request that submits it.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.http.set_timeout(timeout);
        self
    }

    /// The cluster's address, without a password.
    pub fn url(&self) -> String {
        self.http.url()
    }

    /// The cluster's version of Flink.
    pub fn version(&self) -> Version {
        self.version
    }

    /// From which commit the cluster's Flink was built, as it says.
    pub fn commit(&self) -> &str {
        &self.commit
    }
}
