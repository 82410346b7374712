"""Prints libphonenumber's metadata, as the Python package `phonenumbers` carries it, as JSON.

`descriptions` are in the order in which libphonenumber looks for a number's type.
"""

import json

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

DESCRIPTIONS = [
    "premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail",
    "fixed_line", "mobile",
]


def description(desc):
    if desc is None or desc.national_number_pattern is None:
        return None
    return {
        "pattern": desc.national_number_pattern,
        "lengths": list(desc.possible_length),
        "local_lengths": list(desc.possible_length_local_only),
        "example": desc.example_number,
    }


def number_format(rule):
    return {
        "pattern": rule.pattern,
        "format": rule.format,
        "leading_digits": list(rule.leading_digits_pattern),
        "national_prefix_rule": rule.national_prefix_formatting_rule,
        "national_prefix_optional": bool(rule.national_prefix_optional_when_formatting),
        "has_carrier_rule": rule.domestic_carrier_code_formatting_rule is not None,
    }


def region(code, name):
    meta = PhoneMetadata.metadata_for_region_or_calling_code(code, name)
    return {
        "name": name,
        "general": description(meta.general_desc),
        "descriptions": [description(getattr(meta, kind)) for kind in DESCRIPTIONS],
        "same_mobile_and_fixed_line": bool(meta.same_mobile_and_fixed_line_pattern),
        "leading_digits": meta.leading_digits,
        "international_prefix": meta.international_prefix,
        "national_prefix_for_parsing": meta.national_prefix_for_parsing,
        "national_prefix_transform_rule": meta.national_prefix_transform_rule,
        "extension_prefix": meta.preferred_extn_prefix,
        "formats": [number_format(rule) for rule in meta.number_format],
        "international_formats": [number_format(rule) for rule in meta.intl_number_format],
    }


codes = sorted(COUNTRY_CODE_TO_REGION_CODE.items())
print(json.dumps({
    "version": phonenumbers.__version__,
    "codes": [{"code": code, "regions": [region(code, name) for name in names]} for code, names in codes],
}))
