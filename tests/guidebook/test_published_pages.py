"""`manage.py wording --shop`: the claims on the shop's rendered pages."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from store.guidebook.wording import published_pages

PAGES = [
    ("/products/a/", None, "<h1>A cup</h1><img alt='It relieves back pain.'>"),
    ("/products/b/", None, "<p>It relieves back pain.</p><p>It flushes toxins out.</p>"),
]


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> None:
    def pages() -> Iterator[tuple[str, str | None, str]]:
        yield from PAGES

    monkeypatch.setattr(published_pages, "_pages", pages)
    monkeypatch.setattr(published_pages, "_is_waived", lambda finding: finding.claim == "C9")


def test_each_claim_is_named_once_with_its_first_page_and_kept_ones_are_marked(
    published: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_info:
        call_command("wording", "--shop")
    lines = capsys.readouterr().out.splitlines()
    assert exit_info.value.code == 1
    assert len(lines) == 2
    assert lines[0].startswith("/products/a/: kept: C9-relief: It »relieves back pain")
    assert lines[1].startswith("/products/b/: C2-detox: ")


def test_kept_sentences_alone_fail_nothing(
    published: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(published_pages, "_is_waived", lambda finding: True)
    call_command("wording", "--shop")
    assert capsys.readouterr().out.count("kept: ") == 2
