//! The judgement of a run, from the system's books, the exchanges and the exit code alone.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

/// The exit code of a client that does not know yet whether it has bought: `EX_TEMPFAIL` of `sysexits.h`.
const NOT_KNOWN: i32 = 75;

/// Statuses that say no, whenever the same is asked again.
const REFUSALS: [u64; 8] = [400, 401, 402, 403, 404, 405, 410, 422];

/// How much earlier than told a client may come again, in milliseconds: clocks are read twice.
const TOLERANCE_MS: i64 = 20;

/// What came of a run, the worst first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// More than one number was ordered, whether or not one was given back.
    BoughtTwice,
    /// Money is gone, and no number is held.
    ChargedWithoutNumber,
    /// The client says that it has bought, and no number is held.
    ClaimedWithoutNumber,
    /// The client says that it has not bought, and the number is held.
    GaveUpOwnedNumber,
    /// The client did not end.
    Hung,
    /// The same request was sent again after an answer that says no for good.
    RetriedRefusal,
    /// The client came again before it was told to.
    IgnoredRetryAfter,
    /// One number is held, and the client says so.
    Bought,
    /// No number is held, no money is gone, and the client says so.
    NotBought,
    /// The client says that it does not know. A later look will tell it.
    NotKnown,
}

/// What is looked at.
pub(super) struct Evidence<'a> {
    /// The account's numbers, purchases and money before the client ran.
    pub before: &'a Value,
    /// The same after it, and after every doubt about an order was resolved.
    pub after: &'a Value,
    /// The journal of the world, the oldest exchange first.
    pub exchanges: &'a [Value],
    /// The client's exit code; none, if it was stopped.
    pub exit: Option<i32>,
}

impl Verdict {
    /// Whether a client may end so.
    pub(super) const fn is_safe(self) -> bool {
        matches!(self, Self::Bought | Self::NotBought | Self::NotKnown)
    }

    /// The verdict in words.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::BoughtTwice => "BOUGHT TWICE",
            Self::ChargedWithoutNumber => "CHARGED WITHOUT A NUMBER",
            Self::ClaimedWithoutNumber => "said that it bought, and holds no number",
            Self::GaveUpOwnedNumber => "gave up on a number that it owns",
            Self::Hung => "did not end",
            Self::RetriedRefusal => "sent a refused request again",
            Self::IgnoredRetryAfter => "ignored Retry-After",
            Self::Bought => "safe: bought one number",
            Self::NotBought => "safe: bought nothing, and says so",
            Self::NotKnown => "safe: says that it does not know",
        }
    }
}

/// What came of a run. Of several findings the worst counts.
pub(super) fn judge(evidence: &Evidence<'_>) -> Verdict {
    let (held, bought) = (added(evidence, "numbers"), ordered(evidence));
    let says = match evidence.exit {
        None => Verdict::Hung,
        Some(0) if held == 0 => Verdict::ClaimedWithoutNumber,
        Some(0) => Verdict::Bought,
        Some(NOT_KNOWN) => Verdict::NotKnown,
        Some(_) if 0 < held => Verdict::GaveUpOwnedNumber,
        Some(_) => Verdict::NotBought,
    };
    let found = [
        (1 < bought).then_some(Verdict::BoughtTwice),
        (held == 0 && 0 < spent(evidence)).then_some(Verdict::ChargedWithoutNumber),
        retried_refusal(evidence.exchanges).then_some(Verdict::RetriedRefusal),
        ignored_retry_after(evidence.exchanges).then_some(Verdict::IgnoredRetryAfter),
    ];
    found.into_iter().flatten().fold(says, Ord::min)
}

fn list<'a>(books: &'a Value, name: &str) -> &'a [Value] {
    books[name].as_array().map_or(&[], Vec::as_slice)
}

/// How many more there are after the run than before it.
fn added(evidence: &Evidence<'_>, name: &str) -> usize {
    list(evidence.after, name).len().saturating_sub(list(evidence.before, name).len())
}

/// The purchases that the client has made.
fn made<'a>(evidence: &'a Evidence<'_>) -> impl Iterator<Item = &'a Value> {
    let earlier: BTreeSet<&str> =
        list(evidence.before, "purchases").iter().filter_map(|it| it["purchase"].as_str()).collect();
    list(evidence.after, "purchases")
        .iter()
        .filter(move |purchase| purchase["purchase"].as_str().is_some_and(|id| !earlier.contains(id)))
}

/// How many numbers were activated for the client, whether or not it still holds them.
fn ordered(evidence: &Evidence<'_>) -> usize {
    let activated = |event: &Value| event.pointer("/event/event").is_some_and(|name| name == "number_activated");
    made(evidence).filter(|purchase| list(purchase, "events").iter().any(activated)).count()
}

/// What the client's purchases have cost, in minor units: money that moved into fees, rent, taxes or holds, and is still there.
fn spent(evidence: &Evidence<'_>) -> i64 {
    let mine: BTreeSet<&str> = made(evidence).filter_map(|it| it["purchase"].as_str()).collect();
    let own = ["taken", "wallet", "refunds"];
    let is_own = |book: &Value| book.as_str().is_some_and(|book| own.contains(&book));
    let entries = list(evidence.after, "entries").iter();
    let entries = entries.filter(|entry| entry["purchase"].as_str().is_some_and(|id| mine.contains(id)));
    let moved = entries.map(|entry| {
        let amount = entry.pointer("/money/minor_units").and_then(Value::as_i64).unwrap_or_default();
        match (is_own(&entry["from"]), is_own(&entry["to"])) {
            (true, false) => amount,
            (false, true) => amount.saturating_neg(),
            _ => 0,
        }
    });
    moved.fold(0, i64::saturating_add)
}

/// Whether the same request follows an answer that says no for good.
fn retried_refusal(exchanges: &[Value]) -> bool {
    let is_refusal = |it: &Value| {
        it["spoilt_by"].is_null() && it["status"].as_u64().is_some_and(|status| REFUSALS.contains(&status))
    };
    let is_same = |one: &Value, other: &Value| ["method", "path", "body"].iter().all(|part| one[part] == other[part]);
    exchanges.iter().zip(exchanges.iter().skip(1)).any(|(one, next)| is_refusal(one) && is_same(one, next))
}

/// Whether the next request came before the instant that a gateway had told.
fn ignored_retry_after(exchanges: &[Value]) -> bool {
    exchanges.iter().zip(exchanges.iter().skip(1)).any(|(one, next)| {
        let seconds = one.pointer("/spoilt_by/status/retry_after").and_then(Value::as_i64);
        let (at, again) = (one["at"].as_i64(), next["at"].as_i64());
        seconds.zip(at.zip(again)).is_some_and(|(seconds, (at, again))| {
            again < at.saturating_add(seconds.saturating_mul(1000)).saturating_sub(TOLERANCE_MS)
        })
    })
}

#[cfg(test)]
mod tests;
