//! What becomes of answers that are not what they should be.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod stub;

use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use brookite_client::{
    Client, ClientError, Ended, Event, JobId, JobState, Next, SavepointOptions, Submission,
    WaitOptions,
};
use stub::{CONFIG, Reply, Stub};

fn job() -> JobId {
    "a5bbbaf281bfa815ea6e7c2d902cd025".parse().unwrap()
}

fn json(body: &str) -> Reply {
    Reply::Json(200, body.to_owned())
}

fn connect_to(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> ClientError {
    Client::connect(&Stub::start(reply).url).unwrap_err()
}

#[test]
fn where_nobody_answers_the_address_and_what_to_do_are_named() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = Client::connect(&url).unwrap_err();
    assert!(matches!(error, ClientError::Unreachable { .. }), "{error:?}");
    let message = error.to_string();
    assert!(message.contains(&url) && message.contains("GET /config"), "{message}");
    assert!(message.contains("Connection refused") && message.contains("rest.port"), "{message}");
}

#[test]
fn a_host_that_is_unknown_is_unreachable() {
    let error = Client::connect("http://no-such-host.invalid:8081").unwrap_err();
    assert!(matches!(error, ClientError::Unreachable { .. }), "{error:?}");
}

#[test]
fn another_program_on_the_port_is_not_taken_for_flink() {
    let page = connect_to(|_| Reply::Text("text/html", "<html><body>It works!</body></html>"));
    let message = page.to_string();
    assert!(matches!(page, ClientError::NotFlink { .. }), "{page:?}");
    assert!(message.contains("It works!"), "{message}");
    for body in ["", "[]", "{\"version\":1}", "{\"flink-version\":", "\u{0}\u{1}"] {
        let error = connect_to(move |_| Reply::Json(200, body.to_owned()));
        assert!(matches!(error, ClientError::NotFlink { .. }), "{body:?}: {error:?}");
    }
    let not_there = connect_to(|_| Reply::Json(404, "{\"detail\":\"Not Found\"}".to_owned()));
    assert!(matches!(not_there, ClientError::NotFlink { .. }), "{not_there:?}");
}

#[test]
fn json_of_the_wrong_content_type_is_read() {
    let stub = Stub::start(|_| Reply::Text("text/plain", CONFIG));
    assert_eq!(Client::connect(&stub.url).unwrap().version().to_string(), "2.3.0");
}

#[test]
fn a_version_that_is_not_supported_is_named() {
    let error = connect_to(|_| json("{\"flink-version\":\"1.17.2\"}"));
    let message = error.to_string();
    assert!(message.contains("Flink 1.17.2; expected Flink 1.20.0"), "{message}");
}

#[test]
fn an_answer_that_breaks_off_is_no_answer() {
    for reply in [|| Reply::CutOff, || Reply::HangUp] {
        let error = connect_to(move |_| reply());
        assert!(matches!(error, ClientError::Interrupted { .. }), "{error:?}");
    }
}

#[test]
fn an_answer_that_takes_too_long_is_given_up() {
    let stub = Stub::flink(|_| Reply::Slow(Duration::from_secs(30)));
    let client = Client::connect(&stub.url).unwrap().timeout(Duration::from_millis(200));
    let started = Instant::now();
    let error = client.overview().unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(10));
    assert!(matches!(error, ClientError::TimedOut { .. }), "{error:?}");
    assert!(error.to_string().contains("GET /overview"), "{error}");
}

