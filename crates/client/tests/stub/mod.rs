//! Something that answers HTTP on a port of this machine, well or badly.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a request gets.
pub(crate) enum Reply {
    /// An answer in JSON with that status.
    Json(u16, String),
    /// An answer of another kind.
    Text(&'static str, &'static str),
    /// An answer that ends before it is complete.
    CutOff,
    /// None: the connection is closed.
    HangUp,
    /// None for a while.
    Slow(Duration),
}

/// The stub, which runs as long as the test program.
pub(crate) struct Stub {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// What Flink answers to `GET /config`.
pub(crate) const CONFIG: &str = r#"{"refresh-interval":3000,"flink-version":"2.3.0"}"#;

impl Stub {
    /// Answers each request, such as `GET /overview`, with what `reply` makes of it.
    pub(crate) fn start(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        let reply = Arc::new(reply);
        thread::spawn(move || {
            for connection in listener.incoming() {
                let (heard, reply) = (Arc::clone(&heard), Arc::clone(&reply));
                thread::spawn(move || answer(connection.unwrap(), &heard, &*reply));
            }
        });
        Self { url, asked }
    }

    /// As Flink answers when it is asked for its version; what `reply` says to all else.
    pub(crate) fn flink(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        Self::start(move |request| match request {
            "GET /config" => Reply::Json(200, CONFIG.to_owned()),
            other => reply(other),
        })
    }

    /// What was asked so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(mut connection: TcpStream, heard: &Mutex<Vec<String>>, reply: &dyn Fn(&str) -> Reply) {
    let Some(request) = read_request(&mut connection) else { return };
    heard.lock().unwrap().push(request.clone());
    let with = |status: u16, kind: &str, body: &str| {
        let length = body.len();
        format!(
            "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: \
             close\r\n\r\n{body}"
        )
    };
    let text = match reply(&request) {
        Reply::Json(status, body) => with(status, "application/json; charset=UTF-8", &body),
        Reply::Text(kind, body) => with(200, kind, body),
        Reply::CutOff => with(200, "application/json", CONFIG).replace('}', ""),
        Reply::HangUp => return,
        Reply::Slow(pause) => {
            thread::sleep(pause);
            with(200, "application/json", "{}")
        }
    };
    // Who asked may have gone.
    let _ = connection.write_all(text.as_bytes());
}

/// Reads a request to the end of its body, and returns its method and path.
fn read_request(connection: &mut TcpStream) -> Option<String> {
    let mut read = Vec::new();
    let mut part = [0; 4096];
    loop {
        let length = connection.read(&mut part).ok().filter(|length| *length > 0)?;
        read.extend_from_slice(&part[..length]);
        let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&read[..end]).into_owned();
        let body = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok())?
        });
        if read.len() - end - 4 >= body.unwrap_or_default() {
            let mut words = head.split(' ');
            return Some(format!("{} {}", words.next()?, words.next()?));
        }
    }
}
