//! The client's side of the wire: rules that spoil what a client sends to a system, or what it is answered.
//!
//! A [`Verdict`] is data. The server, which holds the socket, carries it out: it closes, waits or cuts at the named moment.

mod preset;

use ringup_core::{AccountId, Timestamp};
use serde::{Deserialize, Serialize};

pub use self::preset::Preset;
use crate::http::{Body, JSON, Request, Response};
use crate::world::chance::draw;

/// What a rule does.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientFaultKind {
    /// The connection is closed.
    Close,
    /// The request, or its answer, is late.
    Delay,
    /// A gateway answers in the system's place, in HTML.
    Status,
    /// The connection is closed within the body of the answer.
    Cut,
    /// The body comes slowly.
    Slow,
    /// The body is no JSON.
    Garble,
}

/// When it happens.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// Before the body of the request is read.
    BeforeReading,
    /// After the request is read, and before anything of it is done.
    BeforeWork,
    /// After the work is done, and before its answer is sent.
    AfterWork,
    /// After the headers of the answer.
    AfterHeaders,
    /// After the answer, when the client sends its next request on the same connection.
    NextRequest,
}

/// A rule: what it does, to which requests, and how many of them it will still meet.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ClientFault {
    /// What it does.
    pub fault: ClientFaultKind,
    /// When; each kind has a moment of its own if the rule names none.
    #[serde(default)]
    pub moment: Option<Moment>,
    /// Of `delay`: by how much, in milliseconds of the world's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ms: Option<u32>,
    /// Of `status`: 429, 500, 502, 503 or 504.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Of `status`: after how many seconds to come again (`Retry-After`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// Of `status`: whether `Retry-After` is a date.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_date: bool,
    /// Of `cut`: after how many bytes of the body; half of it, if the rule does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u32>,
    /// Of `slow`: how many bytes come in a second of real time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes_per_s: Option<u32>,
    /// Only requests to this system.
    #[serde(default)]
    pub dialect: Option<String>,
    /// Only requests that are signed for this account.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// Only requests with this method.
    #[serde(default)]
    pub method: Option<String>,
    /// Only requests to this path, from the server's root; with `*` at its end, to the paths that begin so.
    #[serde(default)]
    pub path: Option<String>,
    /// How many requests it will still let pass.
    #[serde(default)]
    pub after: u32,
    /// How many requests it will still meet after those.
    #[serde(default = "once")]
    pub count: u32,
    /// How many of a hundred requests it meets, drawn from the world's seed.
    #[serde(default = "always")]
    pub percent: u8,
}

/// The rules, and how often each was met.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct ClientFaults {
    rules: Vec<Rule>,
}

/// A rule, what it has met, and how many requests it has looked at.
#[derive(Clone, Debug, Serialize)]
struct Rule {
    #[serde(flatten)]
    fault: ClientFault,
    hits: u32,
    #[serde(skip)]
    looked_at: u64,
}

/// What becomes of one exchange, for the server to carry out.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The connection is closed.
    Close(Moment),
    /// Nobody answers before this instant of the world's clock.
    Wait {
        /// Before or after the work.
        moment: Moment,
        /// Until when.
        until: Timestamp,
    },
    /// A gateway's answer.
    Status {
        /// Before or after the work.
        moment: Moment,
        /// The status.
        status: u16,
        /// After how many seconds to come again.
        retry_after: Option<u32>,
        /// Whether that is told as a date.
        as_date: bool,
    },
    /// The connection is closed after these bytes of the body, or after half of them.
    Cut(Option<u32>),
    /// The number of bytes that come in a second.
    Slow(u32),
    /// The body is no JSON.
    Garble,
}

impl ClientFaults {
    /// Switches a rule on.
    pub fn add(&mut self, fault: ClientFault) {
        self.rules.push(Rule { fault, hits: 0, looked_at: 0 });
    }

    /// Switches all of them off.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// How many there are, used up or not.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The first rule that meets a request; it uses up one of its count. `is_signed_by` says whether an account has signed it.
    pub(crate) fn judge(
        &mut self,
        (seed, now): (u64, Timestamp),
        dialect: &str,
        request: &Request,
        is_signed_by: impl Fn(&AccountId) -> bool,
    ) -> Option<Verdict> {
        for (place, rule) in self.rules.iter_mut().enumerate() {
            let fault = &mut rule.fault;
            if !fault.meets(dialect, request) || fault.account.as_ref().is_some_and(|account| !is_signed_by(account)) {
                continue;
            }
            if 0 < fault.after {
                fault.after = fault.after.saturating_sub(1);
                continue;
            }
            rule.looked_at = rule.looked_at.saturating_add(1);
            let drawn = draw(seed, &format!("client_fault/{place}"), rule.looked_at).checked_rem(100);
            if u128::from(fault.percent) <= drawn.unwrap_or_default() {
                continue;
            }
            fault.count = fault.count.saturating_sub(1);
            rule.hits = rule.hits.saturating_add(1);
            return Some(fault.verdict(now));
        }
        None
    }
}

