//! The HTTP server around [`Worlds`], each of which handles one request at a time.

mod connections;
mod deliver;
mod guard;
mod metrics;
mod spoilt;

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body as AxumBody;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request as AxumRequest, StatusCode, header};
use axum::response::Response as AxumResponse;
use http_body_util::BodyExt as _;
use ringup_simulator::http::{Body, Request, Response};
use ringup_simulator::router::{answers_at, body_bytes_max, broken_off, too_large};
use ringup_simulator::wire::{Moment, Verdict};
use ringup_simulator::{Worlds, checkout};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer, ExposeHeaders};

pub use self::guard::{Guard, Origin, Token};
use self::metrics::Metrics;
use crate::page;

/// The interval at which a wall clock runs what is due.
const TICK: Duration = Duration::from_millis(250);

type Shared = Arc<AppState>;

struct AppState {
    worlds: Arc<Worlds>,
    guard: Guard,
    /// Where it listens.
    address: SocketAddr,
    metrics: Metrics,
    /// Notified when something may have become due.
    wake: Notify,
    /// Notifies all who wait for a clock when one may have moved.
    moved: Notify,
}

/// Serves the worlds until `stop` is done; open requests are finished.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    listener: TcpListener,
    worlds: Arc<Worlds>,
    guard: Guard,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let allowed = guard.allowed_origins();
    let address = listener.local_addr()?;
    let shared: Shared = Arc::new(AppState {
        worlds,
        guard,
        address,
        metrics: Metrics::new(),
        wake: Notify::new(),
        moved: Notify::new(),
    });
    let ticking = tokio::spawn(tick(Arc::clone(&shared)));
    let delivering = tokio::spawn(deliver::keep_delivering(Arc::clone(&shared)));
    let router = Router::new().fallback(counted);
    // Where nobody is let in, browsers are told nothing.
    let router = if allowed.is_empty() { router } else { router.layer(cors(allowed)) }.with_state(shared);
    connections::serve(listener, router, stop).await;
    ticking.abort();
    delivering.abort();
    Ok(())
}

/// Opens the address.
///
/// # Errors
/// Why it cannot be opened, as a sentence.
pub async fn listen(host: &str, port: u16) -> Result<(TcpListener, SocketAddr), String> {
    let listener = TcpListener::bind((host, port)).await.map_err(|error| {
        if error.kind() == ErrorKind::AddrInUse {
            return format!("port {port} is taken by another program; choose one with --port, or 0 for any free one");
        }
        if error.kind() == ErrorKind::PermissionDenied {
            return format!("no permission to open port {port}; choose one above 1023 with --port");
        }
        format!("`{host}:{port}` cannot be opened: {error}")
    })?;
    let address = listener.local_addr().map_err(|error| format!("the address of the open port is unknown: {error}"))?;
    Ok((listener, address))
}

/// Runs what is due under a wall clock between requests.
async fn tick(shared: Shared) {
    let mut interval = tokio::time::interval(TICK);
    loop {
        interval.tick().await;
        let state = Arc::clone(&shared);
        let _ = tokio::task::spawn_blocking(move || state.worlds.tick()).await;
        shared.wake.notify_one();
        shared.moved.notify_waiters();
    }
}

/// What browsers are told about pages of other origins.
fn cors(allowed: Vec<HeaderValue>) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(allowed))
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(ExposeHeaders::any())
}

/// Answers and counts a request.
async fn counted(State(shared): State<Shared>, request: AxumRequest<AxumBody>) -> AxumResponse {
    let (begun, system) = (Instant::now(), answers_at(request.uri().path()));
    let response = answer(State(Shared::clone(&shared)), request).await;
    shared.metrics.count(system, response.status().as_u16(), begun.elapsed());
    response
}

/// The answer to those that watch the server: whether it lives, whether it is ready, and what it has counted.
fn watched(shared: &Shared, path: &str) -> Option<AxumResponse> {
    match path {
        // The worlds are there before the first connection is.
        "/health" | "/ready" => Some(to_axum(Response::json(200, json!({ "status": "ok" })))),
        "/metrics" => {
            let text = shared.metrics.text(shared.worlds.count());
            Some(bytes(StatusCode::OK, metrics::CONTENT_TYPE, Some("no-store"), text.into_bytes()))
        }
        _ => None,
    }
}

