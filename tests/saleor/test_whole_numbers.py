"""The one parser of whole numbers that come in as text."""

import pytest

from store.saleor.whole_numbers import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_ascii_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", " 1", "-1", "+1", "1.0", "1_0", "²", "٣", "१", "9" * 19, "9" * 4301])
def test_anything_else_is_none(text: str) -> None:
    assert whole_number(text) is None


def test_a_field_may_take_fewer_digits() -> None:
    assert [whole_number(text, max_digits=2) for text in ("99", "100")] == [99, None]
