//! A server in this process, on a free port, and a client of few words.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use ringup_cli::server::{self, Guard};
use ringup_simulator::dialect::ScenarioRequest;
use ringup_simulator::{Config, Worlds};
use ringup_tests::scenario::as_request;
use serde_json::Value;
use tokio::sync::oneshot;

/// A server that ends with the test.
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let (tell, told) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::spawn(move || {
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap().block_on(
                async {
                    let (listener, address) = server::listen("127.0.0.1", 0).await.unwrap();
                    tell.send(address).unwrap();
                    let (worlds, guard) = (Arc::new(Worlds::new(Config::default())), Guard::of(address));
                    server::serve(listener, worlds, guard, async { drop(stopped.await) }).await.unwrap();
                },
            );
        });
        Self { address: told.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }

    /// Where it listens.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends a request, each on its own connection.
    pub(crate) fn send(&self, request: &ScenarioRequest) -> (u16, Value) {
        let request = as_request(request);
        let mut head = format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n",
            request.method,
            request.path,
            self.address,
            request.body.len()
        );
        for (name, value) in &request.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let mut connection = TcpStream::connect(self.address).unwrap();
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

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
