//! One request and its answer, or the error that says what became of it.

use std::fmt::Display;
use std::io::{self, Read, Write};
use std::time::Duration;

use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::{Method, StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::cause::JavaException;
use crate::error::ClientError;

/// How long a request may take unless something else is said: a job's program runs within that of its
/// submission.
const TIMEOUT: Duration = Duration::from_secs(60);

/// No answer in JSON is that long: somebody who sends more is not Flink.
const LONGEST_ANSWER: u64 = 1 << 30;

/// How much of an answer that is not understood is shown.
const SHOWN: usize = 120;

/// A cluster's REST API, below what its answers mean.
#[derive(Clone, Debug)]
pub(crate) struct Http {
    client: Client,
    base: Url,
    timeout: Duration,
}

/// What Flink says when it refuses.
#[derive(Deserialize)]
struct Refusal {
    errors: Vec<String>,
}

impl Http {
    /// Sends nothing yet.
    pub(crate) fn at(url: &str) -> Result<Self, ClientError> {
        let base = parse(url)?;
        let mut builder = Client::builder();
        // A proxy for the way out knows no way to this machine.
        if base.host_str().is_some_and(|host| matches!(host, "localhost" | "127.0.0.1" | "[::1]")) {
            builder = builder.no_proxy();
        }
        let client =
            builder.build().map_err(|error| ClientError::Setup { reason: reason(&error) })?;
        Ok(Self { client, base, timeout: TIMEOUT })
    }

    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The cluster's address, without a password.
    pub(crate) fn url(&self) -> String {
        let mut url = self.base.clone();
        if url.password().is_some() && url.set_password(None).is_err() {
            return "the cluster's address".to_owned();
        }
        url.as_str().trim_end_matches('/').to_owned()
    }

    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ClientError> {
        self.ask(Method::GET, path, |request| request)
    }

    /// The same with a query, whose values may have any characters.
    pub(crate) fn query<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, ClientError> {
        let mut encoded = self.base.clone();
        encoded.query_pairs_mut().clear().extend_pairs(query);
        self.get(&format!("{path}?{}", encoded.query().unwrap_or_default()))
    }

    pub(crate) fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &Value,
    ) -> Result<T, ClientError> {
        self.ask(Method::POST, path, |request| request.json(body))
    }

    /// Whatever the method's answer says, it says nothing.
    pub(crate) fn order(&self, method: Method, path: &str) -> Result<(), ClientError> {
        self.send(method, path, |request| request).map(|_| ())
    }

    /// An answer in JSON to a request to which `complete` adds its body and whatever else it needs.
    pub(crate) fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        complete: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<T, ClientError> {
        let request = format!("{method} {path}");
        let answer = self.send(method, path, complete)?;
        let body = self.body(&request, answer)?;
        serde_json::from_slice(&body).map_err(|error| self.not_flink(&request, &body, &error))
    }

    /// Writes an answer that is text to `to` as it comes, and returns how many bytes it had.
    pub(crate) fn copy(&self, path: &str, to: &mut dyn Write) -> Result<u64, ClientError> {
        let mut answer = self.send(Method::GET, path, |request| request)?;
        io::copy(&mut answer, to).map_err(|error| self.interrupted(&format!("GET {path}"), &error))
    }

    fn send(
        &self,
        method: Method,
        path: &str,
        complete: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, ClientError> {
        let what = format!("{method} {path}");
        let url = format!("{}{path}", self.base.as_str().trim_end_matches('/'));
        let request = complete(self.client.request(method, url).timeout(self.timeout));
        let answer = request.send().map_err(|error| self.unanswered(&what, &error))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        let body = self.body(&what, answer)?;
        Err(self.refused(what, status, &body))
    }

    fn body(&self, request: &str, answer: Response) -> Result<Vec<u8>, ClientError> {
        let mut body = Vec::new();
        answer
            .take(LONGEST_ANSWER)
            .read_to_end(&mut body)
            .map_err(|error| self.interrupted(request, &error))?;
        Ok(body)
    }

    fn unanswered(&self, request: &str, error: &reqwest::Error) -> ClientError {
        let (url, request, reason) = (self.url(), request.to_owned(), reason(error));
        if error.is_connect() {
            ClientError::Unreachable { url, request, reason }
        } else if error.is_timeout() {
            ClientError::TimedOut { what: format!("{request} at {url}"), after: self.timeout }
        } else {
            ClientError::Interrupted { url, request, reason }
        }
    }

    fn interrupted(&self, request: &str, error: &io::Error) -> ClientError {
        // reqwest hides its own error, which tells of time, in that of the reader.
        let cause = error.get_ref().and_then(|error| error.downcast_ref::<reqwest::Error>());
        if cause.is_some_and(reqwest::Error::is_timeout) || error.kind() == io::ErrorKind::TimedOut
        {
            let what = format!("{request} at {}", self.url());
            return ClientError::TimedOut { what, after: self.timeout };
        }
        let reason = cause.map_or_else(|| error.to_string(), reason);
        ClientError::Interrupted { url: self.url(), request: request.to_owned(), reason }
    }

    fn refused(&self, request: String, status: StatusCode, body: &[u8]) -> ClientError {
        let causes = match serde_json::from_slice::<Refusal>(body) {
            Ok(refusal) => refusal.errors.iter().rev().map(|error| parse_error(error)).next(),
            // Such as the page of a proxy.
            Err(_) => Some(vec![JavaException::message(beginning(body))]),
        };
        ClientError::Refused {
            request,
            status: status.as_u16(),
            causes: causes.unwrap_or_default(),
        }
    }

    fn not_flink(&self, request: &str, body: &[u8], error: &dyn Display) -> ClientError {
        let found = format!("{} ({error})", beginning(body));
        ClientError::NotFlink { url: self.url(), request: request.to_owned(), found }
    }
}

fn parse(url: &str) -> Result<Url, ClientError> {
    let invalid = |reason: String| ClientError::InvalidUrl { url: url.to_owned(), reason };
    let with_scheme = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
    let parsed = Url::parse(&with_scheme).map_err(|error| invalid(error.to_string()))?;
    match parsed.scheme() {
        "http" => Ok(parsed),
        "https" if cfg!(feature = "tls") => Ok(parsed),
        "https" => Err(invalid("this program was built without the feature 'tls'".to_owned())),
        other => Err(invalid(format!("it begins with {other}://"))),
    }
}

/// An entry of `errors`: a trace, which may stand in a frame of its own.
fn parse_error(text: &str) -> Vec<JavaException> {
    let text = text.trim();
    let text = text.strip_prefix("<Exception on server side:").unwrap_or(text).trim_start();
    let text = text.strip_suffix("End of exception on server side>").unwrap_or(text);
    JavaException::parse_trace(text)
}

fn beginning(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return "an empty answer".to_owned();
    }
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("'{shown}'")
}

/// The innermost cause: the outer ones say only that something could not be sent.
fn reason(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_no_scheme_and_shows_no_password() {
        assert_eq!(Http::at("localhost:8081").unwrap().url(), "http://localhost:8081");
        let http = Http::at("http://me:secret@flink.example/prod/").unwrap();
        assert_eq!(http.url(), "http://me@flink.example/prod");
    }

    #[test]
    fn what_is_no_address_says_why() {
        for url in ["", "http://", "ftp://localhost", "http://local host:8081", "localhost:808111"]
        {
            let error = Http::at(url).unwrap_err();
            assert!(matches!(error, ClientError::InvalidUrl { .. }), "{url}: {error}");
        }
    }

    #[test]
    fn an_exception_in_a_frame_is_read() {
        let text = "<Exception on server side:\njava.lang.Error: no\n\tat A.b(A.java:1)\n\nEnd of \
                    exception on server side>";
        assert_eq!(JavaException::root_first(&parse_error(text)), "Error: no");
    }
}
