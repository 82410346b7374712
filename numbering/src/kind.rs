//! Number kinds, as a numbering plan distinguishes them.

/// The kind of a number by its digits alone. `shop::NumberType` is the type that a carrier sells it as.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", ringup_derive::data(serde), serde(rename_all = "snake_case"))]
pub enum NumberKind {
    /// A geographic fixed line.
    FixedLine,
    /// A number of a mobile network.
    Mobile,
    /// A fixed line or a mobile number; the digits do not tell.
    FixedLineOrMobile,
    /// The called party pays.
    TollFree,
    /// The caller pays more than for other calls.
    PremiumRate,
    /// Caller and called party share the cost.
    SharedCost,
    /// Voice over IP.
    Voip,
    /// A number that follows a person from line to line.
    PersonalNumber,
    /// A paging service.
    Pager,
    /// One number for a whole company (universal access number).
    Uan,
    /// Access to voice mail.
    Voicemail,
}

impl NumberKind {
    /// Every kind, in the order of the plan's table, where the first is 1.
    pub const ALL: [Self; 11] = [
        Self::FixedLine,
        Self::Mobile,
        Self::FixedLineOrMobile,
        Self::TollFree,
        Self::PremiumRate,
        Self::SharedCost,
        Self::Voip,
        Self::PersonalNumber,
        Self::Pager,
        Self::Uan,
        Self::Voicemail,
    ];

    /// The name that libphonenumber uses, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FixedLine => "fixed_line",
            Self::Mobile => "mobile",
            Self::FixedLineOrMobile => "fixed_line_or_mobile",
            Self::TollFree => "toll_free",
            Self::PremiumRate => "premium_rate",
            Self::SharedCost => "shared_cost",
            Self::Voip => "voip",
            Self::PersonalNumber => "personal_number",
            Self::Pager => "pager",
            Self::Uan => "uan",
            Self::Voicemail => "voicemail",
        }
    }
}
