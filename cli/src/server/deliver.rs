//! Webhook delivery: sends due messages to endpoints on this machine, and records the results. No handler waits for it.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::http::Request;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use ringup_simulator::WorldName;
use ringup_simulator::retailer::DeliveryRequest;
use ringup_simulator::webhooks::Destination;
use ringup_simulator::world::{AttemptOutcome, EndpointId};
use ringup_simulator::worlds::{Busy, Outgoing};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::Shared;

/// The timeout of an endpoint.
const PATIENCE: Duration = Duration::from_secs(5);

/// The stored part of an answer's body, in bytes.
const ANSWER_BYTES_MAX: usize = 4000;

/// Sends due messages after every wake.
pub(super) async fn keep_delivering(shared: Shared) {
    let mut busy = Busy::new();
    let mut sending = JoinSet::new();
    loop {
        let (state, ready) = (Shared::clone(&shared), busy.clone());
        let due = tokio::task::spawn_blocking(move || state.worlds.due_deliveries(&ready)).await.unwrap_or_default();
        for outgoing in due {
            busy.insert(endpoint_of(&outgoing));
            let own = shared.address;
            sending.spawn(async move {
                let outcome = send(&outgoing.due.request, own).await;
                (outgoing, outcome)
            });
        }
        tokio::select! {
            () = shared.wake.notified() => {}
            Some(Ok((outgoing, outcome))) = sending.join_next() => {
                busy.remove(&endpoint_of(&outgoing));
                let state = Shared::clone(&shared);
                let _ = tokio::task::spawn_blocking(move || state.worlds.sent(&outgoing, outcome)).await;
            }
        }
    }
}

fn endpoint_of(outgoing: &Outgoing) -> (Option<WorldName>, EndpointId) {
    (outgoing.world.clone(), outgoing.due.request.endpoint.clone())
}

/// Sends a message once per copy; the last answer counts.
async fn send(request: &DeliveryRequest, own: SocketAddr) -> AttemptOutcome {
    let mut outcome = post(request, own).await;
    for _ in 1..request.copies {
        outcome = post(request, own).await;
    }
    outcome
}

async fn post(request: &DeliveryRequest, own: SocketAddr) -> AttemptOutcome {
    let begun = Instant::now();
    let exchange = async { exchange(&request.destination, http_request(request)?, own).await };
    match timeout(PATIENCE, exchange).await {
        Ok(Ok((code, answer))) => {
            let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            AttemptOutcome::Answered { code, answer, took_ms }
        }
        Ok(Err(reason)) => AttemptOutcome::Unanswered { reason },
        Err(_) => AttemptOutcome::Unanswered { reason: format!("no answer within {} s", PATIENCE.as_secs()) },
    }
}

fn http_request(delivery: &DeliveryRequest) -> Result<Request<Full<Bytes>>, String> {
    let mut request = Request::post(delivery.destination.path.as_str()).header("Host", &delivery.destination.host);
    for (name, value) in &delivery.headers {
        request = request.header(name, value);
    }
    let body = Full::new(Bytes::from(delivery.body.clone()));
    request.body(body).map_err(|error| format!("the message cannot be sent: {error}"))
}

async fn exchange(
    destination: &Destination,
    request: Request<Full<Bytes>>,
    own: SocketAddr,
) -> Result<(u16, String), String> {
    let stream = connect(destination, own).await?;
    let broken = |error: hyper::Error| format!("the connection has broken: {error}");
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // The connection ends with the request: nothing is kept alive.
    let running = tokio::spawn(connection);
    let answered = sender.send_request(request).await.map_err(broken);
    let read = match answered {
        Ok(response) => Ok((response.status().as_u16(), beginning(response.into_body()).await)),
        Err(reason) => Err(reason),
    };
    running.abort();
    read
}

/// Resolves no names and follows no redirects: the connection stays on this machine, and never leads to the simulator itself,
/// which a customer's message would drive.
async fn connect(destination: &Destination, own: SocketAddr) -> Result<TcpStream, String> {
    let mut reason = String::from("it has no address");
    for socket in &destination.sockets {
        if socket.port() == own.port() && (own.ip().is_unspecified() || socket.ip() == own.ip()) {
            reason = format!("{socket} is the simulator itself, which takes no messages");
            continue;
        }
        match TcpStream::connect(socket).await {
            Ok(stream) => return Ok(stream),
            Err(error) => reason = format!("nobody listens at {socket}: {error}"),
        }
    }
    Err(reason)
}

/// The beginning of an answer's body, as text.
async fn beginning(mut body: Incoming) -> String {
    let mut bytes = Vec::new();
    while let Some(Ok(frame)) = body.frame().await {
        bytes.extend(frame.data_ref().into_iter().flatten());
        if ANSWER_BYTES_MAX <= bytes.len() {
            break;
        }
    }
    bytes.truncate(ANSWER_BYTES_MAX);
    String::from_utf8_lossy(&bytes).into_owned()
}
