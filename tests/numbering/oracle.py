"""What libphonenumber answers, in the words of the program under test."""

import re

import phonenumbers
from phonenumbers import (
    AsYouTypeFormatter, NumberParseException, PhoneNumberFormat, PhoneNumberType, format_number, is_valid_number,
    number_type, region_code_for_number,
)
from phonenumbers import re_util

if hasattr(re_util, "enable_pattern_cache"):
    re_util.enable_pattern_cache()

VERSION = phonenumbers.__version__

KINDS = {kind: PhoneNumberType.to_string(kind).lower() for kind in PhoneNumberType.values()}

# Ringup says more exactly why a text is no number; each of its reasons is one of libphonenumber's.
REASONS = {
    "!empty": {1}, "!invalid_character": {1}, "!not_a_number": {1}, "!invalid_context": {1},
    "!missing_calling_code": {0}, "!unknown_calling_code": {0}, "!too_short_after_prefix": {2},
    "!too_short": {1, 3}, "!too_long": {4},
}


def answer(kind, country, text):
    if kind == "E":
        return shapes(country, text)
    return number(country or None, text) if kind == "P" else typed(country or "ZZ", text)


def number(country, text):
    try:
        parsed = phonenumbers.parse(text, country)
    except NumberParseException as error:
        return error.error_type
    region = region_code_for_number(parsed)
    extension = parsed.extension or ""
    if not extension.isascii():
        # Deliberately not followed: Ringup writes an extension's digits as 0 to 9, as it does the number's.
        parsed.extension = extension = phonenumbers.normalize_digits_only(extension)
    return "\t".join([
        format_number(parsed, PhoneNumberFormat.E164),
        extension,
        "1" if is_valid_number(parsed) else "0",
        str(phonenumbers.is_possible_number_with_reason(parsed)),
        region if region and region != "001" else "",
        KINDS[number_type(parsed)],
        format_number(parsed, PhoneNumberFormat.NATIONAL),
        format_number(parsed, PhoneNumberFormat.INTERNATIONAL),
        format_number(parsed, PhoneNumberFormat.RFC3966),
    ])


def shapes(country, text):
    """A country has what its own numbers look like. Of other numbers nothing is asked."""
    code, national = text.split("-")
    number = phonenumbers.PhoneNumber(int(code), int(national), italian_leading_zero=national.startswith("0") or None,
                                      number_of_leading_zeros=len(national) - len(national.lstrip("0")) or None)
    return "has all" if phonenumbers.is_valid_number_for_region(number, country) else None


def typed(country, text):
    formatter = AsYouTypeFormatter(country)
    try:
        return "\t".join([formatter.input_digit(character) for character in text])
    except (AttributeError, IndexError):
        # The Python port fails on formats of more than 15 digits (Japan).
        return None


def agrees(expected, found):
    if isinstance(expected, int):
        return expected in REASONS.get(found, ())
    return expected == found
