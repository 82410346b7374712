//! What a number can do.

use ringup_derive::data;

/// What a number can do.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Capabilities {
    /// Calls.
    pub voice: bool,
    /// Text messages.
    pub sms: bool,
    /// Multimedia messages.
    pub mms: bool,
    /// Faxes.
    pub fax: bool,
}

impl Capabilities {
    /// Whether these are at least those.
    pub(crate) fn include(self, wanted: Self) -> bool {
        self.each().into_iter().zip(wanted.each()).all(|(has, wanted)| has || !wanted)
    }

    /// How many there are.
    pub(crate) fn count(self) -> usize {
        self.each().into_iter().filter(|has| *has).count()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    const fn each(self) -> [bool; 4] {
        let Self { voice, sms, mms, fax } = self;
        [voice, sms, mms, fax]
    }
}
