//! Capabilities: what a number can carry.

use ringup_derive::data;

/// What a number can carry.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Capabilities {
    /// Voice calls.
    pub voice: bool,
    /// Text messages.
    pub sms: bool,
    /// Multimedia messages.
    pub mms: bool,
    /// Faxes.
    pub fax: bool,
}

impl Capabilities {
    /// Whether every capability of `wanted` is among these.
    pub(crate) fn include(self, wanted: Self) -> bool {
        self.each().into_iter().zip(wanted.each()).all(|(has, wanted)| has || !wanted)
    }

    pub(crate) fn count(self) -> usize {
        self.each().into_iter().filter(|has| *has).count()
    }

    /// Whether no capability is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    const fn each(self) -> [bool; 4] {
        let Self { voice, sms, mms, fax } = self;
        [voice, sms, mms, fax]
    }
}
