//! A server for the life of a test: worlds on a free port of this machine, without another process.
//!
//! ```
//! use ringup_cli::testing::TestServer;
//! use ringup_simulator::http::Request;
//!
//! let server = TestServer::start();
//! let world = server.world("checkout");
//! // A client is told `world.url()`, and the credentials of an account of its.
//! assert!(world.url().ends_with("/w/checkout"));
//! assert_eq!(world.send(&Request::to("GET", "/_sim/clock")).status, 200);
//! // The world ends here, and the server with the test.
//! ```

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use ringup_simulator::http::{Request, Response};
use ringup_simulator::{Config, Worlds};
use serde_json::json;
use tokio::sync::oneshot;

use crate::server::{self, Guard};

/// A server that stops when it is dropped. Tests of one process can share it, each with its own [`TestWorld`].
#[derive(Debug)]
pub struct TestServer {
    address: SocketAddr,
    worlds: Arc<Worlds>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A world with a manual clock, which is deleted when it is dropped.
#[derive(Debug)]
pub struct TestWorld<'a> {
    server: &'a TestServer,
    path: String,
    name: String,
}

impl TestServer {
    /// Starts a server on a free port of a loopback address.
    ///
    /// # Panics
    /// This machine gives no port or no thread.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test that cannot start says so by a panic")]
    pub fn start() -> Self {
        let (tell, told) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
            runtime.expect("a runtime for the server").block_on(async {
                let (listener, address) = server::listen("127.0.0.1", 0).await.expect("a free port");
                let public_url = format!("http://{address}");
                let worlds = Arc::new(Worlds::new(Config { public_url, ..Config::default() }));
                // The test has ended if nobody hears it.
                let _ = tell.send((address, Arc::clone(&worlds)));
                let stopped = async { drop(stopped.await) };
                server::serve(listener, worlds, Guard::of(address), stopped).await.expect("the server runs");
            });
        };
        let thread = thread::Builder::new().name("ringup-server".into()).spawn(serving).expect("a thread");
        let (address, worlds) = told.recv().expect("the server has started");
        Self { address, worlds, stop: Some(stop), thread: Some(thread) }
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes a world of this name, up to 40 letters a–z, digits and hyphens.
    ///
    /// # Panics
    /// It is not a name, or a world has it.
    #[must_use]
    pub fn world(&self, name: &str) -> TestWorld<'_> {
        let request = Request::to("POST", "/_sim/worlds").with_json(&json!({ "name": name }));
        let made = self.worlds.handle(&request);
        assert!(made.status == 201, "the world `{name}` was not made: {:?}", made.body);
        TestWorld { server: self, path: format!("/w/{name}"), name: name.to_owned() }
    }
}

impl TestWorld<'_> {
    /// The base URL of its paths: `http://127.0.0.1:49152/w/checkout`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.server.address, self.path)
    }

    /// Sends a request to the world without a socket, to turn its clock, set faults and read its books.
    #[must_use]
    pub fn send(&self, request: &Request) -> Response {
        let path = format!("{}{}", self.path, request.path);
        self.server.worlds.handle(&Request { path, ..request.clone() })
    }
}

impl Drop for TestWorld<'_> {
    fn drop(&mut self) {
        self.server.worlds.handle(&Request::to("DELETE", format!("/_sim/worlds/{}", self.name)));
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the server was shown when it happened.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use super::*;

    fn get(server: &TestServer, path: &str) -> String {
        let mut connection = TcpStream::connect(server.address()).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", server.address());
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn a_world_lives_as_long_as_its_test_and_the_server_as_long_as_all() {
        let server = TestServer::start();
        let address = server.address();
        {
            let (one, other) = (server.world("one"), server.world("other"));
            let advance = Request::to("POST", "/_sim/clock/advance").with_json(&json!({ "seconds": 5 }));
            assert_eq!(one.send(&advance).status, 200);
            let (seen, unmoved) = (get(&server, "/w/one/_sim/clock"), get(&server, "/w/other/_sim/clock"));
            assert!(seen.contains("10:00:05Z") && unmoved.contains("10:00:00Z"), "{seen} {unmoved}");
            assert_eq!(other.url(), format!("http://{address}/w/other"));
        }
        assert!(get(&server, "/w/one/_sim/clock").starts_with("HTTP/1.1 404"));
        drop(server);
        assert!(TcpStream::connect(address).is_err());
    }
}