async fn answer(State(shared): State<Shared>, request: AxumRequest<AxumBody>) -> AxumResponse {
    if let Some(answer) = shared.guard.refusal(&request).or_else(|| shared.guard.welcome(&request)) {
        return to_axum(answer);
    }
    let path = request.uri().path();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_read && let Some(answer) = watched(&shared, path) {
        return answer;
    }
    if is_read && let Some(file) = page::file(path, takes_brotli(request.headers())) {
        return page_file(file);
    }
    let (parts, body) = request.into_parts();
    let head = head(&parts);
    let verdict = shared.worlds.verdict(&head);
    if verdict == Some(Verdict::Close(Moment::BeforeReading)) {
        return spoilt::hang_up();
    }
    let request = match read(head.clone(), &parts.headers, body).await {
        Ok(request) => request,
        Err(Unread::TooLarge { path }) => return to_axum(too_large(&path)),
        Err(Unread::BrokenOff { path }) => return to_axum(broken_off(&path)),
    };
    match verdict {
        Some(verdict) => spoilt::answer(&shared, verdict, &head, request).await,
        None => to_axum(worked(&shared, request, None).await),
    }
}

/// The answer of the world that a request means.
async fn worked(shared: &Shared, request: Request, verdict: Option<Verdict>) -> Response {
    // Off the thread that serves other connections: a far advance of the clock takes long.
    let state = Arc::clone(shared);
    let answered = tokio::task::spawn_blocking(move || state.worlds.answer(&request, verdict)).await;
    shared.wake.notify_one();
    shared.moved.notify_waiters();
    answered.unwrap_or_else(|panic| {
        tracing::error!(%panic, "a request was not answered");
        let body = json!({ "error": { "code": "broken", "message": "the simulator has a bug; its log says more" } });
        Response::json(500, body)
    })
}

/// A request whose body was not read.
enum Unread {
    /// It exceeds the size limit.
    TooLarge { path: String },
    /// It broke off, or cannot be decoded.
    BrokenOff { path: String },
}

/// What is read of a body that is too large, so that its client has sent it and reads the answer: a socket that is closed
/// before loses the answer. A client that asks first (`Expect`) has the answer at once.
const DRAINED_BYTES_MAX: usize = 256 * 1024 * 1024;

/// Reads a body.
async fn read_body(headers: &HeaderMap, mut body: AxumBody, path: String) -> Result<(String, Vec<u8>), Unread> {
    let limit = body_bytes_max(&path);
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|declared| limit < declared) && headers.contains_key(header::EXPECT) {
        return Err(Unread::TooLarge { path });
    }
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return Err(Unread::BrokenOff { path }) };
        let Some(data) = frame.data_ref() else { continue };
        length = length.saturating_add(data.len());
        if length <= limit {
            bytes.extend_from_slice(data);
        } else if DRAINED_BYTES_MAX < length {
            break;
        } else {
            bytes = Vec::new();
        }
    }
    if limit < length { Err(Unread::TooLarge { path }) } else { Ok((path, bytes)) }
}

/// Reads the body of a request.
async fn read(head: Request, headers: &HeaderMap, body: AxumBody) -> Result<Request, Unread> {
    let (path, body) = read_body(headers, body, head.path.clone()).await?;
    Ok(Request { path, body, ..head })
}

/// A request without its body.
fn head(parts: &Parts) -> Request {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut read = Request::to(parts.method.as_str(), path);
    for (name, value) in &parts.headers {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let values = read.headers.entry(name.as_str().to_owned()).or_default();
        if values.is_empty() {
            *values = value;
        } else {
            // RFC 9110 5.2: a field that is sent several times is one list.
            *values = format!("{values}, {value}");
        }
    }
    read
}

/// What the page may load: its own files, and WASM among them.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                           connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Whether a client takes answers that Brotli has compressed: RFC 9110 12.5.3.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        name.trim().eq_ignore_ascii_case("br") && !weight.trim_matches(['0', '.']).is_empty()
    })
}

fn page_file(file: page::File) -> AxumResponse {
    let mut response = bytes(StatusCode::OK, file.content_type, Some(file.cache_control), file.bytes);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = file.content_encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

fn to_axum(response: Response) -> AxumResponse {
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut written = match response.body {
        Body::Empty => {
            let mut empty = AxumResponse::new(AxumBody::empty());
            *empty.status_mut() = status;
            empty
        }
        Body::Json(value) => bytes(status, "application/json", None, value.to_string().into_bytes()),
        Body::Html(page) => {
            let mut response = bytes(status, "text/html; charset=utf-8", Some("no-store"), page.into_bytes());
            if let Ok(policy) = HeaderValue::from_str(&checkout::page_policy()) {
                response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
            }
            response
        }
    };
    harden(written.headers_mut());
    for (name, value) in response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name.as_ref()), HeaderValue::from_str(&value)) {
            written.headers_mut().insert(name, value);
        }
    }
    written
}

fn bytes(
    status: StatusCode,
    content_type: &'static str,
    cache_control: Option<&'static str>,
    body: Vec<u8>,
) -> AxumResponse {
    let mut response = AxumResponse::new(AxumBody::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    harden(headers);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Some(cache_control) = cache_control {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
    }
    response
}

/// What keeps a browser from taking an answer for what it is not, or a page of another origin from loading it.
fn harden(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // With `no-referrer` the forms of the checkout would name no origin.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
}

#[cfg(test)]
mod tests;
