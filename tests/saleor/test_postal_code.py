"""Postal codes as people type them, for the form and for the API."""

import pytest

from store.saleor.postal_code import normalize_postal_code, postal_code_example


@pytest.mark.parametrize(
    ("country", "typed", "written"),
    [
        ("NL", "1012ab", "1012 AB"),
        ("NL", "1012 AB", "1012 AB"),
        ("NL", " nl-1012  ab ", "1012 AB"),
        ("IE", "D02af30", "D02 AF30"),
        ("LU", "L-1009", "1009"),
        ("LU", "1009", "1009"),
        ("DE", "D-04158", "04158"),
        ("DE", "d 04158", "04158"),
        ("DE", "DE-04158", "04158"),
        ("BE", "B-1000", "1000"),
        ("PL", "00950", "00-950"),
        ("PT", "1100148", "1100-148"),
        ("LV", "1010", "LV-1010"),
        ("LV", "lv1010", "LV-1010"),
        ("LT", "04340", "04340"),
        ("SE", "114 55", "114 55"),
        ("SE", "SE-11455", "11455"),
        ("IE", "d02 AF30", "D02 AF30"),
        ("CZ", "10000", "100 00"),
        ("GB", "ec1y8sy", "EC1Y 8SY"),
        ("CA", "h3z2y7", "H3Z 2Y7"),
        ("US", "97201", "97201"),
        ("US", "221621010", "22162-1010"),
        ("JP", "1540023", "154-0023"),
    ],
)
def test_a_code_is_written_as_its_country_writes_it(country: str, typed: str, written: str) -> None:
    assert normalize_postal_code(typed, country) == written
    assert normalize_postal_code(written, country) == written


@pytest.mark.parametrize(
    ("country", "typed"),
    [("NL", "1012"), ("DE", "A-04158"), ("DE", "4158"), ("US", "972"), ("PL", "009500"), ("GB", "12345")],
)
def test_what_is_no_code_of_the_country_stays_as_it_was_typed(country: str, typed: str) -> None:
    assert normalize_postal_code(typed, country) == typed


@pytest.mark.parametrize(("country", "typed"), [("AE", "12 a"), ("XX", "x"), ("", "1")])
def test_a_country_without_codes_changes_nothing(country: str, typed: str) -> None:
    assert normalize_postal_code(typed, country) == typed


def test_the_example_is_in_the_right_form() -> None:
    assert postal_code_example("NL") == "1234 AB"
    assert postal_code_example("AE") == ""
