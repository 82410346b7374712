//! A customer's endpoint: a small HTTP server on loopback that remembers what it was sent.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// What it does with a request.
#[derive(Clone, Copy, Debug)]
pub(super) enum Manner {
    Answer(u16),
    HangUp,
    /// Takes it, and says nothing for as long as the test lasts.
    Silence,
}

/// A message that has arrived.
#[derive(Clone, Debug)]
pub(super) struct Received {
    pub(super) arrived_at: Instant,
    pub(super) line: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

#[derive(Default)]
struct Memory {
    received: Mutex<Vec<Received>>,
    arrived: Condvar,
    manners: Mutex<VecDeque<Manner>>,
}

pub(super) struct Receiver {
    address: SocketAddr,
    memory: Arc<Memory>,
}

impl Receiver {
    /// Treats the first requests as said, and takes all others.
    pub(super) fn start(manners: &[Manner]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let memory = Arc::new(Memory::default());
        memory.manners.lock().unwrap().extend(manners);
        let shared = Arc::clone(&memory);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || serve(&stream.unwrap(), &shared));
            }
        });
        Self { address, memory }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/hooks?to=me", self.address)
    }

    /// What has arrived, as soon as it is so much.
    pub(super) fn wait(&self, count: usize) -> Vec<Received> {
        let received = self.memory.received.lock().unwrap();
        let (received, _) =
            self.memory.arrived.wait_timeout_while(received, PATIENCE, |received| received.len() < count).unwrap();
        assert_eq!(received.len(), count, "{received:?}");
        received.clone()
    }
}

fn serve(stream: &TcpStream, memory: &Memory) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut headers = BTreeMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    let body = String::from_utf8(body).unwrap();
    let manner = memory.manners.lock().unwrap().pop_front().unwrap_or(Manner::Answer(200));
    memory.received.lock().unwrap().push(Received {
        arrived_at: Instant::now(),
        line: line.trim_end().into(),
        headers,
        body,
    });
    memory.arrived.notify_all();
    let mut stream = stream;
    match manner {
        Manner::Answer(status) => {
            let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 5\r\n\r\nthank");
            let _ = stream.write_all(answer.as_bytes());
        }
        Manner::HangUp => {}
        Manner::Silence => thread::sleep(Duration::from_secs(60)),
    }
}

impl Received {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Whether a header holds the hexadecimal HMAC-SHA256 of the body as it arrived.
    pub(super) fn is_signed(&self, header: &str, secret: &str) -> bool {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(self.body.as_bytes());
        let signature: Vec<u8> =
            (0..64).step_by(2).map(|at| u8::from_str_radix(&self.headers[header][at..at + 2], 16).unwrap()).collect();
        self.headers[header].len() == 64 && mac.verify_slice(&signature).is_ok()
    }
}
