//! The server over a real socket: it starts, answers, refuses what is too large, and stops.

use ringup_simulator::Config;
use ringup_simulator::dialect::BODY_BYTES_MAX;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::*;

async fn started() -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<std::io::Result<()>>) {
    let (listener, address) = listen("127.0.0.1", 0).await.unwrap();
    let (stop, stopped) = oneshot::channel();
    let stopped = async { drop(stopped.await) };
    let server = tokio::spawn(serve(listener, Arc::new(Worlds::new(Config::default())), Guard::of(address), stopped));
    (address, stop, server)
}

async fn exchange(address: SocketAddr, head: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request =
        format!("{head} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    // A server that has seen enough may close before it has read everything.
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn it_starts_answers_and_stops() {
    let (address, stop, server) = started().await;
    let clock = exchange(address, "GET /_sim/clock", b"").await;
    assert!(clock.starts_with("HTTP/1.1 200") && clock.contains("2026-03-25T10:00:00Z"), "{clock}");
    let head = exchange(address, "HEAD /_sim/clock", b"").await;
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("application/json"), "{head}");
    assert!(head.ends_with("\r\n\r\n") && !head.contains("content-length: 0"), "{head}");
    let page = exchange(address, "GET /", b"").await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("text/html"), "{page}");
    let nowhere = exchange(address, "GET /nowhere", b"").await;
    assert!(nowhere.starts_with("HTTP/1.1 404") && nowhere.contains("help"), "{nowhere}");
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_body_that_is_too_large_or_no_text_gets_an_answer() {
    let (address, stop, server) = started().await;
    for length in [BODY_BYTES_MAX + 1, 10 * 1024 * 1024] {
        let large = exchange(address, "POST /_sim/reset", &vec![b' '; length]).await;
        assert!(large.starts_with("HTTP/1.1 413"), "{length} bytes: {large}");
    }
    let unreadable = exchange(address, "POST /_sim/clock/advance", b"{\"seconds\":1,\"\xff\":1}").await;
    assert!(unreadable.starts_with("HTTP/1.1 400"), "{unreadable}");
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_foreign_page_and_a_foreign_name_are_refused() {
    let (address, stop, server) = started().await;
    let reset = "POST /_sim/reset HTTP/1.1\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 0\r\n";
    let driven = raw(address, &format!("{reset}host: {address}\r\norigin: http://evil.example\r\n\r\n")).await;
    assert!(driven.starts_with("HTTP/1.1 403") && driven.contains("foreign_origin"), "{driven}");
    let own = raw(address, &format!("{reset}host: {address}\r\norigin: http://{address}\r\n\r\n")).await;
    assert!(own.starts_with("HTTP/1.1 200"), "{own}");
    let rebound = "GET /_sim/accounts HTTP/1.1\r\nconnection: close\r\nhost: evil.example\r\n\r\n";
    let rebound = raw(address, rebound).await;
    assert!(rebound.starts_with("HTTP/1.1 421") && !rebound.contains("credentials"), "{rebound}");
    let page = exchange(address, "GET /", b"").await.to_lowercase();
    for header in [
        "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval';",
        "x-content-type-options: nosniff",
        "referrer-policy: same-origin",
        "cross-origin-resource-policy: same-origin",
    ] {
        assert!(page.contains(header), "{header}: {page}");
    }
    assert!(!page.contains("access-control-allow-origin"), "{page}");
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_named_origin_may_ask_first_and_use_it() {
    let (listener, address) = listen("127.0.0.1", 0).await.unwrap();
    let guard = Guard::of(address).allowing("http://localhost:3000".parse().unwrap());
    let server = tokio::spawn(serve(listener, Arc::new(Worlds::new(Config::default())), guard, std::future::pending()));
    let head = format!("host: {address}\r\nconnection: close\r\norigin: http://localhost:3000\r\n");
    let asks = "access-control-request-method: POST\r\naccess-control-request-headers: authorization\r\n";
    let asked = raw(address, &format!("OPTIONS /_sim/reset HTTP/1.1\r\n{head}{asks}\r\n")).await.to_lowercase();
    assert!(asked.starts_with("http/1.1 200"), "{asked}");
    for told in ["allow-origin: http://localhost:3000", "allow-methods: post", "allow-headers: authorization"] {
        assert!(asked.contains(&format!("access-control-{told}")), "{told}: {asked}");
    }
    let done = raw(address, &format!("POST /_sim/reset HTTP/1.1\r\n{head}content-length: 0\r\n\r\n")).await;
    assert!(done.starts_with("HTTP/1.1 200"), "{done}");
    assert!(done.contains("access-control-allow-origin: http://localhost:3000"), "{done}");
    server.abort();
}

#[test]
fn a_client_says_whether_it_takes_compressed_files() {
    for (accepted, takes) in [
        ("gzip, deflate, br, zstd", true),
        ("BR", true),
        ("br;q=0.5", true),
        ("br;q=0", false),
        ("br; q=0.0", false),
        ("gzip", false),
        ("brotli", false),
        ("", false),
    ] {
        let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
        assert_eq!(takes_brotli(&headers), takes, "{accepted}");
    }
    assert!(!takes_brotli(&HeaderMap::new()));
}

/// Sends the bytes as they are, ends its side, and reads what comes.
async fn raw(address: SocketAddr, sent: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_body_that_cannot_be_decoded_is_a_bad_request() {
    let (address, stop, server) = started().await;
    let head = "POST /vantax/v1/phone-numbers/purchase HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n";
    let chunked = raw(address, &format!("{head}transfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\nxyz\r\n")).await;
    assert!(chunked.starts_with("HTTP/1.1 400") && chunked.contains("broke off"), "{chunked}");
    // A client that asks before it sends 10 MB has its answer at once.
    let asked = raw(address, &format!("{head}expect: 100-continue\r\ncontent-length: 10485760\r\n\r\n")).await;
    assert!(asked.starts_with("HTTP/1.1 413"), "{asked}");
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_taken_port_is_said_in_one_sentence() {
    let (_listener, address) = listen("127.0.0.1", 0).await.unwrap();
    let problem = listen("127.0.0.1", address.port()).await.unwrap_err();
    assert!(problem.contains("is taken") && problem.contains("--port"), "{problem}");
}

#[tokio::test]
async fn it_tells_those_that_watch_it() {
    let (address, _stop, _server) = started().await;
    for path in ["/health", "/ready"] {
        let told = exchange(address, &format!("GET {path}"), b"").await;
        assert!(told.starts_with("HTTP/1.1 200") && told.ends_with(r#"{"status":"ok"}"#), "{told}");
    }
    exchange(address, "POST /_sim/worlds", b"{}").await;
    exchange(address, "GET /zernio/api/v1/phone-numbers", b"").await;
    exchange(address, "GET /w/world-1/zernio/api/v1/phone-numbers", b"").await;
    let metrics = exchange(address, "GET /metrics", b"").await;
    for line in [
        "# TYPE ringup_requests counter",
        r#"ringup_requests_total{system="zernio",status="401"} 2"#,
        r#"ringup_requests_total{system="control_plane",status="201"} 1"#,
        r#"ringup_request_seconds_count{system="zernio"} 2"#,
        "ringup_worlds 1",
        "# EOF",
    ] {
        assert!(metrics.lines().any(|told| told == line), "{line}: {metrics}");
    }
}

/// The head of a purchase by Zernio's account that can buy, and its body.
const PURCHASE: &str = "POST /zernio/api/v1/phone-numbers/purchase HTTP/1.1\r\nhost: localhost\r\n\
                        authorization: Bearer sk_sim_ready\r\ncontent-type: application/json\r\n";
const WANTED: &str = r#"{"profileId":"profile_abc123","country":"US","allowMultiple":true}"#;

fn purchase() -> String {
    format!("{PURCHASE}connection: close\r\ncontent-length: {}\r\n\r\n{WANTED}", WANTED.len())
}

async fn fault(address: SocketAddr, fault: &str) {
    let added = exchange(address, "POST /_sim/faults", fault.as_bytes()).await;
    assert!(added.starts_with("HTTP/1.1 201"), "{fault}: {added}");
}

async fn orders(address: SocketAddr) -> usize {
    exchange(address, "GET /_sim/world", b"").await.matches("\"ordered_at\"").count()
}

fn body_of(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

#[tokio::test]
async fn an_answer_is_lost_before_or_after_the_work() {
    for (moment, is_done) in [("before_reading", false), ("before_work", false), ("after_work", true)] {
        let (address, _stop, _server) = started().await;
        let before = orders(address).await;
        fault(address, &format!(r#"{{"fault":"close","moment":"{moment}","dialect":"zernio"}}"#)).await;
        assert_eq!(raw(address, &purchase()).await, "", "{moment}");
        assert_eq!(orders(address).await, before + usize::from(is_done), "{moment}");
        // The rule is used up.
        assert!(raw(address, &purchase()).await.starts_with("HTTP/1.1 200"), "{moment}");
    }
}

#[tokio::test]
async fn an_answer_breaks_off_within_itself() {
    let (address, _stop, _server) = started().await;
    let list = "GET /zernio/api/v1/phone-numbers HTTP/1.1\r\nhost: localhost\r\n\
                authorization: Bearer sk_sim_ready\r\nconnection: close\r\n\r\n";
    let whole = raw(address, list).await;
    let length = body_of(&whole).len();
    for (rule, left) in [
        (r#"{"fault":"close","moment":"after_headers"}"#, 0),
        (r#"{"fault":"cut","bytes":7}"#, 7),
        (r#"{"fault":"cut"}"#, length / 2),
        (r#"{"fault":"cut","bytes":1000000}"#, length),
    ] {
        fault(address, rule).await;
        let broken = raw(address, list).await;
        assert!(broken.to_lowercase().contains(&format!("content-length: {length}\r\n")), "{rule}: {broken}");
        assert_eq!(body_of(&broken), &body_of(&whole)[..left], "{rule}");
    }
    fault(address, r#"{"fault":"slow","bytes_per_s":1000}"#).await;
    let begun = std::time::Instant::now();
    assert_eq!(body_of(&raw(address, list).await), body_of(&whole));
    assert!(
        Duration::from_millis(u64::try_from(length).unwrap() / 2) < begun.elapsed(),
        "{:?} for {length} bytes",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_gateway_answers_in_the_place_of_the_system() {
    for (moment, is_done) in [("before_work", false), ("after_work", true)] {
        let (address, _stop, _server) = started().await;
        let before = orders(address).await;
        let rule = format!(r#"{{"fault":"status","status":503,"retry_after":7,"moment":"{moment}"}}"#);
        fault(address, &rule).await;
        let answer = raw(address, &purchase()).await;
        assert!(answer.starts_with("HTTP/1.1 503") && answer.to_lowercase().contains("retry-after: 7\r\n"), "{answer}");
        assert!(answer.contains("content-type: text/html") && answer.contains("503 Service Temporarily"), "{answer}");
        assert_eq!(orders(address).await, before + usize::from(is_done), "{moment}");
    }
}

#[tokio::test]
async fn a_late_answer_is_held_until_the_clock_has_passed() {
    for (moment, done_at_once) in [("before_work", false), ("after_work", true)] {
        let (address, _stop, _server) = started().await;
        let before = orders(address).await;
        fault(address, &format!(r#"{{"fault":"delay","ms":5000,"moment":"{moment}"}}"#)).await;
        let late = tokio::spawn(async move { raw(address, &purchase()).await });
        while !exchange(address, "GET /_sim/faults", b"").await.contains("\"hits\":1") {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        while orders(address).await < before + usize::from(done_at_once) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(orders(address).await, before + usize::from(done_at_once), "{moment}");
        exchange(address, "POST /_sim/clock/advance", br#"{"seconds":4}"#).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(!late.is_finished(), "{moment}: a second is left");
        exchange(address, "POST /_sim/clock/advance", br#"{"seconds":1}"#).await;
        assert!(late.await.unwrap().starts_with("HTTP/1.1 200"), "{moment}");
        assert_eq!(orders(address).await, before + 1, "{moment}");
    }
    // Nobody has to wait for what is not awaited any more.
    let (address, _stop, _server) = started().await;
    fault(address, r#"{"fault":"delay","ms":5000}"#).await;
    let mut impatient = TcpStream::connect(address).await.unwrap();
    impatient.write_all(purchase().as_bytes()).await.unwrap();
    drop(impatient);
    assert!(exchange(address, "GET /_sim/clock", b"").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_kept_connection_ends_at_the_next_request() {
    let (address, _stop, _server) = started().await;
    fault(address, r#"{"fault":"close","moment":"next_request"}"#).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let list = format!("{}connection: keep-alive\r\n\r\n", PURCHASE.replace("POST", "GET").replace("/purchase", ""));
    stream.write_all(list.as_bytes()).await.unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    tokio::time::sleep(Duration::from_millis(50)).await;
    stream.write_all(list.as_bytes()).await.unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(!String::from_utf8_lossy(&rest).contains("HTTP/1.1"), "a second answer");
    assert!(raw(address, &list.replace("keep-alive", "close")).await.starts_with("HTTP/1.1 200"));
}
