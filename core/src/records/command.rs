//! Named commands: those that were carried out and must not be carried out twice.

use crate::account::key::Fingerprint;
use crate::base::id::CommandId;
use crate::base::money::Money;
use alloc::string::ToString;
use ringup_derive::data;

/// A command that was carried out. The account keeps it, so that a repeat is known however late it comes.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(undescribed)]
#[serde(deny_unknown_fields)]
pub struct NamedCommand {
    /// The id that the host drew for it.
    pub id: CommandId,
    /// A repeat must have this fingerprint.
    pub fingerprint: Fingerprint,
}

impl NamedCommand {
    pub(crate) fn top_up(id: CommandId, money: Money) -> Self {
        let (currency, amount) = (money.currency(), money.minor_units().to_string());
        Self { id, fingerprint: Fingerprint::of_command(&["top_up", currency.code(), &amount]) }
    }
}
