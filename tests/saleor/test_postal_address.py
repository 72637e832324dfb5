"""Addresses are printed as their country writes them, whoever prints."""

import pytest

from store.saleor.postal_address import PostalAddress

WRITTEN = {
    "US": (
        PostalAddress("Ada", "Guest", "", "1600 Main St", "Apt 2", "MOUNTAIN VIEW", "", "94043", "CA", "US"),
        ("Ada Guest", "1600 Main St", "Apt 2", "MOUNTAIN VIEW, CA 94043", "United States"),
    ),
    "DE": (
        PostalAddress("Erika", "Muster", "Muster GmbH", "Heidestraße 17", "", "Köln", "", "51147", "", "DE"),
        ("Erika Muster", "Muster GmbH", "Heidestraße 17", "51147 Köln", "Germany"),
    ),
    "GB": (
        PostalAddress("A", "B", "", "10 Downing St", "", "LONDON", "", "SW1A 2AA", "", "GB"),
        ("A B", "10 Downing St", "LONDON", "SW1A 2AA", "United Kingdom"),
    ),
    "ES": (
        PostalAddress("A", "B", "", "Calle Mayor 1", "", "Madrid", "", "28001", "Madrid", "ES"),
        ("A B", "Calle Mayor 1", "28001 Madrid", "Spain"),
    ),
    "JP": (
        PostalAddress(
            "Taro", "Yamada", "", "1-2-3 Marunouchi", "", "CHIYODA-KU", "", "100-0001", "Tokyo", "JP"
        ),
        ("〒100-0001", "Tokyo", "CHIYODA-KU", "1-2-3 Marunouchi", "Taro Yamada", "Japan"),
    ),
    "unknown": (
        PostalAddress("A", "B", "", "Road 1", "", "Town", "", "123", "Area", "XX", "Somewhere"),
        ("A B", "Road 1", "123 Town", "Area", "Somewhere"),
    ),
}


@pytest.mark.parametrize("case", WRITTEN.values(), ids=WRITTEN)
def test_each_country_in_its_own_order(case: tuple[PostalAddress, tuple[str, ...]]) -> None:
    address, lines = case
    assert address.lines() == lines
    assert address.lines(country=False) == lines[:-1]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Deutschland"),
        ("es", "Alemania"),
        ("pt-br", "Alemanha"),
        ("en-GB", "Germany"),
        ("x-klingon", "Germany"),
    ],
)
def test_the_country_is_named_in_the_readers_language(language: str, name: str) -> None:
    assert PostalAddress(country_code="DE").lines(language) == (name,)


def test_what_is_empty_leaves_no_line() -> None:
    assert PostalAddress(first_name="Ada", country_code="DE", country_name="Germany").lines() == (
        "Ada",
        "Germany",
    )
