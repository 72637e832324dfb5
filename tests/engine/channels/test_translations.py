"""Short translations are kept in memory until something is written, long ones are read each time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from store.engine.channels import translations
from store.engine.channels.models import Channel, Translation


@pytest.fixture
def translated(transactional_db: None) -> None:
    Channel.objects.create(name="Default", slug="default", currency_code="USD", default_country="US")
    for kind in ("AttributeValue", "Product"):
        Translation.objects.create(kind=kind, object_pk="1", language_code="de", values={"name": "Glas"})


def names(kind: str, language: str = "DE") -> dict[str, str]:
    found = translations.find(kind=kind, pks=[1, 2], language=language)
    return {pk: fields.name for pk, fields in found.items()}


def statements(kind: str, language: str = "DE") -> list[str]:
    """The tables asked by a second look."""
    names(kind, language)
    with CaptureQueriesContext(connection) as caught:
        names(kind, language)
    return [table for query in caught for table in ("channels_translation",) if table in query["sql"]]


@pytest.mark.parametrize("language", ["DE", "EN"])
def test_a_second_look_reads_no_translations_of_values_nor_their_absence(
    translated: None, language: str
) -> None:
    assert statements("AttributeValue", language) == []


@pytest.mark.parametrize("kind", ["AttributeValue", "Product"])
def test_a_translation_is_found_in_its_language_only(translated: None, kind: str) -> None:
    for _ in range(2):
        assert names(kind) == {"1": "Glas"}
        assert names(kind, "ES") == {}


def test_a_change_is_seen_at_once(translated: None) -> None:
    names("AttributeValue")
    Translation.objects.filter(kind="AttributeValue").update(values={"name": "Silikon"})
    assert names("AttributeValue") == {"1": "Silikon"}
    Translation.objects.create(
        kind="AttributeValue", object_pk="2", language_code="de", values={"name": "Kunststoff"}
    )
    assert names("AttributeValue") == {"1": "Silikon", "2": "Kunststoff"}


def test_long_texts_are_not_kept(translated: None) -> None:
    assert len(statements("Product")) == 1


def test_no_more_is_kept_than_the_limit(translated: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translations, "MOST_KEPT", 0)
    assert len(statements("AttributeValue")) == 1
    assert names("AttributeValue") == {"1": "Glas"}
