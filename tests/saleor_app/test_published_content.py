"""What is published from a real Saleor is looked through afterwards, and listed for the merchant."""

from collections.abc import Iterator
from typing import Any

import pytest

from store.guidebook.wording import published_pages
from store.saleor.errors import NetworkError
from store.saleor_app import published_content
from store.saleor_app.models import ContentFinding

CLAIM = "<main><p>This set cures back pain.</p></main>"


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, seeded_shop: None) -> list[tuple[str, str | None, str]]:
    """The shop's pages: a test puts its own in."""
    given: list[tuple[str, str | None, str]] = []
    monkeypatch.setattr(published_pages, "_pages", lambda: iter(given))
    for name in ("_of_the_app", "_of_the_pictures"):  # see test_connecting
        monkeypatch.setattr(published_content, name, lambda: iter(()))
    return given


def found() -> list[tuple[str, str]]:
    return [(one.page, one.sentence) for one in ContentFinding.objects.all()]


def test_a_claim_is_listed_once_and_goes_when_it_is_changed(pages: list[Any]) -> None:
    pages += [("/products/a/", "en", CLAIM), ("/products/", "en", CLAIM)]
    assert published_content.check() == 1
    assert found() == [("/products/a/", "This set cures back pain.")]
    first = ContentFinding.objects.get()
    assert published_content.check() == 1
    assert ContentFinding.objects.get() == first
    assert ContentFinding.objects.get().found_at == first.found_at
    pages[:] = [("/products/a/", "en", "<main><p>This set holds four cups.</p></main>")]
    assert published_content.check() == 0
    assert found() == []


def test_a_set_without_its_insert_is_listed(pages: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    library = published_content.guidebook.library()
    fewer = {slug: one for slug, one in library.inserts.items() if slug != "massage-oil"}

    class Without:
        inserts = fewer

    monkeypatch.setattr(published_content.guidebook, "library", lambda: Without)
    assert published_content.check() == 1
    assert [(one.page, one.rule) for one in ContentFinding.objects.all()] == [
        ("/products/massage-oil/", ContentFinding.WITHOUT_INSERT)
    ]


def test_a_saleor_that_is_away_leaves_the_list_as_it_is(
    pages: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages.append(("/products/a/", "en", CLAIM))
    published_content.check()

    def away() -> Any:
        raise NetworkError("http://saleor", "refused")

    monkeypatch.setattr(published_content.clients, "staff", away)
    with pytest.raises(NetworkError):
        published_content.check()
    assert len(found()) == 1


@pytest.mark.django_db
def test_two_checks_at_the_same_moment_make_no_row_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = ("/about/", "cures", "It cures colds.")
    monkeypatch.setattr(published_content, "_claims", lambda: iter([finding]))
    monkeypatch.setattr(published_content, "_of_the_pictures", lambda: iter(()))

    def meanwhile() -> Iterator[published_content.Finding]:
        monkeypatch.setattr(published_content, "_without_insert", lambda: iter(()))
        published_content.check()
        monkeypatch.setattr(
            ContentFinding.objects, "all", ContentFinding.objects.none
        )  # read before the other wrote
        return iter(())

    monkeypatch.setattr(published_content, "_without_insert", meanwhile)
    assert published_content.check() == 1
    assert ContentFinding.objects.count() == 1
