"""The desk's pages of guides, inserts and the check of a text."""

import pytest
from django.test import Client

from store import guidebook
from store.engine.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("hand@cupwell.example", "x", is_staff=True))
    return client


def test_every_guide_and_insert_is_listed_in_every_language(colleague: Client) -> None:
    text = colleague.get("/admin/guides/").content.decode()
    books = guidebook.library()
    for slug in books.inserts:
        for prefix in ("", "/de", "/es"):
            assert f'href="{prefix}/inserts/{slug}/"' in text
            assert f'href="{prefix}/inserts/{slug}.pdf"' in text
    for slug in books.guides:
        assert f'href="/de/guides/{slug}/"' in text


def test_a_text_is_checked_and_kept_nowhere(colleague: Client) -> None:
    answer = colleague.post("/admin/check-text/", {"text": "Soft cups.\n\nThey relieve back pain."})
    assert [one.sentence for one in answer.context["found"]] == ["They relieve back pain."]
    assert "No claim" in colleague.post("/admin/check-text/", {"text": "Soft cups."}).content.decode()
    assert colleague.post("/admin/check-text/", {"text": ""}).status_code == 422


def test_a_visitor_has_to_log_in(client: Client) -> None:
    for path in ("/admin/guides/", "/admin/check-text/"):
        assert client.get(path).status_code == 302
