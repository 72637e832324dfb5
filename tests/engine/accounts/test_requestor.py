from datetime import timedelta

import jwt
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from store.engine.accounts import customer_accounts, jwt_tokens
from store.engine.accounts.models import Group, User
from store.engine.accounts.requestor import authenticate
from store.engine.events import app_tokens, signing_keys
from store.engine.events.models import App

pytestmark = pytest.mark.django_db(transaction=True)


def bearer(token):
    return authenticate({"authorization": f"Bearer {token}"})


def test_the_claims_are_saleors(ada, settings):
    settings.PUBLIC_URL = "https://cupwell.example"
    claims = signing_keys.decode_token(jwt_tokens.access_token(ada))
    assert claims["iss"] == "https://cupwell.example/graphql/"
    assert (claims["owner"], claims["type"], claims["email"]) == ("saleor", "access", "ada@example.com")
    assert (claims["is_staff"], claims["exp"] - claims["iat"]) == (False, 300)
    assert claims["token"] == ada.jwt_token_key


def test_a_user_is_known_by_an_access_token_however_it_is_sent(ada):
    token = jwt_tokens.access_token(ada)
    for headers in (
        {"authorization": f"Bearer {token}"},
        {"authorization": f"JWT {token}"},
        {"authorization-bearer": token},
    ):
        assert authenticate(headers).user == ada


def test_a_refresh_token_is_no_access_token(ada):
    token, _ = jwt_tokens.refresh_token(ada)
    with pytest.raises(jwt_tokens.InvalidToken) as refused:
        _ = bearer(token).user
    assert refused.value.graphql_code == "InvalidTokenError"


def test_an_expired_token_is_refused_with_saleors_error(ada):
    with time_machine.travel(timezone.now() - timedelta(minutes=6)):
        token = jwt_tokens.access_token(ada)
    with pytest.raises(jwt_tokens.InvalidToken, match="Signature has expired") as refused:
        _ = bearer(token).user
    assert refused.value.graphql_code == "ExpiredSignatureError"


def test_a_token_signed_by_somebody_else_is_refused(ada):
    claims = signing_keys.decode_token(jwt_tokens.access_token(ada))
    for forged in (
        jwt.encode(claims, "x" * 40, algorithm="HS256"),
        jwt.encode(claims, None, algorithm="none"),
    ):
        with pytest.raises(jwt_tokens.InvalidToken):
            _ = bearer(forged).user


def test_deactivating_all_tokens_makes_them_invalid(ada):
    token = jwt_tokens.access_token(ada)
    customer_accounts.deactivate_all_tokens(user=ada)
    with pytest.raises(jwt_tokens.InvalidToken):
        _ = bearer(token).user


def test_a_deactivated_user_is_refused_at_once(ada):
    token = jwt_tokens.access_token(ada)
    User.objects.update(is_active=False)
    with pytest.raises(jwt_tokens.InvalidToken):
        _ = bearer(token).user


def test_an_unknown_authorization_header_makes_a_guest(ada):
    for value in ("", "Bearer", "Bearer x", "Basic YTpi", "Bearer a.b.c"):
        requestor = authenticate({"authorization": value})
        assert (requestor.user, requestor.app, requestor.permissions) == (None, None, frozenset())


def test_a_guest_costs_no_statement(ada):
    with CaptureQueriesContext(connection) as queries:
        assert authenticate({}).permissions == frozenset()
    assert len(queries) == 0


def test_an_app_brings_its_own_permissions(ada):
    _, token = app_tokens.issue_token(App.objects.create(name="Mailer", permissions=["MANAGE_ORDERS"]))
    requestor = bearer(token)
    assert (requestor.app.name, requestor.user, requestor.permissions) == ("Mailer", None, {"MANAGE_ORDERS"})


def test_staff_have_the_permissions_of_their_groups(ada):
    group = Group.objects.create(name="Packers", permissions=["MANAGE_ORDERS"])
    group.users.add(ada)
    assert ada.permission_codes() == frozenset()  # a customer in a group is still a customer
    ada.is_staff = True
    assert ada.permission_codes() == {"MANAGE_ORDERS"}
    ada.is_superuser = True
    assert len(ada.permission_codes()) == 25
    ada.is_active = False
    assert ada.permission_codes() == frozenset()
