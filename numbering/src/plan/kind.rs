//! The number of each kind in the table.

use crate::NumberKind;

impl NumberKind {
    pub(crate) fn from_table(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number.checked_sub(1)?)).copied()
    }

    pub(crate) const fn in_table(self) -> u8 {
        match self {
            Self::FixedLine => 1,
            Self::Mobile => 2,
            Self::FixedLineOrMobile => 3,
            Self::TollFree => 4,
            Self::PremiumRate => 5,
            Self::SharedCost => 6,
            Self::Voip => 7,
            Self::PersonalNumber => 8,
            Self::Pager => 9,
            Self::Uan => 10,
            Self::Voicemail => 11,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_knows_every_kind() {
        for kind in NumberKind::ALL {
            assert_eq!(NumberKind::from_table(kind.in_table()), Some(kind));
        }
        assert_eq!(NumberKind::from_table(0), None);
    }
}
