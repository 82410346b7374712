"""What is asked: (section, `P`, `T` or `E`, country or nothing, text)."""

import random
import re

try:
    from re import _parser as sre_parse
except ImportError:
    import sre_parse

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

KINDS = ["fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "personal_number", "pager", "uan",
         "voicemail"]
CODES = sorted(COUNTRY_CODE_TO_REGION_CODE)
PLACES = [(code, name, PhoneMetadata.metadata_for_region_or_calling_code(code, name))
          for code in CODES for name in COUNTRY_CODE_TO_REGION_CODE[code]]
COUNTRIES = [name for _, name, _ in PLACES if name != "001"]
DESCRIPTIONS = [(code, name, meta, getattr(meta, kind)) for code, name, meta in PLACES for kind in KINDS
                if getattr(meta, kind) is not None and getattr(meta, kind).national_number_pattern]

SCRIPTS = ["٠", "۰", "०", "０", "๐", "০", "߀"]
SEPARATORS = [" ", "-", ".", "/", "(", ")", "\u00a0", "\u2010", "\u2013", "\u3000", "（", "）", "－", "~", "\u2060", "[", "]"]
EXTENSIONS = [" ext. %s", " x%s", "x%s", ";ext=%s", " extension %s", ",,%s", ",%s", ";%s", " #%s", " доб. %s", " ДОБ %s",
              " anexo %s", " int %s", "～%s", " ｅｘｔ%s", " - %s#", "  extn: %s#", " Extensió %s", " EXTENSIÓN %s", ", %s",
              "/x%s", " x %s/x 12", " xt%s", "\tint. %s", " #%s#", ", ext %s", ",,,%s", " ｘ%s", "extensio %s"]
ALPHABET = "0123456789+-() .xX#*,;:/~\t\n＋０٣٧éдAbCzext=isubtel:phone-context_²\u00a0\u200b\u2028😀\\[]"


def digits(rng, count):
    return "".join(rng.choice("0123456789") for _ in range(count))


_TREES = {}


def fitting(rng, pattern):
    """A random text that the regular expression matches."""
    if pattern not in _TREES:
        _TREES[pattern] = sre_parse.parse(pattern)
    return _fit(rng, _TREES[pattern])


def _fit(rng, tree):
    out = []
    for op, value in tree:
        op = str(op)
        if op == "LITERAL":
            out.append(chr(value))
        elif op == "IN":
            choices = []
            for kind, item in value:
                if str(kind) == "LITERAL":
                    choices.append(chr(item))
                elif str(kind) == "RANGE":
                    choices.extend(chr(code) for code in range(item[0], item[1] + 1))
                else:
                    choices.extend("0123456789")
            out.append(rng.choice(choices))
        elif op == "BRANCH":
            out.append(_fit(rng, rng.choice(value[1])))
        elif op == "SUBPATTERN":
            out.append(_fit(rng, value[-1]))
        elif op == "MAX_REPEAT":
            low, high, inner = value
            out.extend(_fit(rng, inner) for _ in range(rng.randint(low, min(int(high), 20))))
        elif op == "AT":
            pass
        else:
            raise ValueError(op)
    return "".join(out)


def changed(rng, number):
    """A neighbour: a digit changed, left out or added."""
    if not number:
        return "0"
    at = rng.randrange(len(number))
    return rng.choice([
        number[:at] + rng.choice("0123456789") + number[at + 1:], number[:at] + number[at + 1:],
        number[:at] + rng.choice("0123456789") + number[at:], number[:-1], number + rng.choice("0123456789"),
    ])


def some_national(rng):
    code, name, meta, desc = rng.choice(DESCRIPTIONS)
    return code, name, meta, fitting(rng, desc.national_number_pattern)


def of_patterns(rng):
    code, name, meta, national = some_national(rng)
    if rng.random() < 0.3:
        national = changed(rng, national)
    if rng.random() < 0.7 or name == "001":
        return "", "+%d%s" % (code, national)
    return name, national


def of_lengths(rng):
    if rng.random() < 0.3:
        return rng.choice(COUNTRIES), digits(rng, rng.randint(1, 18))
    return "", "+%d%s" % (rng.choice(CODES), digits(rng, rng.randint(0, 18)))


def of_prefixes(rng):
    """With a national prefix, a prefix for calls abroad, or the calling code without a `+`."""
    code, name, meta, national = some_national(rng)
    home = name if rng.random() < 0.8 and name != "001" else rng.choice(COUNTRIES)
    way = rng.random()
    at_home = PhoneMetadata.metadata_for_region(home)
    if way < 0.4 and meta.national_prefix_for_parsing:
        text = fitting(rng, meta.national_prefix_for_parsing) + national
    elif way < 0.6 and at_home.international_prefix:
        text = fitting(rng, at_home.international_prefix) + str(code) + national
    elif way < 0.7:
        text = str(code) + national
    elif way < 0.8:
        text = "+%d%s%s" % (code, meta.national_prefix or "0", national)
    elif way < 0.85:
        text = "+%s%d%s" % (rng.choice(["0", "00", "011", "1"]), code, national)
    else:
        text = (meta.national_prefix or "") + national
    return home, changed(rng, text) if rng.random() < 0.15 else text


