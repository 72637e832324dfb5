"""Logging out ends the login for whoever has copied its token, and no other."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from django.test import Client

from store.engine.accounts import jwt_tokens
from store.engine.accounts.models import EndedLogin, User
from store.engine.events import signing_keys
from store.storefront.account import session
from tests.engine.api_client import execute_field

pytestmark = pytest.mark.django_db(transaction=True)
REFRESH = "mutation($t:String!){tokenRefresh(refreshToken:$t){token errors{field code}}}"


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@example.com", "a long way home")


def refreshed(token: str) -> list[str]:
    answer = execute_field(REFRESH, t=token)
    return [error["code"] for error in answer["errors"]] or ["a new token" if answer["token"] else ""]


def browser_with(token: str) -> Client:
    from django.http import HttpResponse
    from django.test import RequestFactory

    response = HttpResponse()
    session.start(RequestFactory().get("/"), response, token)
    browser = Client()
    browser.cookies[session.COOKIE] = response.cookies[session.COOKIE].value
    return browser


def test_a_copied_token_ends_with_the_log_out_and_other_logins_go_on(ada: User) -> None:
    (phone, _), (desk, _) = jwt_tokens.refresh_token(ada), jwt_tokens.refresh_token(ada)
    assert (refreshed(phone), refreshed(desk)) == (["a new token"], ["a new token"])
    for _ in range(2):  # also when it is sent twice
        browser_with(phone).post("/account/log-out/")
    assert (refreshed(phone), refreshed(desk)) == (["JWT_INVALID_TOKEN"], ["a new token"])
    assert EndedLogin.objects.count() == 1


def test_another_spelling_of_the_token_is_ended_too(ada: User) -> None:
    token, _ = jwt_tokens.refresh_token(ada)
    claims = jwt.decode(token, options={"verify_signature": False})
    jwt_tokens.end_login(token)
    assert refreshed(signing_keys.sign_token(dict(reversed(claims.items())))) == ["JWT_INVALID_TOKEN"]


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
def test_nonsense_ends_nothing(token: str) -> None:
    jwt_tokens.end_login(token)
    assert not EndedLogin.objects.exists()


def test_an_access_token_and_a_foreign_one_end_nothing(ada: User) -> None:
    foreign: dict[str, Any] = {"type": "refresh", "owner": "saleor", "email": ada.email, "csrfToken": "x"}
    jwt_tokens.end_login(jwt_tokens.access_token(ada))
    jwt_tokens.end_login(jwt.encode(foreign, "k" * 32, algorithm="HS256"))
    assert not EndedLogin.objects.exists()


def test_what_has_expired_is_kept_no_longer(ada: User) -> None:
    EndedLogin.objects.create(digest="old", expires_at=datetime.now(UTC) - timedelta(days=1))
    jwt_tokens.end_login(jwt_tokens.refresh_token(ada)[0])
    assert EndedLogin.objects.exclude(digest="old").count() == EndedLogin.objects.count() == 1


CREATE = 'mutation($a:String){tokenCreate(email:"ada@example.com",password:"a long way home",audience:$a){token refreshToken}}'


def test_a_named_audience_stays_through_refreshes(ada: User) -> None:
    created = execute_field(CREATE, a="till")
    again = execute_field(REFRESH, t=created["refreshToken"])
    audiences = [signing_keys.decode_token(token).get("aud") for token in (created["token"], again["token"])]
    assert audiences == ["custom:till", "custom:till"]
    assert "aud" not in signing_keys.decode_token(execute_field(CREATE)["token"])
