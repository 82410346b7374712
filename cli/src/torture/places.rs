//! The places where a fault can meet a client: each of its requests, on both sides of the wire.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// One place, or none.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Place {
    /// Nothing happens.
    Calm,
    /// A fault on the client's side meets its request of this place, from 1.
    Client(usize, &'static Trouble),
    /// Faults between the system and its carrier.
    Carrier(&'static Trouble),
}

/// A kind of trouble.
#[derive(Debug, Eq, PartialEq)]
pub struct Trouble {
    /// In words.
    title: &'static str,
    /// Its faults, as `POST /_sim/faults` takes them.
    faults: &'static str,
}

/// What can happen to a request and its answer.
static ON_THE_WIRE: [Trouble; 10] = [
    Trouble { title: "the request is lost", faults: r#"[{"fault":"close","moment":"before_work"}]"# },
    Trouble { title: "the answer is lost", faults: r#"[{"fault":"close","moment":"after_work"}]"# },
    Trouble {
        title: "the answer breaks off after its headers",
        faults: r#"[{"fault":"close","moment":"after_headers"}]"#,
    },
    Trouble { title: "the answer breaks off in its body", faults: r#"[{"fault":"cut"}]"# },
    Trouble { title: "the answer is no JSON", faults: r#"[{"fault":"garble"}]"# },
    Trouble { title: "a gateway answers 502, and nothing is done", faults: r#"[{"fault":"status","status":502}]"# },
    Trouble {
        title: "a gateway answers 504, and it is done",
        faults: r#"[{"fault":"status","status":504,"moment":"after_work"}]"#,
    },
    Trouble {
        title: "429, to come again in 2 seconds",
        faults: r#"[{"fault":"status","status":429,"retry_after":2}]"#,
    },
    Trouble {
        title: "503, to come again at an instant in 2 seconds",
        faults: r#"[{"fault":"status","status":503,"retry_after":2,"as_date":true}]"#,
    },
    Trouble { title: "the answer comes 3 seconds late", faults: r#"[{"fault":"delay","ms":3000}]"# },
];

/// What can happen between the system and its carrier.
static BEHIND_THE_SYSTEM: [Trouble; 4] = [
    Trouble { title: "the carrier refuses the order", faults: r#"[{"fault":"refuse","action":"order"}]"# },
    Trouble {
        title: "the carrier's answer to the order is lost",
        faults: r#"[{"fault":"lose_reply","action":"order"}]"#,
    },
    Trouble {
        title: "the carrier's answers are lost, for as long as the client waits",
        faults: r#"[{"fault":"lose_reply","action":"order"},{"fault":"lose_reply","action":"query_order","count":3}]"#,
    },
    Trouble { title: "the order arrives twice at the carrier", faults: r#"[{"fault":"duplicate","action":"order"}]"# },
];

/// All places of a client that sends `requests` requests in a calm world.
pub(super) fn all(requests: usize) -> Vec<Place> {
    let on_the_wire = (1..=requests).flat_map(|request| ON_THE_WIRE.iter().map(move |it| Place::Client(request, it)));
    on_the_wire.chain(BEHIND_THE_SYSTEM.iter().map(Place::Carrier)).collect()
}

impl Place {
    /// The faults of the place, for one system.
    pub(super) fn faults(&self, dialect: &str) -> Result<Vec<Value>, String> {
        let (after, trouble) = match self {
            Self::Calm => return Ok(Vec::new()),
            Self::Client(request, trouble) => (Some(request.saturating_sub(1)), trouble),
            Self::Carrier(trouble) => (None, trouble),
        };
        let mut faults: Vec<Value> = serde_json::from_str(trouble.faults).map_err(|error| error.to_string())?;
        for fault in faults.iter_mut().filter_map(Value::as_object_mut) {
            fault.insert("dialect".into(), json!(dialect));
            fault.extend(after.map(|after| ("after".into(), json!(after))));
        }
        Ok(faults)
    }

    /// The place in words.
    pub(super) fn title(&self) -> String {
        match self {
            Self::Calm => "nothing happens".to_owned(),
            Self::Client(request, trouble) => format!("request {request}: {}", trouble.title),
            Self::Carrier(trouble) => trouble.title.to_owned(),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        writer.serialize_str(&self.title())
    }
}
