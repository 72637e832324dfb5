"""Cookies that no page of ours has set are read as none, whatever characters they name by number."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse
from django.test import Client, RequestFactory

from store.form_cleaning import FormCleaningMiddleware

CHARACTERS = (
    r'"\000bcdefghijk"',
    r'"\001bcdefghijk"',
    r'"\377\376bcdefghijk"',
    r'"\ud800bcdefghijk"',
    "x" * 500,
)
NAMES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
OURS = ("answer", "device", "messages", "region", "account", "payment", "cart-default-channel")


@pytest.mark.parametrize("value", CHARACTERS)
def test_what_a_database_refuses_reaches_no_view(value: str) -> None:
    seen: dict[str, str] = {}

    def view(request: Any) -> HttpResponse:
        seen.update(request.COOKIES)
        return HttpResponse()

    FormCleaningMiddleware(view)(RequestFactory().get("/", HTTP_COOKIE=f"any={value}"))
    assert "\0" not in seen["any"]
    assert seen["any"].isprintable()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/cart/", "/admin/", "/admin/login/", "/account/", "/products/?answer=1"])
def test_no_page_fails_by_a_cookie(path: str, no_nul_in_questions: None) -> None:
    for value in CHARACTERS:
        cookies = "; ".join(f"{name}={value}" for name in (*NAMES, *OURS))
        assert Client().get(path, HTTP_COOKIE=cookies).status_code < 500, value


@pytest.fixture
def no_nul_in_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session is asked for as on PostgreSQL: SQLite takes a character that it refuses."""
    load: Callable[[Any], Any] = SessionBase._get_session

    def asked(session: Any, *arguments: Any, **options: Any) -> Any:
        assert "\0" not in (session.session_key or "")
        return load(session, *arguments, **options)

    monkeypatch.setattr(SessionBase, "_session", property(asked))
