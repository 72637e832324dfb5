"""The refresh token as a cookie that no script can read."""

import json
from http.cookies import SimpleCookie
from typing import Any

import pytest

from store.engine.accounts.models import User
from store.engine.graphql.serve import serve
from store.saleor.transports import Response

pytestmark = pytest.mark.django_db(transaction=True)
LOG_IN = 'mutation { tokenCreate(email: "ada@example.com", password: "cups-and-cups") { csrfToken errors { code } } }'
REFRESH = "mutation($c: String) { tokenRefresh(csrfToken: $c) { token errors { field code } } }"


def ask(query: str, cookie: str = "", **variables: Any) -> Response:
    headers = {"content-type": "application/json", "cookie": cookie}
    return serve(json.dumps({"query": query, "variables": variables}).encode(), headers)


def log_in() -> tuple[Any, str, str]:
    """The cookie, what a browser sends back of it, and the CSRF token."""
    User.objects.create_user(email="ada@example.com", password="cups-and-cups", is_confirmed=True)
    answer = ask(LOG_IN)
    morsel = SimpleCookie(answer.headers["set-cookie"])["refreshToken"]
    csrf = json.loads(answer.body)["data"]["tokenCreate"]["csrfToken"]
    return morsel, f"refreshToken={morsel.value}", csrf


def refresh(cookie: str, csrf: str | None) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(ask(REFRESH, cookie, c=csrf).body)["data"]["tokenRefresh"]
    return payload


def test_logging_in_sets_it_and_it_is_used_with_its_csrf_token() -> None:
    morsel, cookie, csrf = log_in()
    assert (morsel["httponly"], morsel["path"], morsel["max-age"], morsel["samesite"]) == (
        True,
        "/",
        "2592000",
        "Lax",
    )
    assert refresh(cookie, csrf)["token"]


def test_over_https_the_cookie_is_secure(settings: Any) -> None:
    settings.PUBLIC_URL = "https://cupwell.example"
    morsel, _, _ = log_in()
    assert (morsel["secure"], morsel["samesite"]) == (True, "None")


def test_without_its_csrf_token_it_is_refused() -> None:
    _, cookie, _ = log_in()
    assert refresh(cookie, None)["errors"] == [{"field": "csrfToken", "code": "REQUIRED"}]
    assert refresh(cookie, "another")["errors"] == [{"field": "csrfToken", "code": "JWT_INVALID_CSRF_TOKEN"}]


def test_a_failed_login_sets_no_cookie() -> None:
    assert "set-cookie" not in ask(LOG_IN).headers
