"""Text from outside becomes a number in one place: Python's own tests take digits that `int` can't read, or any number
of them.
"""

import re
from pathlib import Path

import pytest

STORE = Path(__file__).resolve().parents[2] / "store"
ELSEWHERE = {
    "saleor/whole_numbers.py",
    "typed_numbers.py",  # numbers with separators, as people type them
    "engine/shipping/available_methods.py",  # parts of a postal code, found by a pattern
    "engine/graphql/checkout/lookup.py",  # tells too many digits from none
    "guidebook/library.py",  # versions in our own files
    "mailer/transport/__init__.py",  # is a host an IP address?
}


@pytest.mark.parametrize("method", ["isdigit", "isdecimal", "isnumeric"])
def test_no_other_module_asks_whether_text_is_a_number(method: str) -> None:
    found = {
        str(file.relative_to(STORE))
        for file in STORE.rglob("*.py")
        if re.search(rf"\.{method}\b", file.read_text())
    }
    assert found <= ELSEWHERE


def test_no_form_reads_numbers_with_djangos_own_fields() -> None:
    """They take 1.000 for 1, where many people mean a thousand."""
    own = {
        "storefront/order_return.py",
        "engine/admin/stock_forms.py",
    }  # reads the text itself; a hidden field
    found = {
        str(file.relative_to(STORE))
        for file in STORE.rglob("*.py")
        if re.search(r"forms\.(Integer|Decimal|Float)Field\b", file.read_text())
    }
    assert found <= own
