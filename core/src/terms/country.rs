//! Countries that a shop may name: those with telephone numbers, and their calling codes.

use alloc::format;
use core::str::FromStr;

use crate::base::diagnostic::Diagnostic;
use ringup_numbering::Country;

/// The country calling code of a country. `None` if it has no telephone numbers.
pub(crate) fn calling_code(country: Country) -> Option<u16> {
    CALLING_CODES
        .iter()
        .find(|(_, countries)| countries.as_bytes().chunks(3).any(|code| code.starts_with(&country.letters())))
        .map(|(code, _)| *code)
}

/// The country that a code in common use means, though ISO 3166-1 has another for it.
#[must_use]
pub fn country_meant(code: &str) -> Option<Country> {
    let code = code.to_ascii_uppercase();
    let meant = match code.as_str() {
        // Reserved in ISO 3166-1 for the United Kingdom.
        "UK" => "GB",
        // The European Union's code for Greece.
        "EL" => "GR",
        code => code,
    };
    Country::from_str(meant).ok().filter(|country| calling_code(*country).is_some())
}

/// The mistake in a country. `path` is the pointer to it.
pub(crate) fn mistake(path: &str, country: Country) -> Option<Diagnostic> {
    if calling_code(country).is_some() {
        return None;
    }
    let help = match country_meant(&format!("{country}")) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "write an assigned code of ISO 3166-1 whose numbers the numbering plan knows, such as `GB`".into(),
    };
    Some(Diagnostic::value(path, format!("`{country}` is not a country with telephone numbers"), help))
}

/// The mistakes in a list of countries. `path` is the pointer to it.
pub(crate) fn mistakes(path: &str, countries: &[Country]) -> impl Iterator<Item = Diagnostic> {
    countries.iter().enumerate().filter_map(move |(index, country)| mistake(&format!("{path}/{index}"), *country))
}

