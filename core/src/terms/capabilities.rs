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
    /// None.
    pub(crate) const NONE: Self = Self { voice: false, sms: false, mms: false, fax: false };

    /// The names of those that are set, as in JSON.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        self.each().into_iter().zip(["voice", "sms", "mms", "fax"]).filter_map(|(has, name)| has.then_some(name))
    }

    /// What those that are set carry, as customers read it.
    pub(crate) fn titles(self) -> impl Iterator<Item = &'static str> + Clone {
        let titles = ["voice calls", "text messages", "multimedia messages", "faxes"];
        self.each().into_iter().zip(titles).filter_map(|(has, title)| has.then_some(title))
    }

    /// Those that are among these or among `others`.
    pub(crate) const fn and(self, others: Self) -> Self {
        let Self { voice, sms, mms, fax } = self;
        Self { voice: voice || others.voice, sms: sms || others.sms, mms: mms || others.mms, fax: fax || others.fax }
    }

    /// Those that are among these and not among `others`.
    pub(crate) const fn without(self, others: Self) -> Self {
        let Self { voice, sms, mms, fax } = self;
        Self {
            voice: voice && !others.voice,
            sms: sms && !others.sms,
            mms: mms && !others.mms,
            fax: fax && !others.fax,
        }
    }

    /// Whether every capability of `wanted` is among these.
    #[must_use]
    pub fn include(self, wanted: Self) -> bool {
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
