"""What the guidebook asks of a product before it is sold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from store.guidebook import publication_requirements
from store.guidebook.library import Library, library, read


@dataclass(frozen=True)
class Product:
    asks: frozenset[str] = frozenset({"material", "safety-insert"})
    choices: dict[str, list[str]] = field(default_factory=lambda: {"material": ["Glass"]})
    pages: dict[str, list[str]] = field(default_factory=lambda: {"safety-insert": ["glass-cups"]})
    country: str = "US"


GLASS = Product()


@pytest.fixture
def own_guides(guides: Path, settings: object) -> Iterator[Path]:
    settings.GUIDES_DIR = guides  # type: ignore[attr-defined]
    yield guides
    read.cache_clear()


@pytest.mark.parametrize("country", ["US", "DE", "AT", "ES", "IE", "GB", "BE", "XX"])
def test_a_glass_set_with_the_glass_insert_may_be_sold_where_its_languages_are_read(country: str) -> None:
    assert publication_requirements.complaints(replace(GLASS, country=country)) == []


@pytest.mark.parametrize("country", ["FR", "PL", "SE"])
def test_it_may_not_where_nobody_could_read_it(country: str) -> None:
    [said] = publication_requirements.complaints(replace(GLASS, country=country)) or []
    assert f"not written in a language of {country}" in said


def test_every_country_of_the_union_has_a_language() -> None:
    assert not publication_requirements.EU - set(publication_requirements.LANGUAGES_OF)


def test_what_touches_no_skin_is_not_asked() -> None:
    assert publication_requirements.complaints(Product(asks=frozenset({"material"}), pages={})) is None


def test_an_incomplete_responsible_person_stops_the_union_only(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = library()
    maker = replace(whole.maker, responsible_person={"name": "A", "address": " ", "email": ""})
    monkeypatch.setattr(publication_requirements, "library", lambda: replace(whole, maker=maker))
    assert publication_requirements.complaints(GLASS) == []
    [said] = publication_requirements.complaints(replace(GLASS, country="DE")) or []
    assert said.startswith("guides/maker.toml lacks address, email in [responsible_person].")


def test_an_incomplete_maker_stops_every_market(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = library()
    maker = replace(whole.maker, maker={**whole.maker.maker, "address": ""})
    monkeypatch.setattr(publication_requirements, "library", lambda: replace(whole, maker=maker))
    assert "lacks address in [maker]" in (publication_requirements.complaints(GLASS) or [""])[0]


def test_broken_guides_stop_it_too(own_guides: Path, edit: Callable[[str, str, str], Library]) -> None:
    (own_guides / "maker.toml").write_text("[maker]\n", encoding="utf-8")
    read.cache_clear()
    [said] = publication_requirements.complaints(GLASS) or []
    assert said.startswith("The guides can't be read, so nothing can be published: ")
