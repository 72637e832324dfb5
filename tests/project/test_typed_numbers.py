from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from store.engine.admin.amount_field import AmountField
from store.typed_numbers import (
    ConfirmedInput,
    QuantityField,
    UnreadableNumber,
    parse_number,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"),
        (" 12 ", "12"),
        ("+12", "12"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("31.50", "31.50"),
        ("15,00", "15.00"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1000.125", "1000.125"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1\u202f234\u202f567", "1234567"),
        ("1'234'567.05", "1234567.05"),
        ("1.000.000", "1000000"),
        ("1,000,000", "1000000"),
        ("\u0661\u0662", "12"),
        ("\uff11\uff12.\uff15", "12.5"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_as_it_is_meant(typed, number):
    assert parse_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "1e3",
        "inf",
        "NaN",
        "$15",
        "15 \u20ac",
        "1..5",
        "1,2,3",
        "1.23.4",
        "12 34",
        "5.",
        ".5",
        "1.2,3.4",
        "--1",
        "1 -",
        "\u00b2",
        "\u00bd",
        "\u2460",
        "1_000",
        "1,00.5",
        "\x001",
        "1" * 31,
    ],
)
def test_what_is_no_number_is_refused_in_words(typed):
    with pytest.raises(UnreadableNumber):
        parse_number(typed)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("1.000", "Does 1.000 mean 1000 or 1?"),
        ("1,000", "Does 1,000 mean 1000 or 1?"),
        ("12.500", "Does 12.500 mean 12500 or 12.5?"),
        ("-1.000", "Does -1.000 mean -1000 or -1?"),
    ],
)
def test_a_point_before_three_digits_is_asked_about(typed, question):
    with pytest.raises(UnreadableNumber) as refused:
        parse_number(typed)
    assert refused.value.question == f"{question} Please write one of these."


@given(st.text(max_size=40) | st.text("0123456789.,' -+", max_size=12))
def test_whatever_is_typed_is_a_number_or_a_question(typed):
    number, question = Decimal(0), ""
    try:
        number = parse_number(typed)
    except UnreadableNumber as refused:
        question = refused.question
    assert number.is_finite()
    assert number == 0 or not question


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_thousands_are_read_in_each_manner(number):
    for written in (f"{number:,}.0", f"{number:,}".replace(",", " "), f"{number:,}".replace(",", ".") + ",0", str(number)):  # fmt: skip
        assert parse_number(written) == number


def clean(field, typed):
    try:
        return field.clean(typed)
    except forms.ValidationError as error:
        return error.messages[0]


def test_an_amount_has_the_decimal_places_of_its_currency():
    assert clean(AmountField(currency="USD"), "31,5") == Decimal("31.5")
    assert (
        clean(AmountField(currency="USD"), "15.005")
        == "Does 15.005 mean 15005 or 15.005? Please write one of these."
    )
    assert clean(AmountField(currency="USD"), "0.005") == "This currency has 2 decimal places."
    assert clean(AmountField(currency="JPY"), "100.5") == "This currency has no decimal places."
    assert clean(AmountField(currency="KWD"), "1.500") == Decimal("1.5")
    assert "Does 1,500 mean" in clean(AmountField(currency="KWD"), "1,500")


def test_a_quantity_is_whole_and_within_its_limits():
    field = QuantityField(minimum=0, maximum=1_000_000)
    assert clean(field, "1 000") == 1000
    assert clean(field, "1.000") == "Does 1.000 mean 1000 or 1? Please write one of these."
    assert clean(field, "1,5") == "Whole pieces only: 1,5 is not."
    assert clean(field, "-1") == "At least 0."
    assert clean(field, "9" * 25) == "At most 1000000."
    assert clean(field, "9" * 5000) == "That is too long for a number; 30 characters are enough."
    with translation.override("en"):
        assert clean(field, "") == "This field is required."


class _Price(ConfirmedInput, forms.Form):
    price = AmountField(currency="USD")

    def clean(self):
        if self.cleaned_data.get("price") == 0:
            self.ask_unless_confirmed("price", Decimal(0), question="Free?", answer="Yes")


def test_a_confirmation_holds_for_the_value_that_was_asked_about():
    assert not _Price(QueryDict("price=0")).is_valid()
    assert not _Price(QueryDict("price=0&confirmed=5")).is_valid()
    assert _Price(QueryDict("price=0&confirmed=0")).is_valid()
