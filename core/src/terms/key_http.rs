//! How an idempotency key travels over HTTP, and what a repeat is answered there. The core decides without it; it is for
//! the server in front of the core, so that a system's manners are data.

use alloc::{format, string::String, vec::Vec};

use crate::base::diagnostic::Diagnostic;
use ringup_derive::data;

/// How a key travels over HTTP, and what a repeat is answered there.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct KeyHttp {
    /// Where the client writes the key.
    pub location: KeyLocation,
    /// The name of the header or of the body's field.
    pub name: String,
    /// The status of the answer to a request without a key. Absent: a key is optional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub missing: Option<u16>,
    /// The status of the answer if the key belongs to another request.
    pub reused: u16,
    /// What a repeat gets while the first attempt has not ended. Absent: the state of the purchase, as the first attempt
    /// got it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unfinished: Option<UnfinishedAnswer>,
    /// The header that tells a repeat from a first attempt. Absent: none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub replayed: Option<ReplayedHeader>,
}

/// Where a client writes its key.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum KeyLocation {
    /// A header of the request.
    Header,
    /// A field of the JSON body.
    Body,
}

/// What a repeat gets while the first attempt has not ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct UnfinishedAnswer {
    /// The status.
    pub status: u16,
    /// The header `Retry-After`, in seconds. Absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retry_after_s: Option<u32>,
}

/// The header that tells a repeat from a first attempt. A case without a value has no header.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct ReplayedHeader {
    /// The name of the header.
    pub name: String,
    /// Its value if the request was carried out now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub first: Option<String>,
    /// Its value if the first attempt has not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unfinished: Option<String>,
    /// Its value if the answer is that of an attempt that has ended.
    pub repeated: String,
}

impl KeyHttp {
    /// The mistakes in it. Each points into `/policy/idempotency/http`.
    pub(crate) fn mistakes(&self) -> impl Iterator<Item = Diagnostic> {
        let place = "/policy/idempotency/http";
        let mut mistakes = Vec::new();
        for (name, path) in [(Some(&self.name), "name"), (self.replayed.as_ref().map(|it| &it.name), "replayed/name")] {
            let is_token = |name: &String| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
            if name.is_some_and(|name| !is_token(name)) {
                let help = "write the name as clients send it, such as `Idempotency-Key`";
                mistakes.push(Diagnostic::value(format!("{place}/{path}"), "the name is empty or has a blank", help));
            }
        }
        let unfinished = self.unfinished.map(|answer| answer.status);
        for (status, path, least) in
            [(self.missing, "missing", 400), (Some(self.reused), "reused", 400), (unfinished, "unfinished/status", 200)]
        {
            if let Some(status) = status.filter(|status| !(least..=599).contains(status)) {
                let message = format!("{status} is no HTTP status that says so");
                let help = format!("write a status from {least} to 599");
                mistakes.push(Diagnostic::value(format!("{place}/{path}"), message, help));
            }
        }
        mistakes.into_iter()
    }
}