def as_people_write(rng):
    country, text = rng.choice([of_patterns, of_prefixes])(rng)
    way = rng.random()
    if way < 0.15:
        nought = ord(rng.choice(SCRIPTS))
        text = "".join(chr(nought + int(letter)) if letter.isdigit() else letter for letter in text)
    elif way < 0.3:
        letters = {"2": "ABC", "3": "DEF", "4": "GHI", "5": "JKL", "6": "MNO", "7": "PQRS", "8": "TUV", "9": "WXYZ"}
        tail = rng.randint(1, 8)
        text = text[:-tail] + "".join(rng.choice(letters.get(letter, letter)) for letter in text[-tail:])
        text = text.lower() if rng.random() < 0.3 else text
    elif way < 0.4:
        return country, tel_uri(rng, country, text)
    if rng.random() < 0.8:
        out = []
        for letter in text:
            out.append(letter)
            if rng.random() < 0.25:
                out.append(rng.choice(SEPARATORS) * rng.choice([1, 1, 1, 2]))
        text = "".join(out)
    if rng.random() < 0.35:
        text += rng.choice(EXTENSIONS) % digits(rng, rng.choice([1, 3, 4, 4, 6, 7, 9, 10, 15, 16, 20, 21]))
    if rng.random() < 0.1:
        text = rng.choice(["Tel. ", "(", "call ", "tel:", " ", "＋", "++", "x"]) + text
    if rng.random() < 0.1:
        text += rng.choice([")", ".", " or so", "!", "_", " \n", "#", "x", ";isub=12", " /x", "\\ x12"])
    return country, text


def tel_uri(rng, country, text):
    context = rng.choice(["+1", "+44", "+1-650", "+39(06)", "example.com", "a-b.example", "+", "", "1a.com", "+x", "com.", "-a",
                          "a..b", "٣.com"])
    uri = rng.choice(["tel:", "", "x tel:"]) + text + ";phone-context=" + context
    return uri + rng.choice(["", ";ext=12", ";isub=123", ";isub=1;ext=3"])


def garbage(rng):
    way = rng.random()
    country = rng.choice(COUNTRIES + [""])
    if way < 0.6:
        return country, "".join(rng.choice(ALPHABET) for _ in range(rng.choice([1, 2, 3, 5, 8, 13, 25])))
    country, text = as_people_write(rng)
    letters = list(text)
    for _ in range(rng.randint(1, 3)):
        letters.insert(rng.randint(0, len(letters)), rng.choice(ALPHABET))
    return country, "".join(letters) * (20 if rng.random() < 0.01 else 1)


def of_shapes(rng):
    """A national number of a country, also where countries share its calling code."""
    code, name, meta, national = some_national(rng)
    while name == "001":
        code, name, meta, national = some_national(rng)
    return name, "%d-%s" % (code, national)


WAYS = [("patterns", of_patterns, 35), ("lengths", of_lengths, 30), ("prefixes", of_prefixes, 15),
        ("people", as_people_write, 12), ("garbage", garbage, 4), ("typed", None, 4),
        ("shapes", of_shapes, 4)]


def random_batch(seed, size):
    rng = random.Random(seed)
    batch = []
    for section, way, _ in rng.choices(WAYS, [weight for _, _, weight in WAYS], k=size):
        if way is None:
            country, text = rng.choice([of_patterns, of_prefixes, of_lengths, as_people_write])(rng)
            country = country or rng.choice(COUNTRIES)
            # The wide `+` is read as a `+`: see README.md.
            batch.append((section, "T", country, clean(text)[:40].replace("＋", "+")))
        else:
            country, text = way(rng)
            batch.append((section, "E" if way is of_shapes else "P", country, clean(text)))
    return batch


def clean(text):
    """A question is one line of three fields."""
    return re.sub("[\n\t]", " ", text) if text else "0"


def systematic(share, _):
    """Every example, its neighbours and its beginnings; every calling code alone."""
    number, shares = share
    batch = []
    for at, question in enumerate(_systematic()):
        if at % shares == number:
            batch.append(question)
            if len(batch) == 2000:
                yield batch
                batch = []
    yield batch


def _systematic():
    for code in range(1000):
        for tail in ["", "1", "12", "123", "1234567"]:
            yield ("codes", "P", "", "+%d%s" % (code, tail))
    for code, name, meta, desc in DESCRIPTIONS:
        example = desc.example_number
        if not example:
            continue
        home = name if name != "001" else ""
        whole = "+%d%s" % (code, example)
        yield ("examples", "P", home, example)
        yield ("examples", "P", "", whole)
        yield ("typed", "T", home, whole)
        yield ("typed", "T", home, (meta.national_prefix or "") + example)
        yield ("typed", "T", home, example)
        for length in range(len(whole)):
            yield ("beginnings", "P", "", whole[:length] or "+")
        for at in range(len(example)):
            for digit in "0123456789":
                yield ("neighbours", "P", home, example[:at] + digit + example[at + 1:])
                yield ("neighbours", "P", "", "+%d%s" % (code, example[:at] + digit + example[at:]))
