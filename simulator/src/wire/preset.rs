//! Rules under a name, for what one often wants to rehearse.

use serde::{Deserialize, Serialize};

use super::{ClientFault, ClientFaultKind, Moment};
use crate::fault::{Fault, FaultKind};

/// A set of rules.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// One request in ten never arrives, one answer in ten is lost, one in ten comes three seconds late.
    FlakyNetwork,
    /// No order arrives at the carrier, and no question about one.
    CarrierOutage,
    /// The carrier's answers to orders are lost; what was done is found at the second question.
    SlowCarrier,
    /// One request in three is one too many: 429, to come again in two seconds.
    RateLimited,
}

/// A rule for every request, without end.
const EVERY_REQUEST: ClientFault = ClientFault {
    fault: ClientFaultKind::Close,
    moment: None,
    ms: None,
    status: None,
    retry_after: None,
    as_date: false,
    bytes: None,
    bytes_per_s: None,
    dialect: None,
    account: None,
    method: None,
    path: None,
    after: 0,
    count: u32::MAX,
    percent: 100,
};

impl Preset {
    /// Its rules on the carrier's side, and on the client's.
    #[must_use]
    pub fn rules(self) -> (Vec<Fault>, Vec<ClientFault>) {
        let (carrier, client): (&[(FaultKind, &str, u32)], Vec<ClientFault>) = match self {
            Self::FlakyNetwork => (&[], flaky_network().into()),
            Self::CarrierOutage => (
                &[(FaultKind::LoseRequest, "order", u32::MAX), (FaultKind::LoseRequest, "query_order", u32::MAX)],
                Vec::new(),
            ),
            Self::SlowCarrier => {
                (&[(FaultKind::LoseReply, "order", u32::MAX), (FaultKind::LoseReply, "query_order", 1)], Vec::new())
            }
            Self::RateLimited => (&[], vec![rate_limited()]),
        };
        let carrier = carrier.iter().map(|(fault, action, count)| Fault {
            fault: *fault,
            action: (*action).into(),
            dialect: None,
            account: None,
            after: 0,
            count: *count,
        });
        (carrier.collect(), client)
    }
}

/// Each rule looks at what the ones before it have let pass: 10 of 100, 11 of 90, 12 of 80.
fn flaky_network() -> [ClientFault; 3] {
    let close = |moment, percent| ClientFault { moment: Some(moment), percent, ..EVERY_REQUEST };
    let late = ClientFault { fault: ClientFaultKind::Delay, ms: Some(3000), percent: 12, ..EVERY_REQUEST };
    [close(Moment::BeforeWork, 10), close(Moment::AfterWork, 11), late]
}

fn rate_limited() -> ClientFault {
    let (fault, status, retry_after) = (ClientFaultKind::Status, Some(429), Some(2));
    ClientFault { fault, status, retry_after, percent: 33, ..EVERY_REQUEST }
}
