//! Flink's REST API: what the cluster says of itself.

use std::fmt;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::blocking::{Client, RequestBuilder};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// How long one request may take: a job is translated within that of its submission.
const PATIENCE: Duration = Duration::from_secs(60);

/// A cluster's REST API.
pub(crate) struct Rest {
    client: Client,
    base: String,
}

/// The answer to `GET /overview`.
#[derive(Deserialize)]
pub(crate) struct Overview {
    #[serde(rename = "taskmanagers")]
    pub(crate) task_managers: u32,
    #[serde(rename = "slots-total")]
    slots: u32,
    #[serde(rename = "slots-available")]
    free: u32,
    #[serde(rename = "jobs-running")]
    running: u32,
}

/// What Flink says when it refuses.
#[derive(Deserialize)]
struct Refusal {
    errors: Vec<String>,
}

impl Rest {
    /// The API on that port of this machine.
    pub(super) fn at(port: u16) -> Result<Self> {
        let client = Client::builder().timeout(PATIENCE).no_proxy().build();
        let client = client.context("cannot set up HTTP")?;
        Ok(Self { client, base: format!("http://localhost:{port}") })
    }

    pub(crate) fn overview(&self) -> Result<Overview> {
        self.get("/overview")
    }

    /// The ids of the TaskManagers that are registered.
    pub(super) fn task_managers(&self) -> Result<Vec<String>> {
        #[derive(Deserialize)]
        struct Registered {
            taskmanagers: Vec<TaskManager>,
        }
        #[derive(Deserialize)]
        struct TaskManager {
            id: String,
        }
        let Registered { taskmanagers } = self.get("/taskmanagers")?;
        Ok(taskmanagers.into_iter().map(|task_manager| task_manager.id).collect())
    }

    pub(super) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        self.ask(self.client.get(self.url(path)), &format!("GET {path}"))
    }

    pub(super) fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &serde_json::Value,
    ) -> Result<T> {
        self.ask(self.client.post(self.url(path)).json(body), &format!("POST {path}"))
    }

    /// Sends one file as an HTML form would.
    pub(super) fn post_file<T: DeserializeOwned>(
        &self,
        path: &str,
        name: &str,
        content: &[u8],
    ) -> Result<T> {
        const BOUNDARY: &str = "brookite-form-part-6f0c1d9e5a";
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"{name}\"\r\n\
             Content-Type: application/x-java-archive\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let form = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.client.post(self.url(path)).header("Content-Type", form).body(body);
        self.ask(request, &format!("POST {path}"))
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Sends a request; a refusal is an error with what Flink says of it.
    fn ask<T: DeserializeOwned>(&self, request: RequestBuilder, what: &str) -> Result<T> {
        let answer =
            request.send().with_context(|| format!("{what}: no answer from {}", self.base))?;
        let status = answer.status();
        let body = answer.text().with_context(|| format!("{what}: the answer broke off"))?;
        if !status.is_success() {
            let said = serde_json::from_str::<Refusal>(&body)
                .map_or(body, |refusal| refusal.errors.join("\n"));
            bail!("{what}: {status}: {}", said.trim());
        }
        serde_json::from_str(&body)
            .with_context(|| format!("{what}: this is not the expected answer: {body}"))
    }
}

impl fmt::Display for Overview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { task_managers, slots, free, running } = self;
        write!(f, "{task_managers} TaskManagers, {free} of {slots} slots free, {running} jobs")
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// An API that answers one request, and tells what it was asked.
    fn answering(status: &str, body: &str) -> (Rest, thread::JoinHandle<String>) {
        let listener = TcpListener::bind(("localhost", 0)).unwrap();
        let rest = Rest::at(listener.local_addr().unwrap().port()).unwrap();
        let length = body.len();
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}");
        let server = thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            let mut asked = Vec::new();
            let mut part = [0; 1024];
            while !asked.ends_with(b"\r\n\r\n") {
                let length = connection.read(&mut part).unwrap();
                asked.extend_from_slice(&part[..length]);
            }
            connection.write_all(answer.as_bytes()).unwrap();
            String::from_utf8(asked).unwrap()
        });
        (rest, server)
    }

    #[test]
    fn what_flink_says_when_it_refuses_is_the_error() {
        let (rest, server) = answering("404 Not Found", r#"{"errors":["Job 7 not found"]}"#);
        let message = rest.get::<Overview>("/jobs/7").err().unwrap().to_string();
        assert_eq!(message, "GET /jobs/7: 404 Not Found: Job 7 not found");
        assert!(server.join().unwrap().starts_with("GET /jobs/7 HTTP/1.1"));
    }

    #[test]
    fn an_answer_that_is_not_understood_is_shown() {
        let (rest, server) = answering("200 OK", "[]");
        let message = rest.overview().err().unwrap().to_string();
        assert_eq!(message, "GET /overview: this is not the expected answer: []");
        server.join().unwrap();
    }

    #[test]
    fn where_nobody_answers_the_address_is_named() {
        let listener = TcpListener::bind(("localhost", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let message = Rest::at(port).unwrap().overview().err().unwrap().to_string();
        assert_eq!(message, format!("GET /overview: no answer from http://localhost:{port}"));
    }

    #[test]
    fn ids_of_task_managers_are_read() {
        let body = r#"{"taskmanagers":[{"id":"taskmanager-1-2","slotsNumber":2}]}"#;
        let (rest, server) = answering("200 OK", body);
        assert_eq!(rest.task_managers().unwrap(), ["taskmanager-1-2"]);
        server.join().unwrap();
    }
}