/// The countries of each calling code (ITU-T E.164, list of assigned codes), by ISO 3166-1 and the three codes that are
/// reserved or in use beside it: AC, TA and XK.
const CALLING_CODES: &[(u16, &str)] = &[
    (1, "US AG AI AS BB BM BS CA DM DO GD GU JM KN KY LC MP MS PR SX TC TT VC VG VI"),
    (7, "RU KZ"),
    (20, "EG"),
    (27, "ZA"),
    (30, "GR"),
    (31, "NL"),
    (32, "BE"),
    (33, "FR"),
    (34, "ES"),
    (36, "HU"),
    (39, "IT VA"),
    (40, "RO"),
    (41, "CH"),
    (43, "AT"),
    (44, "GB GG IM JE"),
    (45, "DK"),
    (46, "SE"),
    (47, "NO SJ"),
    (48, "PL"),
    (49, "DE"),
    (51, "PE"),
    (52, "MX"),
    (53, "CU"),
    (54, "AR"),
    (55, "BR"),
    (56, "CL"),
    (57, "CO"),
    (58, "VE"),
    (60, "MY"),
    (61, "AU CC CX"),
    (62, "ID"),
    (63, "PH"),
    (64, "NZ"),
    (65, "SG"),
    (66, "TH"),
    (81, "JP"),
    (82, "KR"),
    (84, "VN"),
    (86, "CN"),
    (90, "TR"),
    (91, "IN"),
    (92, "PK"),
    (93, "AF"),
    (94, "LK"),
    (95, "MM"),
    (98, "IR"),
    (211, "SS"),
    (212, "MA EH"),
    (213, "DZ"),
    (216, "TN"),
    (218, "LY"),
    (220, "GM"),
    (221, "SN"),
    (222, "MR"),
    (223, "ML"),
    (224, "GN"),
    (225, "CI"),
    (226, "BF"),
    (227, "NE"),
    (228, "TG"),
    (229, "BJ"),
    (230, "MU"),
    (231, "LR"),
    (232, "SL"),
    (233, "GH"),
    (234, "NG"),
    (235, "TD"),
    (236, "CF"),
    (237, "CM"),
    (238, "CV"),
    (239, "ST"),
    (240, "GQ"),
    (241, "GA"),
    (242, "CG"),
    (243, "CD"),
    (244, "AO"),
    (245, "GW"),
    (246, "IO"),
    (247, "AC"),
    (248, "SC"),
    (249, "SD"),
    (250, "RW"),
    (251, "ET"),
    (252, "SO"),
    (253, "DJ"),
    (254, "KE"),
    (255, "TZ"),
    (256, "UG"),
    (257, "BI"),
    (258, "MZ"),
    (260, "ZM"),
    (261, "MG"),
    (262, "RE YT"),
    (263, "ZW"),
    (264, "NA"),
    (265, "MW"),
    (266, "LS"),
    (267, "BW"),
    (268, "SZ"),
    (269, "KM"),
    (290, "SH TA"),
    (291, "ER"),
    (297, "AW"),
    (298, "FO"),
    (299, "GL"),
    (350, "GI"),
    (351, "PT"),
    (352, "LU"),
    (353, "IE"),
    (354, "IS"),
    (355, "AL"),
    (356, "MT"),
    (357, "CY"),
    (358, "FI AX"),
    (359, "BG"),
    (370, "LT"),
    (371, "LV"),
    (372, "EE"),
    (373, "MD"),
    (374, "AM"),
    (375, "BY"),
    (376, "AD"),
    (377, "MC"),
    (378, "SM"),
    (380, "UA"),
    (381, "RS"),
    (382, "ME"),
    (383, "XK"),
    (385, "HR"),
    (386, "SI"),
    (387, "BA"),
    (389, "MK"),
    (420, "CZ"),
    (421, "SK"),
    (423, "LI"),
    (500, "FK"),
    (501, "BZ"),
    (502, "GT"),
    (503, "SV"),
    (504, "HN"),
    (505, "NI"),
    (506, "CR"),
    (507, "PA"),
    (508, "PM"),
    (509, "HT"),
    (590, "GP BL MF"),
    (591, "BO"),
    (592, "GY"),
    (593, "EC"),
    (594, "GF"),
    (595, "PY"),
    (596, "MQ"),
    (597, "SR"),
    (598, "UY"),
    (599, "CW BQ"),
    (670, "TL"),
    (672, "NF"),
    (673, "BN"),
    (674, "NR"),
    (675, "PG"),
    (676, "TO"),
    (677, "SB"),
    (678, "VU"),
    (679, "FJ"),
    (680, "PW"),
    (681, "WF"),
    (682, "CK"),
    (683, "NU"),
    (685, "WS"),
    (686, "KI"),
    (687, "NC"),
    (688, "TV"),
    (689, "PF"),
    (690, "TK"),
    (691, "FM"),
    (692, "MH"),
    (850, "KP"),
    (852, "HK"),
    (853, "MO"),
    (855, "KH"),
    (856, "LA"),
    (880, "BD"),
    (886, "TW"),
    (960, "MV"),
    (961, "LB"),
    (962, "JO"),
    (963, "SY"),
    (964, "IQ"),
    (965, "KW"),
    (966, "SA"),
    (967, "YE"),
    (968, "OM"),
    (970, "PS"),
    (971, "AE"),
    (972, "IL"),
    (973, "BH"),
    (974, "QA"),
    (975, "BT"),
    (976, "MN"),
    (977, "NP"),
    (992, "TJ"),
    (993, "TM"),
    (994, "AZ"),
    (995, "GE"),
    (996, "KG"),
    (998, "UZ"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use ringup_numbering::{NumberKind, PhoneNumber, plan_countries};

    #[test]
    fn the_countries_are_those_of_the_numbering_plan() {
        let mut count = 0;
        for country in plan_countries() {
            let example = NumberKind::ALL.iter().find_map(|kind| PhoneNumber::example(country, *kind)).unwrap();
            assert_eq!(calling_code(country).map(u32::from), Some(u32::from(example.calling_code())), "{country}");
            count += 1;
        }
        let listed: usize = CALLING_CODES.iter().map(|(_, countries)| countries.split(' ').count()).sum();
        assert_eq!(listed, count);
    }

    #[test]
    fn a_country_without_numbers_is_told_with_the_one_that_is_meant() {
        let told = |code: &str| mistake("/country", code.parse().unwrap()).map(|mistake| mistake.help);
        assert_eq!(told("UK").as_deref(), Some("did you mean `GB`?"));
        assert_eq!(told("EL").as_deref(), Some("did you mean `GR`?"));
        // Assigned, and nobody lives on Bouvet Island.
        for nobodys in ["ZZ", "BV"] {
            assert!(told(nobodys).is_some_and(|help| help.starts_with("write an assigned code")), "{nobodys}");
        }
        for known in ["GB", "US", "XK"] {
            assert_eq!(told(known), None, "{known}");
        }
        assert_eq!(country_meant("gb"), "GB".parse().ok());
        assert_eq!(country_meant("Britain"), None);
    }
}