impl ClientFault {
    /// The moment of the rule.
    #[must_use]
    pub fn moment(&self) -> Moment {
        self.moment.unwrap_or(match self.fault {
            ClientFaultKind::Status => Moment::BeforeWork,
            ClientFaultKind::Close | ClientFaultKind::Delay => Moment::AfterWork,
            ClientFaultKind::Cut | ClientFaultKind::Slow | ClientFaultKind::Garble => Moment::AfterHeaders,
        })
    }

    /// The moments that a kind of rule may have.
    #[must_use]
    pub const fn moments(kind: ClientFaultKind) -> &'static [Moment] {
        use Moment::{AfterHeaders, AfterWork, BeforeReading, BeforeWork, NextRequest};
        match kind {
            ClientFaultKind::Close => &[BeforeReading, BeforeWork, AfterWork, AfterHeaders, NextRequest],
            ClientFaultKind::Delay | ClientFaultKind::Status => &[BeforeWork, AfterWork],
            ClientFaultKind::Cut | ClientFaultKind::Slow | ClientFaultKind::Garble => &[AfterHeaders],
        }
    }

    fn meets(&self, dialect: &str, request: &Request) -> bool {
        let path = request.path.split('?').next().unwrap_or_default();
        let meets_path = |wanted: &String| match wanted.strip_suffix('*') {
            Some(beginning) => path.starts_with(beginning),
            None => path == wanted,
        };
        0 < self.count
            && self.dialect.as_ref().is_none_or(|wanted| wanted == dialect)
            && self.method.as_ref().is_none_or(|wanted| *wanted == request.method)
            && self.path.as_ref().is_none_or(meets_path)
    }

    fn verdict(&self, now: Timestamp) -> Verdict {
        let moment = self.moment();
        match self.fault {
            ClientFaultKind::Close => Verdict::Close(moment),
            ClientFaultKind::Delay => {
                Verdict::Wait { moment, until: now.plus_millis(i64::from(self.ms.unwrap_or_default())) }
            }
            ClientFaultKind::Status => {
                let (status, retry_after) = (self.status.unwrap_or(503), self.retry_after);
                Verdict::Status { moment, status, retry_after, as_date: self.as_date }
            }
            ClientFaultKind::Cut => Verdict::Cut(self.bytes),
            ClientFaultKind::Slow => Verdict::Slow(self.bytes_per_s.unwrap_or(1)),
            ClientFaultKind::Garble => Verdict::Garble,
        }
    }
}

impl Verdict {
    /// Whether the work is never done.
    #[must_use]
    pub const fn spares_the_work(self) -> bool {
        matches!(
            self,
            Self::Close(Moment::BeforeReading | Moment::BeforeWork) | Self::Status { moment: Moment::BeforeWork, .. }
        )
    }

    /// The answer that a client gets in the place of this one; the same, where only its sending is spoilt.
    #[must_use]
    pub(crate) fn answer(self, answer: Response, now: Timestamp) -> Response {
        match self {
            Self::Status { status, retry_after, as_date, .. } => gateway(status, retry_after, as_date, now),
            Self::Garble => garbled(answer),
            Self::Close(_) | Self::Wait { .. } | Self::Cut(_) | Self::Slow(_) => answer,
        }
    }
}

/// The page of a gateway whose server does not answer, as nginx writes it (`ngx_http_special_response.c`).
fn gateway(status: u16, retry_after: Option<u32>, as_date: bool, now: Timestamp) -> Response {
    let reason = match status {
        429 => "429 Too Many Requests",
        500 => "500 Internal Server Error",
        502 => "502 Bad Gateway",
        503 => "503 Service Temporarily Unavailable",
        _ => "504 Gateway Time-out",
    };
    let page = format!(
        "<html>\r\n<head><title>{reason}</title></head>\r\n<body>\r\n<center><h1>{reason}</h1></center>\r\n\
         <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    let page = Response::html(status, page);
    match retry_after {
        None => page,
        Some(seconds) if as_date => page.with("retry-after", http_date(now.plus_seconds(seconds))),
        Some(seconds) => page.with("retry-after", seconds.to_string()),
    }
}

/// RFC 9110 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(at: Timestamp) -> String {
    let instant = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or(jiff::Timestamp::MAX);
    jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&instant).unwrap_or_default()
}

/// The same under its JSON type, with a body that is none: its first half, and then what no JSON has.
fn garbled(answer: Response) -> Response {
    let Body::Json(value) = &answer.body else { return answer };
    let text = value.to_string();
    let half: String = text.chars().take(text.chars().count().div_euclid(2)).collect();
    let headers = answer.headers.into_iter().filter(|(name, _)| name != "content-type");
    Response { headers: headers.collect(), ..Response::html(answer.status, format!("{half}\u{fffd}<")) }.of_type(JSON)
}

const fn once() -> u32 {
    1
}

const fn always() -> u8 {
    100
}

#[cfg(test)]
mod tests;
