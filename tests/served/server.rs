//! A server in this process, on a free port, and a client of few words.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use ringup_cli::testing::TestServer;
use ringup_simulator::dialect::ScenarioRequest;
use ringup_tests::scenario::as_request;
use serde_json::Value;

/// A server that ends with the test.
pub(crate) struct Server(TestServer);

impl Server {
    pub(crate) fn start() -> Self {
        Self(TestServer::start())
    }

    /// Where it listens.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.0.address()
    }

    /// Sends a request, each on its own connection.
    pub(crate) fn send(&self, request: &ScenarioRequest) -> (u16, Value) {
        let request = as_request(request);
        let mut head = format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n",
            request.method,
            request.path,
            self.address(),
            request.body.len()
        );
        for (name, value) in &request.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let mut connection = TcpStream::connect(self.address()).unwrap();
        connection.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        connection.write_all(&request.body).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let is_json =
            head.to_lowercase().contains("content-type: application/") && head.to_lowercase().contains("json");
        assert!(is_json || body.is_empty(), "{head}");
        (status, serde_json::from_str(body).unwrap_or_default())
    }
}
