//! The clock, and resetting the world.

use ringup_core::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Answer, ok};
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::simulation::Simulation;
use crate::world::END;

/// A hundred years: longer than any purchase.
const SECONDS_MAX: u64 = 3_155_760_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    seed: Option<u64>,
}

pub(super) fn show(simulation: &mut Simulation, _: &Call<'_>) -> Answer {
    ok(&render(simulation))
}

pub(super) fn advance(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let Advance { seconds } = body(call.request)?;
    let millis = i64::try_from(seconds.min(SECONDS_MAX)).unwrap_or(i64::MAX).saturating_mul(1000);
    if SECONDS_MAX < seconds {
        let message = format!("{seconds} seconds are more than a hundred years");
        return Err(Problem::new(422, "value_invalid", message).at("/seconds"));
    }
    let end = simulation.retailer().world.now().plus_millis(millis);
    if END < end {
        let message = format!("{seconds} seconds lead past {}, where the clock ends", text(END));
        return Err(Problem::new(422, "value_invalid", message)
            .at("/seconds")
            .help("POST /_sim/reset starts a new world"));
    }
    simulation.retailer.advance_to(end);
    ok(&render(simulation))
}

pub(super) fn reset(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let Reset { seed } = body(call.request)?;
    simulation.reset(seed);
    let mut shown = render(simulation);
    if let Value::Object(fields) = &mut shown {
        fields.insert("seed".into(), simulation.config().seed.into());
    }
    ok(&shown)
}

fn render(simulation: &Simulation) -> Value {
    let clock = &simulation.retailer().world.clock;
    json!({ "now": clock.now(), "now_rfc3339": text(clock.now()), "mode": clock.mode() })
}

/// An instant as RFC 3339. Every instant of the clock has such a text.
fn text(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.as_millis()).map(|instant| instant.to_string()).unwrap_or_default()
}
