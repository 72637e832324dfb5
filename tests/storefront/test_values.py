"""Money and pictures as pages show them, and what a request may bring as number or text."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from store.saleor.client.enums import ProductMediaType
from store.storefront import product_fetching, request_values, values
from store.storefront.templatetags.shop_format import breakable


@dataclass
class Image:
    url: str
    alt: str | None = None
    type_: ProductMediaType = ProductMediaType.IMAGE


@dataclass
class Amount:
    amount: float
    currency: str = "EUR"


def test_an_amount_is_exact_to_the_cent() -> None:
    assert values.money(Amount(0.1)).amount + values.money(Amount(0.2)).amount == Decimal("0.3")


def test_the_bought_variant_shows_its_own_picture_before_the_products() -> None:
    thumbnail = Image("/teal.webp", "Teal")
    video = Image("https://video.example/1", type_=ProductMediaType.VIDEO)
    own = Image("/blush.webp", "Blush")
    assert values.variant_picture([video, own], thumbnail) == values.Picture("/blush.webp", "Blush")
    assert values.variant_picture([video], thumbnail) == values.Picture("/teal.webp", "Teal")
    assert values.variant_picture(None, None) is None


def test_a_picture_of_ours_has_no_host_and_one_of_others_keeps_it(settings: Any) -> None:
    settings.PUBLIC_URL = "https://cupwell.example"
    assert values.relative_url("https://cupwell.example/thumbnail/1/") == "/thumbnail/1/"
    assert values.relative_url("https://media.example/1.webp") == "https://media.example/1.webp"
    assert values.absolute_url("/thumbnail/1/") == "https://cupwell.example/thumbnail/1/"


@pytest.mark.parametrize(("text", "number"), [("1", 1), (" 40 ", 40), ("007", 7), ("999999999", 999_999_999)])
def test_a_number_in_plain_digits_is_read(text: str, number: int) -> None:
    assert request_values.whole_number(text) == number


@pytest.mark.parametrize("text", ["", "²", "١٢", "1.5", "-1", "+1", "1e3", "1_0", "9" * 10, "9" * 5000, "\0"])
def test_anything_else_is_no_number(text: str) -> None:
    assert request_values.whole_number(text) is None


def test_a_number_outside_its_limits_is_none() -> None:
    assert request_values.whole_number("0", minimum=1) is None
    assert request_values.whole_number("41", minimum=1, maximum=40) is None
    assert request_values.whole_number("40", minimum=1, maximum=40) == 40


def test_a_text_of_a_request_has_no_forbidden_characters_and_one_spelling() -> None:
    assert request_values.single_line("a\0b\x0bc\ufffe  d\n", max_length=80) == "a b c d"
    assert request_values.single_line("o\u0308", max_length=80) == "ö"
    assert len(request_values.single_line("x" * 5000, max_length=80)) == 80


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("Longest time in one place, minutes", "5", ("Longest time in one place", "5 minutes")),
        ("Längste Zeit an einer Stelle, Minuten", "1", ("Längste Zeit an einer Stelle, Minuten", "1")),
        ("Cups in the set", "4", ("Cups in the set", "4")),
        ("Longest time in one place, minutes", "", ("Longest time in one place, minutes", "")),
    ],
)
def test_a_number_is_shown_with_the_unit_that_its_name_ends_with(
    name: str, value: str, shown: tuple[str, str]
) -> None:
    assert product_fetching._with_unit_of_name(name, value) == shown


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Produktsicherheitsrückrufe", ["Produktsicherheits", "rückrufe"]),
        ("Allgemeine Geschäftsbedingungen", ["Allgemeine Geschäfts", "bedingungen"]),
        ("Seguridad y devoluciones de la tienda", ["Seguridad y devoluciones de la tienda"]),
        ("Instructions and questions", ["Instructions and questions"]),
    ],
)
def test_a_long_german_word_breaks_between_its_parts(title: str, parts: list[str]) -> None:
    assert breakable(title).split("\u00ad") == parts
