"""The ids of golden quotes, made without the core: SHA-256 over RFC 8785 JSON. Prints what quote_ids.json holds.

    python3 tests/golden/quote_ids.py > /tmp/quote_ids.json && mv /tmp/quote_ids.json tests/golden/quote_ids.json
"""

import hashlib
import json
import pathlib

FOLDER = pathlib.Path(__file__).parent / "quote"
NAMES = [
    "own_by_the_year",
    "own_discounts_and_taxes",
    "own_label_in_any_script",
    "vobiz_in_dollars",
    "vobiz_not_searched",
    "zernio_free_plan_full_in_a_hurry",
    "zernio_kyc",
    "zernio_price_moved",
]


def quote_id(quote):
    # Of what RFC 8785 rules, only this much is needed: names are ASCII, numbers are integers.
    canonical = json.dumps(quote, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


ids = {name: quote_id(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["expect"]) for name in NAMES}
print(json.dumps(ids, indent=2))
