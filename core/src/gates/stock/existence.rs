//! Existence: where nothing is for sale, the numbering plan tells whether anything could ever be.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use crate::base::words::{LISTED_MAX, all_of, one_of};
use crate::gates::choices::{another_number, elsewhere};
use crate::gates::fix::{Correction, CountryChoice};
use crate::gates::wording::noun;
use crate::gates::{Fact, Family, Input, Refusal, Remedy};
use crate::market::selector::Selector;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::{Country, Existence, NumberKind, NumberReason, NumberShape};

/// No number of the country can be so, by the numbering plan.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct NoSuchNumber {
    /// The selector that was searched for.
    pub selector: Selector,
    /// What the numbering plan says of such numbers.
    pub why: Nonexistence,
}

/// What the numbering plan says of a number that cannot be.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "reason", rename_all = "snake_case", deny_unknown_fields)]
pub enum Nonexistence {
    /// Such numbers are of other types.
    OtherType {
        /// The number type in the request.
        asked: NumberType,
        /// The types of such numbers. Empty: the country has no number of the type.
        found: Vec<NumberType>,
    },
    /// Such numbers are of other countries.
    OtherCountry {
        /// The country in the request.
        asked: Country,
        /// The countries of such numbers.
        found: Vec<Country>,
    },
    /// The field has a prefix that is no part of a number.
    Prefixed {
        /// The field without the prefix.
        text: String,
    },
    /// The country has no numbers of this length.
    WrongLength {
        /// What is wrong with the length.
        length: NumberReason,
    },
    /// There is no such number in any country.
    Unknown,
}

/// `None` if such a number can come on sale.
pub(super) fn judge(input: &Input<'_>, selector: &Selector) -> Result<Option<NoSuchNumber>, Fact> {
    let numbering = input.request.numbering;
    let of_shape = |shape, country| numbering.existence(shape, country).ok_or(Fact::NumberingPlan);
    let why = match selector {
        Selector::Inventory { .. } => None,
        Selector::Exact { number } => {
            let read = numbering.read(&String::from(*number), None).ok_or(Fact::NumberingPlan)?;
            match read.ok().and_then(|read| read.kind) {
                Some(kind) => of_other_type(input.request.number_type, &[kind]),
                None => Some(Nonexistence::Unknown),
            }
        }
        Selector::Any { country, number_type, .. } => {
            let existence = of_shape(NumberShape::Any, *country)?;
            let why = of_existence(existence, *country, *number_type);
            why.map(Nonexistence::of_all_numbers)
        }
        Selector::AreaCode { country, area_code, number_type, .. } => {
            of_existence(of_shape(NumberShape::AreaCode(area_code), *country)?, *country, *number_type)
        }
        Selector::Pattern { country, pattern, number_type, .. } => {
            of_existence(of_shape(NumberShape::Pattern(pattern), *country)?, *country, *number_type)
        }
    };
    Ok(why.map(|why| NoSuchNumber { selector: selector.clone(), why }))
}

fn of_existence(existence: Existence, asked: Country, number_type: Option<NumberType>) -> Option<Nonexistence> {
    match existence {
        Existence::UnknownCountry => None,
        Existence::Exists(kinds) => of_other_type(number_type, &kinds),
        Existence::WrittenAs(text) => Some(Nonexistence::Prefixed { text }),
        Existence::Elsewhere(found) => Some(Nonexistence::OtherCountry { asked, found }),
        Existence::WrongLength(possibility) => Some(match possibility.reason() {
            Some(length) => Nonexistence::WrongLength { length },
            None => Nonexistence::Unknown,
        }),
        Existence::Nowhere => Some(Nonexistence::Unknown),
    }
}

fn of_other_type(asked: Option<NumberType>, kinds: &[NumberKind]) -> Option<Nonexistence> {
    let asked = asked.filter(|asked| !kinds.iter().any(|kind| may_be_sold_as(*kind, *asked)))?;
    let is_found = |number_type: &NumberType| kinds.iter().any(|kind| types(*kind).contains(number_type));
    Some(Nonexistence::OtherType { asked, found: NumberType::ALL.into_iter().filter(is_found).collect() })
}

/// Whether a carrier may sell a number of the kind as this type. Carriers differ, so only the sure cases are ruled out.
fn may_be_sold_as(kind: NumberKind, number_type: NumberType) -> bool {
    let is_of_no_place = matches!(kind, NumberKind::SharedCost | NumberKind::Uan | NumberKind::Voip);
    match number_type {
        NumberType::Local => !matches!(kind, NumberKind::Mobile | NumberKind::TollFree),
        NumberType::Mobile => !matches!(kind, NumberKind::FixedLine | NumberKind::TollFree),
        NumberType::National => kind != NumberKind::TollFree,
        NumberType::TollFree => is_of_no_place || kind == NumberKind::TollFree,
    }
}