#[test]
fn the_root_cause_of_a_refusal_comes_first() {
    let body = r#"{"errors":["Internal server error.","<Exception on server side:\njava.util.concurrent.CompletionException: org.apache.flink.util.FlinkException: cannot\n\tat a.B.c(B.java:1)\nCaused by: org.apache.flink.util.FlinkException: cannot\n\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: disk full\n\t... 2 more\n\nEnd of exception on server side>"]}"#;
    let stub = Stub::flink(|_| Reply::Json(500, body.to_owned()));
    let error = Client::connect(&stub.url).unwrap().overview().unwrap_err();
    let expected = "GET /overview: HTTP status 500: IOException: disk full\n  which led to \
                    FlinkException: cannot";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_refusal_without_a_reason_shows_what_came_instead() {
    let stub = Stub::flink(|_| Reply::Json(502, "<h1>Bad Gateway</h1>".to_owned()));
    let error = Client::connect(&stub.url).unwrap().overview().unwrap_err();
    assert!(error.is_transient());
    assert!(error.to_string().contains("502: '<h1>Bad Gateway</h1>'"), "{error}");
}

#[test]
fn a_program_that_fails_is_told_from_a_request_that_is_refused() {
    let body = r#"{"errors":["org.apache.flink.runtime.rest.handler.RestHandlerException: Could not execute application.\n\tat a.B.c(B.java:1)\nCaused by: org.apache.flink.client.program.ProgramInvocationException: The main method caused an error: no pipeline\n\tat a.B.c(B.java:1)\nCaused by: java.lang.IllegalArgumentException: no pipeline\n"]}"#;
    let stub = Stub::flink(|request| match request {
        "POST /jars/upload" => json("{\"filename\":\"/tmp/web/1_job.jar\",\"status\":\"success\"}"),
        _ => Reply::Json(400, body.to_owned()),
    });
    let client = Client::connect(&stub.url).unwrap();
    let jar = client.upload_jar(Path::new(file!()).file_name().unwrap().as_ref());
    assert!(matches!(jar, Err(ClientError::UnreadableJar { .. })), "{jar:?}");
    let jar = client.upload_jar(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    assert_eq!(jar.to_string(), "1_job.jar");
    let error = client.run_jar(&jar, &Submission::default()).unwrap_err();
    assert!(matches!(error, ClientError::ProgramFailed { .. }), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("no job runs: IllegalArgumentException: no pipeline"), "{message}");
}

/// What becomes of uploading a jar to a cluster that answers so.
fn upload_to(reply: impl Fn() -> Reply + Send + Sync + 'static) -> ClientError {
    let stub = Stub::flink(move |request| match request {
        "GET /jobmanager/config" => json("[{\"key\":\"web.tmpdir\",\"value\":\"/tmp/flink-web\"}]"),
        _ => reply(),
    });
    let client = Client::connect(&stub.url).unwrap();
    client.upload_jar(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap_err()
}

#[test]
fn a_jar_that_a_proxy_finds_too_large_says_so() {
    let page = "<html>413 Request Entity Too Large</html>";
    let error = upload_to(|| Reply::Json(413, page.to_owned()));
    assert!(matches!(error, ClientError::JarTooLarge { .. }), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("Cargo.toml' has ") && message.contains("client_max_body_size"));
}

#[test]
fn an_upload_that_breaks_off_names_what_may_have_cut_it() {
    let error = upload_to(|| Reply::HangUp);
    assert!(matches!(error, ClientError::UploadInterrupted { .. }), "{error:?}");
    assert!(error.to_string().contains("a proxy in front of the cluster may let no"), "{error}");
}

#[test]
fn a_cluster_whose_disk_is_full_names_the_folder() {
    // Flink 2.3's whole answer then.
    let error = upload_to(|| Reply::Json(500, "{\"errors\":[\"File upload failed.\"]}".to_owned()));
    assert!(matches!(error, ClientError::JarNotStored { .. }), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("File upload failed.; is there room"), "{message}");
    assert!(message.contains("in /tmp/flink-web?"), "{message}");
}

#[test]
fn a_job_that_is_not_there_is_not_just_any_refusal() {
    let stub = Stub::flink(|_| Reply::Json(404, "{\"errors\":[\"not found\"]}".to_owned()));
    let client = Client::connect(&stub.url).unwrap();
    let none = |error: ClientError| matches!(error, ClientError::JobNotFound { .. });
    assert!(none(client.job(&job()).unwrap_err()));
    assert!(none(client.cancel(&job()).unwrap_err()));
    assert!(none(client.checkpoints(&job()).unwrap_err()));
    assert!(none(client.savepoint(&job(), &SavepointOptions::default()).unwrap_err()));
}

/// What `progress` asks, for a job in that state.
fn progress(request: &str, state: &str) -> Reply {
    let path = request.rsplit('/').next().unwrap_or_default();
    if path.starts_with("checkpoints") {
        json(
            "{\"counts\":{\"restored\":0,\"completed\":3,\"in_progress\":0,\"failed\":1},\"latest\":{}}",
        )
    } else if path.starts_with("metrics") {
        json("[{\"id\":\"numRestarts\",\"value\":\"2\"}]")
    } else {
        let id = job();
        json(&format!(
            "{{\"jid\":\"{id}\",\"name\":\"words\",\"state\":\"{state}\",\"start-time\":1,\"duration\":5}}"
        ))
    }
}

fn hasty() -> WaitOptions {
    WaitOptions::default().interval(Duration::from_millis(10)).outage(Duration::from_secs(2))
}

#[test]
fn a_connection_that_comes_back_does_not_end_the_wait() {
    let count = AtomicU32::new(0);
    let stub = Stub::flink(move |request| match count.fetch_add(1, Ordering::Relaxed) {
        0..3 => progress(request, "RUNNING"),
        3 => Reply::HangUp,
        4 => Reply::Json(503, "{\"errors\":[\"leader election\"]}".to_owned()),
        5 => Reply::CutOff,
        _ => progress(request, "FINISHED"),
    });
    let client = Client::connect(&stub.url).unwrap();
    let (mut states, mut lost) = (Vec::new(), Vec::new());
    let ended = client.wait(&job(), &hasty(), |event| {
        match event {
            Event::Progress(progress) => {
                assert_eq!(progress.restarts, Some(2));
                assert_eq!(progress.checkpoints.counts.completed, 3);
                states.push(progress.state);
            }
            Event::OutOfReach { attempts, .. } => lost.push(attempts),
            other => panic!("{other:?}"),
        }
        Next::Continue
    });
    assert!(matches!(ended, Ok(Ended::Finished(_))), "{ended:?}");
    assert_eq!(states, [JobState::Running, JobState::Finished]);
    assert!(lost.starts_with(&[1, 2]), "{lost:?}");
}

#[test]
fn a_connection_that_stays_away_leaves_the_job_and_says_how_to_look() {
    let stub = Stub::flink(|_| Reply::HangUp);
    let client = Client::connect(&stub.url).unwrap();
    let error = client.wait(&job(), &hasty(), |_| Next::Continue).unwrap_err();
    assert!(matches!(error, ClientError::ConnectionLost { .. }), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("may still run"), "{message}");
    assert!(message.contains(&format!("cargo brookite status {} --flink {}", job(), stub.url)));
    // A handful of attempts, not thousands.
    assert!(stub.asked().len() < 20, "{:?}", stub.asked());
}

#[test]
fn who_no_longer_wants_to_wait_leaves_the_job_alone() {
    let stub = Stub::flink(|request| progress(request, "RUNNING"));
    let client = Client::connect(&stub.url).unwrap();
    let ended = client.wait(&job(), &hasty(), |_| Next::Leave);
    assert!(matches!(ended, Ok(Ended::Left)), "{ended:?}");
    assert!(stub.asked().iter().all(|request| request.starts_with("GET ")), "{:?}", stub.asked());
}

#[test]
fn a_wait_ends_when_patience_does() {
    let stub = Stub::flink(|request| progress(request, "RUNNING"));
    let client = Client::connect(&stub.url).unwrap();
    let options = hasty().patience(Duration::from_millis(100));
    let error = client.wait(&job(), &options, |_| Next::Continue).unwrap_err();
    assert!(matches!(error, ClientError::TimedOut { .. }), "{error:?}");
}

#[test]
fn backpressure_that_flink_cannot_tell_yet_does_not_end_the_wait() {
    let stub = Stub::flink(|_| Reply::Json(500, "{\"errors\":[\"No value present\"]}".to_owned()));
    let client = Client::connect(&stub.url).unwrap();
    assert_eq!(client.backpressure(&job(), "1").unwrap(), None);
}

#[test]
fn a_job_that_fails_without_a_trace_says_so() {
    let stub = Stub::flink(|request| {
        if request.contains("/exceptions") {
            json("{\"exceptionHistory\":{\"entries\":[],\"truncated\":false}}")
        } else {
            progress(request, "FAILED")
        }
    });
    let client = Client::connect(&stub.url).unwrap();
    let error = client.wait(&job(), &hasty(), |_| Next::Continue).unwrap_err();
    assert!(error.to_string().ends_with("'words' failed: Flink gives no reason"), "{error}");
}

#[test]
fn a_savepoint_that_fails_says_why() {
    let failed = r#"{"status":{"id":"COMPLETED"},"operation":{"failure-cause":{"class":"x","stack-trace":"java.util.concurrent.CompletionException: x.CheckpointException: declined\n\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: no such directory\n"}}}"#;
    let polls = AtomicU32::new(0);
    let stub = Stub::flink(move |request| match request {
        "GET /savepoint-disposal/7" => match polls.fetch_add(1, Ordering::Relaxed) {
            0 => json("{\"status\":{\"id\":\"IN_PROGRESS\"},\"operation\":null}"),
            1 => Reply::HangUp,
            _ => json(failed),
        },
        _ => json("{\"request-id\":\"7\"}"),
    });
    let error = Client::connect(&stub.url).unwrap().dispose_savepoint("/sp").unwrap_err();
    assert!(matches!(error, ClientError::SavepointFailed { .. }), "{error:?}");
    assert!(
        error.to_string().starts_with("disposing of savepoint '/sp' failed: IOException: no such")
    );
}
