//! Kinds of numbers, as a numbering plan tells them apart.

/// What a number is for, by its digits alone. Which of these a carrier sells it as is `shop::NumberType`.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", ringup_derive::data(serde), serde(rename_all = "snake_case"))]
pub enum NumberKind {
    /// A line at a place.
    FixedLine,
    /// A mobile phone.
    Mobile,
    /// One of these two; the digits do not say which.
    FixedLineOrMobile,
    /// Free for the caller.
    TollFree,
    /// Dearer than other calls.
    PremiumRate,
    /// Paid by both ends.
    SharedCost,
    /// Voice over IP.
    Voip,
    /// It follows a person from line to line.
    PersonalNumber,
    /// A pager.
    Pager,
    /// One number for a whole company (universal access number).
    Uan,
    /// Access to voice mail.
    Voicemail,
}

impl NumberKind {
    /// All of them, in the order of the numbers by which the plan's table knows them, from one.
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

    /// libphonenumber's name for it, in lower case.
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
