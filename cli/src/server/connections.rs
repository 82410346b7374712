//! Connections: accepted up to a limit, served, and ended when the server stops, or when an answer says so.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// How many connections are open at once; more wait until one ends.
const CONNECTIONS_MAX: usize = 2048;

/// How long a client may take to send the headers of a request.
const HEADERS_TIME: Duration = Duration::from_secs(30);

/// The time that open requests get when the server stops.
const GRACE: Duration = Duration::from_secs(3);

/// How long nothing is accepted after the machine had no socket left.
const PAUSE: Duration = Duration::from_millis(100);

/// In the extensions of an answer: the connection ends without it.
#[derive(Clone, Copy, Debug)]
pub(super) struct HangUp;

/// In the extensions of an answer: the connection ends at the next request on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct HangUpNext;

/// Serves until `stop` is done; open requests get [`GRACE`].
pub(super) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    tokio::pin!(stop);
    loop {
        let accepted = async {
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { return std::future::pending().await };
            (listener.accept().await, place)
        };
        let (stream, place) = tokio::select! {
            (accepted, place) = accepted => match accepted {
                Ok((stream, _)) => (stream, place),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let connection = graceful.watch(connection(stream, router.clone()));
        tokio::spawn(async move {
            // A client that breaks off is no event.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(GRACE) => {}
    }
}

type Answer = Response<axum::body::Body>;

fn connection(
    stream: TcpStream,
    router: Router,
) -> http1::Connection<
    TokioIo<TcpStream>,
    impl Service<Request<Incoming>, Response = Answer, Error = HungUp, Future: Send>,
> {
    // An answer is short: it is sent at once.
    let _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(router);
    let ends_next = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let service = service_fn(move |request: Request<Incoming>| {
        let ends_next = Arc::clone(&ends_next);
        let answered = (!ends_next.load(ORDER)).then(|| router.call(request));
        async move {
            let Some(answered) = answered else { return Err(HungUp) };
            let answer = answered.await.map_err(|never: Infallible| match never {})?;
            if answer.extensions().get::<HangUp>().is_some() {
                return Err(HungUp);
            }
            if answer.extensions().get::<HangUpNext>().is_some() {
                ends_next.store(true, ORDER);
            }
            Ok(answer)
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_TIME)
        .serve_connection(TokioIo::new(stream), service)
}

const ORDER: std::sync::atomic::Ordering = std::sync::atomic::Ordering::Relaxed;

/// The connection ends without an answer.
#[derive(Debug)]
struct HungUp;

impl fmt::Display for HungUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection was closed by a fault")
    }
}

impl std::error::Error for HungUp {}
