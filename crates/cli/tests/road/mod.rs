//! A road to the cluster that can be blocked: what a broken network is to a client.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// Passes on what comes to its address, which stays open as long as the test program runs.
pub(crate) struct Road {
    pub(crate) url: String,
    state: Arc<State>,
}

struct State {
    blocked: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

impl Road {
    /// A road to `address`, such as `localhost:8081`.
    pub(crate) fn to(address: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state =
            Arc::new(State { blocked: AtomicBool::new(false), open: Mutex::new(Vec::new()) });
        let (seen, address) = (Arc::clone(&state), address.to_owned());
        thread::spawn(move || {
            for connection in listener.incoming() {
                let connection = connection.unwrap();
                if seen.blocked.load(Ordering::SeqCst) {
                    // Closed at once.
                    continue;
                }
                let beyond = TcpStream::connect(&address).unwrap();
                seen.open.lock().unwrap().push(connection.try_clone().unwrap());
                pass_on(connection.try_clone().unwrap(), beyond.try_clone().unwrap());
                pass_on(beyond, connection);
            }
        });
        Self { url, state }
    }

    /// Cuts all connections and lets no new one through, or opens the road again.
    pub(crate) fn block(&self, blocked: bool) {
        self.state.blocked.store(blocked, Ordering::SeqCst);
        for connection in self.state.open.lock().unwrap().drain(..) {
            // It may be closed already.
            let _ = connection.shutdown(Shutdown::Both);
        }
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        // How it ends is for the other two to see.
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
}
