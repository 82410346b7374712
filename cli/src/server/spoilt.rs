//! Carries out a verdict on the client's side of the wire: what [`ringup_simulator::wire`] decides, done to a socket.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response as AxumResponse;
use http_body_util::BodyExt as _;
use http_body_util::channel::{Channel, Sender};
use ringup_core::Timestamp;
use ringup_simulator::http::Request;
use ringup_simulator::wire::{Moment, Verdict};
use ringup_simulator::world::ClockMode;

use super::connections::{HangUp, HangUpNext};
use super::{Shared, to_axum, worked};

/// How long the first part of an answer has to reach the client before the connection ends.
const AHEAD: Duration = Duration::from_millis(50);

/// How often a slow body sends a part.
const BEAT: Duration = Duration::from_millis(100);

/// No answer: the connection ends.
pub(super) fn hang_up() -> AxumResponse {
    let mut answer = AxumResponse::new(Body::empty());
    answer.extensions_mut().insert(HangUp);
    answer
}

/// Answers a request as the verdict says. `head` is the request as the rules saw it.
pub(super) async fn answer(shared: &Shared, verdict: Verdict, head: &Request, request: Request) -> AxumResponse {
    if let Verdict::Wait { moment: Moment::BeforeWork, until } = verdict {
        wait(shared, head, until).await;
    }
    let response = worked(shared, request, Some(verdict)).await;
    match verdict {
        Verdict::Close(Moment::BeforeReading | Moment::BeforeWork | Moment::AfterWork) => return hang_up(),
        Verdict::Wait { moment: Moment::AfterWork, until } => wait(shared, head, until).await,
        Verdict::Wait { .. } | Verdict::Close(_) | Verdict::Status { .. } => {}
        Verdict::Cut(_) | Verdict::Slow(_) | Verdict::Garble => {}
    }
    let mut answer = to_axum(response);
    match verdict {
        Verdict::Close(Moment::AfterHeaders) => in_parts(answer, |sender, _| cut(sender, Bytes::new())).await,
        Verdict::Cut(bytes) => {
            in_parts(answer, |sender, body| {
                let half = body.len().div_euclid(2);
                let length = bytes.map_or(half, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
                cut(sender, body.slice(..length.min(body.len())))
            })
            .await
        }
        Verdict::Slow(bytes_per_s) => in_parts(answer, |sender, body| trickle(sender, body, bytes_per_s)).await,
        Verdict::Close(Moment::NextRequest) => {
            answer.extensions_mut().insert(HangUpNext);
            answer
        }
        Verdict::Close(_) | Verdict::Wait { .. } | Verdict::Status { .. } | Verdict::Garble => answer,
    }
}

/// Waits until the clock of the request's world has passed an instant, or the world is gone. A client that hangs up ends it.
async fn wait(shared: &Shared, head: &Request, until: Timestamp) {
    loop {
        let moved = shared.moved.notified();
        let Some((mode, now)) = shared.worlds.clock(head) else { return };
        let Ok(left) = u64::try_from(until.as_millis().saturating_sub(now.as_millis())) else { return };
        match (mode, left) {
            (_, 0) => return,
            (ClockMode::Manual, _) => moved.await,
            (ClockMode::Wall, left) => {
                tokio::select! {
                    () = moved => {}
                    () = tokio::time::sleep(Duration::from_millis(left)) => {}
                }
            }
        }
    }
}

type Parts = Sender<Bytes, std::io::Error>;

/// The same answer, its length told, with a body that `send` sends in parts.
async fn in_parts<F: Future<Output = ()> + Send + 'static>(
    answer: AxumResponse,
    send: impl FnOnce(Parts, Bytes) -> F,
) -> AxumResponse {
    let (mut parts, body) = answer.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let (sender, channel) = Channel::<Bytes, std::io::Error>::new(1);
    tokio::spawn(send(sender, body));
    AxumResponse::from_parts(parts, Body::new(channel))
}

/// Sends a beginning, and breaks off once that has left.
async fn cut(mut sender: Parts, beginning: Bytes) {
    if !beginning.is_empty() {
        let _ = sender.send_data(beginning).await;
    }
    tokio::time::sleep(AHEAD).await;
    sender.abort(std::io::Error::other("the connection was closed by a fault"));
}

/// Sends `bytes_per_s` bytes in a second.
async fn trickle(mut sender: Parts, mut body: Bytes, bytes_per_s: u32) {
    let beats = usize::try_from(Duration::from_secs(1).as_millis().div_euclid(BEAT.as_millis())).unwrap_or(1);
    let (part, pause) = match usize::try_from(bytes_per_s).unwrap_or(usize::MAX).div_euclid(beats.max(1)) {
        0 => (1, Duration::from_secs(1).checked_div(bytes_per_s).unwrap_or(BEAT)),
        part => (part, BEAT),
    };
    while !body.is_empty() {
        let part = body.split_to(part.min(body.len()));
        if sender.send_data(part).await.is_err() {
            return;
        }
        tokio::time::sleep(pause).await;
    }
}
