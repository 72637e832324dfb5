"""What a product must have before it is published."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from store.guidebook import publication_requirements
from store.guidebook.library import Library, library, read_library


@dataclass(frozen=True)
class Product:
    attribute_slugs: frozenset[str] = frozenset({"material", "safety-insert"})
    choices: dict[str, list[str]] = field(default_factory=lambda: {"material": ["Glass"]})
    pages: dict[str, list[str]] = field(default_factory=lambda: {"safety-insert": ["glass-cups"]})
    country: str = "US"


GLASS = Product()


@pytest.fixture
def own_guides(guides: Path, settings: object) -> Iterator[Path]:
    settings.GUIDES_DIR = guides  # type: ignore[attr-defined]
    yield guides
    read_library.cache_clear()


@pytest.mark.parametrize("country", ["US", "DE", "AT", "ES", "IE", "GB", "BE", "XX"])
def test_a_glass_set_with_the_glass_insert_may_be_sold_where_its_languages_are_read(country: str) -> None:
    assert publication_requirements.missing_requirements(replace(GLASS, country=country)) == []


@pytest.mark.parametrize(
    ("method", "problems"),
    [
        ("Rubber bulb", []),
        ("Steam", []),  # a merchant's own word says nothing about its insert
        (
            "Valve and hand pump",
            [
                "Its suction is made by “Valve and hand pump”, which glass-cups does not explain."
                " Choose glass-valve-cups."
            ],
        ),
    ],
)
def test_the_insert_must_explain_how_suction_is_made(method: str, problems: list[str]) -> None:
    product = replace(GLASS, choices={"material": ["Glass"], "suction-method": [method]})
    assert publication_requirements.missing_requirements(product) == problems


@pytest.mark.parametrize("country", ["FR", "PL", "SE"])
def test_it_may_not_where_nobody_could_read_it(country: str) -> None:
    [problem] = publication_requirements.missing_requirements(replace(GLASS, country=country)) or []
    assert f"not written in a language of {country}" in problem


def test_every_country_of_the_union_has_a_language() -> None:
    assert not publication_requirements.EU - set(publication_requirements.LANGUAGES_OF)


def test_a_product_that_touches_no_skin_needs_nothing() -> None:
    assert (
        publication_requirements.missing_requirements(
            Product(attribute_slugs=frozenset({"material"}), pages={})
        )
        is None
    )


def test_an_incomplete_responsible_person_stops_the_union_only(monkeypatch: pytest.MonkeyPatch) -> None:
    real = library()
    maker = replace(real.maker, responsible_person={"name": "A", "address": " ", "email": ""})
    monkeypatch.setattr(publication_requirements, "library", lambda: replace(real, maker=maker))
    assert publication_requirements.missing_requirements(GLASS) == []
    [problem] = publication_requirements.missing_requirements(replace(GLASS, country="DE")) or []
    assert problem.startswith("guides/maker.toml lacks address, email in [responsible_person].")


def test_an_incomplete_maker_stops_every_market(monkeypatch: pytest.MonkeyPatch) -> None:
    real = library()
    maker = replace(real.maker, maker={**real.maker.maker, "address": ""})
    monkeypatch.setattr(publication_requirements, "library", lambda: replace(real, maker=maker))
    assert "lacks address in [maker]" in (publication_requirements.missing_requirements(GLASS) or [""])[0]


def test_broken_guides_stop_it_too(own_guides: Path, edit: Callable[[str, str, str], Library]) -> None:
    (own_guides / "maker.toml").write_text("[maker]\n", encoding="utf-8")
    read_library.cache_clear()
    [problem] = publication_requirements.missing_requirements(GLASS) or []
    assert problem.startswith("The guides can't be read, so nothing can be published: ")