/// The types that numbers of the kind usually have.
const fn types(kind: NumberKind) -> &'static [NumberType] {
    match kind {
        NumberKind::FixedLine => &[NumberType::Local],
        NumberKind::Mobile => &[NumberType::Mobile],
        NumberKind::FixedLineOrMobile => &[NumberType::Local, NumberType::Mobile],
        NumberKind::TollFree => &[NumberType::TollFree],
        NumberKind::PremiumRate
        | NumberKind::SharedCost
        | NumberKind::Voip
        | NumberKind::PersonalNumber
        | NumberKind::Pager
        | NumberKind::Uan
        | NumberKind::Voicemail => &[NumberType::National],
    }
}

impl Refusal for NoSuchNumber {
    fn family(&self) -> Family {
        Family::Unavailable
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        match (&self.selector, &self.why) {
            (Selector::Inventory { .. }, _) | (Selector::Exact { .. }, Nonexistence::OtherType { .. }) => {
                fixes.push(another_number(input));
            }
            (Selector::Exact { .. }, _) => {
                fixes.push(Remedy::correct("number", Correction::Retype));
                fixes.push(another_number(input));
            }
            (Selector::Any { country, .. }, why) => {
                let is_sold = |other: &NumberType| {
                    let is_other = why.asked_type().is_some_and(|asked| asked != *other);
                    is_other && input.card.sells(*country, Some(*other), input.now)
                };
                let number_types: Vec<NumberType> = NumberType::ALL.into_iter().filter(is_sold).collect();
                if !number_types.is_empty() {
                    fixes.push(Remedy::ChooseNumberType { number_types, sold_in: Some(*country) });
                }
                fixes.extend(elsewhere(input, *country));
            }
            (Selector::AreaCode { .. }, why) => why.correct("area_code", fixes),
            (Selector::Pattern { .. }, why) => why.correct("pattern", fixes),
        }
    }
}

impl Nonexistence {
    /// The same where any number of the country would do. Its other types help nobody who needs this one.
    fn of_all_numbers(self) -> Self {
        if let Self::OtherType { asked, .. } = self { Self::OtherType { asked, found: Vec::new() } } else { self }
    }

    /// The number type that such numbers do not have.
    const fn asked_type(&self) -> Option<NumberType> {
        if let Self::OtherType { asked, .. } = self { Some(*asked) } else { None }
    }

    /// Only a person knows which of two fields is right. So the first fix is to correct the digits.
    fn correct(&self, field: &str, fixes: &mut Vec<Remedy>) {
        fixes.push(Remedy::correct(
            field,
            match self {
                Self::Prefixed { text } => Correction::Write { text: text.clone() },
                Self::WrongLength { .. } => Correction::Retype,
                Self::OtherType { .. } | Self::OtherCountry { .. } | Self::Unknown => Correction::Replace,
            },
        ));
        match self {
            Self::OtherType { found, .. } => {
                fixes.push(Remedy::ChooseNumberType { number_types: found.clone(), sold_in: None });
            }
            Self::OtherCountry { found, .. } if found.len() <= LISTED_MAX => {
                let (countries, because) = (found.clone(), CountryChoice::OfTheNumber);
                fixes.push(Remedy::ChooseCountry { countries, because, more: 0 });
            }
            Self::OtherCountry { .. } | Self::Prefixed { .. } | Self::WrongLength { .. } | Self::Unknown => {}
        }
    }
}

impl fmt::Display for NoSuchNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { selector, why } = self;
        let (name, typed) = match selector {
            Selector::Any { country, .. } => ("country", format!("{country}")),
            Selector::Exact { number } => ("number", format!("{number}")),
            Selector::Inventory { inventory_id } => ("inventory id", format!("{inventory_id}")),
            Selector::AreaCode { area_code, .. } => ("area code", area_code.clone()),
            Selector::Pattern { pattern, .. } => ("pattern", format!("{pattern}")),
        };
        match why {
            Nonexistence::OtherType { asked, found } if found.is_empty() => {
                write!(f, "{typed} has no {} numbers", asked.title())
            }
            Nonexistence::OtherType { asked, found } => {
                let found = one_of(found.iter().copied().map(NumberType::title));
                let asked = asked.title();
                if selector.names_one() {
                    write!(f, "the number `{typed}` is {found}, not {asked}")
                } else {
                    write!(f, "numbers with the {name} `{typed}` are {found}, not {asked}")
                }
            }
            Nonexistence::OtherCountry { asked, found } if found.len() <= LISTED_MAX => {
                write!(f, "the {name} `{typed}` belongs to {}, not to {asked}", all_of(found))
            }
            Nonexistence::OtherCountry { asked, .. } => {
                write!(f, "the {name} `{typed}` belongs to other countries, not to {asked}")
            }
            Nonexistence::Prefixed { text } => {
                write!(f, "the {name} `{typed}` has a prefix that is no part of a number: write `{text}`")
            }
            Nonexistence::WrongLength { length } => write!(f, "no number is like the {name} `{typed}`: {length}"),
            Nonexistence::Unknown => match (selector, noun(selector)) {
                (Selector::AreaCode { country, area_code, .. }, _) => {
                    write!(f, "no {country} number begins with `{area_code}`")
                }
                (_, Some(noun)) => write!(f, "there is no {noun}"),
                (_, None) => write!(f, "there is no number `{typed}`"),
            },
        }
    }
}
