//! What the server counts, as Prometheus reads it: requests and their time by system, and worlds.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

/// The media type of what [`Metrics::text`] writes.
pub(super) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The counts since the server has started.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Asked, Histogram, fn() -> Histogram>,
    worlds: Gauge<u64, AtomicU64>,
}

/// Who was asked: a system, `control_plane`, or `none` for what nobody answers.
#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct Asked {
    system: &'static str,
}

/// Who was asked, and the status of the answer.
#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct Answered {
    system: &'static str,
    status: u16,
}

/// From a tenth of a millisecond to 26 seconds.
fn durations() -> Histogram {
    Histogram::new(exponential_buckets(0.0001, 4.0, 10))
}

impl Metrics {
    pub(super) fn new() -> Self {
        let (requests, worlds) = (Family::default(), Gauge::default());
        let durations: fn() -> Histogram = durations;
        let seconds = Family::new_with_constructor(durations);
        let mut registry = Registry::with_prefix("ringup");
        registry.register("requests", "Requests that were answered", Family::clone(&requests));
        registry.register("request_seconds", "How long an answer took", Family::clone(&seconds));
        registry.register("worlds", "Worlds beside the main one", Gauge::clone(&worlds));
        Self { registry, requests, seconds, worlds }
    }

    /// Counts an answer.
    pub(super) fn count(&self, system: &'static str, status: u16, took: Duration) {
        self.requests.get_or_create(&Answered { system, status }).inc();
        self.seconds.get_or_create(&Asked { system }).observe(took.as_secs_f64());
    }

    /// All counts, and how many worlds there are.
    pub(super) fn text(&self, worlds: usize) -> String {
        self.worlds.set(u64::try_from(worlds).unwrap_or(u64::MAX));
        let mut text = String::new();
        if let Err(error) = encode(&mut text, &self.registry) {
            tracing::error!(%error, "the metrics cannot be written");
        }
        text
    }
}
