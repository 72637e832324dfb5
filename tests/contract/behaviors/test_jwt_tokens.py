"""JWT access and refresh tokens: claims, request headers, refreshing, verification."""

import base64
import json
import time
from typing import Any

import pytest

from tests.contract.fixture_data import ShopSetup
from tests.contract.targets import EMAIL, PASSWORD, Response

LOGIN = "mutation($e:String!,$p:String!){tokenCreate(email:$e,password:$p){token refreshToken csrfToken errors{field message code}}}"
REFRESH = (
    "mutation($r:String,$c:String){tokenRefresh(refreshToken:$r,csrfToken:$c){token errors{field code}}}"
)
VERIFY = "mutation($t:String!){tokenVerify(token:$t){isValid payload user{email} errors{field code}}}"


def decode_claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    decoded: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return decoded


@pytest.fixture(scope="module")
def tokens(shop: ShopSetup) -> dict[str, str]:
    for _ in range(30):  # A failed login of another test delays the next attempts.
        made: dict[str, str] = shop.api.execute(LOGIN, {"e": EMAIL, "p": PASSWORD})["tokenCreate"]
        if made["token"]:
            break
        time.sleep(1)
    return made


def test_the_access_token_has_saleors_claims(shop: ShopSetup, tokens: dict[str, str]) -> None:
    claims = decode_claims(tokens["token"])
    assert claims["iss"] == shop.api.url
    assert (claims["owner"], claims["type"], claims["email"], claims["is_staff"]) == (
        "saleor",
        "access",
        EMAIL,
        True,
    )
    assert base64.b64decode(claims["user_id"]).decode().startswith("User:")
    assert claims["exp"] - claims["iat"] == 300


def test_a_refresh_token_lasts_thirty_days(tokens: dict[str, str]) -> None:
    claims = decode_claims(tokens["refreshToken"])
    assert (claims["type"], claims["exp"] - claims["iat"]) == ("refresh", 30 * 24 * 3600)


@pytest.mark.parametrize(
    ("header", "prefix"),
    [
        ("Authorization", "Bearer "),
        ("Authorization", "JWT "),
        ("Authorization", "bearer "),
        ("Authorization-Bearer", ""),
    ],
)
def test_each_header_that_saleor_accepts_authenticates(
    shop: ShopSetup, tokens: dict[str, str], header: str, prefix: str
) -> None:
    response = query_me(shop, {header: prefix + tokens["token"]})
    assert response.data == {"me": {"email": EMAIL}}


def query_me(shop: ShopSetup, headers: dict[str, str]) -> Response:
    return shop.api.send(b'{"query":"{me{email}}"}', headers=headers)


def test_an_unknown_token_prefix_does_not_authenticate(shop: ShopSetup, tokens: dict[str, str]) -> None:
    assert query_me(shop, {"Authorization": f"Token {tokens['token']}"}).data == {"me": None}


def test_an_invalid_signature_is_an_error_by_that_name(shop: ShopSetup, tokens: dict[str, str]) -> None:
    head, body, signature = tokens["token"].split(".")
    other = "B" if signature.startswith("A") else "A"
    response = query_me(shop, {"Authorization": f"Bearer {head}.{body}.{other}{signature[1:]}"})
    assert response.codes == ["InvalidSignatureError"]


def test_a_token_that_is_no_jwt_is_treated_as_a_guest(shop: ShopSetup) -> None:
    assert query_me(shop, {"Authorization": "Bearer nonsense"}).data == {"me": None}


def test_a_refresh_token_gives_a_new_access_token(shop: ShopSetup, tokens: dict[str, str]) -> None:
    refreshed = shop.api.mutate(REFRESH, {"r": tokens["refreshToken"]})["token"]
    assert decode_claims(refreshed)["type"] == "access"


def test_a_refresh_token_is_read_from_a_cookie_with_its_csrf_token(
    shop: ShopSetup, tokens: dict[str, str]
) -> None:
    cookie = {"Cookie": f"refreshToken={tokens['refreshToken']}"}
    body = json.dumps({"query": REFRESH, "variables": {"c": tokens["csrfToken"]}}).encode()
    refreshed = shop.api.send(body, headers=cookie).data["tokenRefresh"]
    assert (refreshed["errors"], decode_claims(refreshed["token"])["email"]) == ([], EMAIL)


@pytest.mark.parametrize(("csrf", "code"), [(None, "REQUIRED"), ("x" * 64, "JWT_INVALID_CSRF_TOKEN")])
def test_the_cookie_without_a_valid_csrf_token_is_refused(
    shop: ShopSetup, tokens: dict[str, str], csrf: str | None, code: str
) -> None:
    cookie = {"Cookie": f"refreshToken={tokens['refreshToken']}"}
    body = json.dumps({"query": REFRESH, "variables": {"c": csrf}}).encode()
    assert shop.api.send(body, headers=cookie).data["tokenRefresh"]["errors"] == [
        {"field": "csrfToken", "code": code}
    ]


@pytest.mark.parametrize(("token", "code"), [(None, "JWT_MISSING_TOKEN"), ("nonsense", "JWT_DECODE_ERROR")])
def test_refreshing_without_a_valid_token_is_refused(shop: ShopSetup, token: str | None, code: str) -> None:
    assert shop.api.mutation_errors(REFRESH, {"r": token}) == [("refreshToken", code)]


def test_an_access_token_is_refused_for_refreshing(shop: ShopSetup, tokens: dict[str, str]) -> None:
    assert shop.api.mutation_errors(REFRESH, {"r": tokens["token"]}) == [
        ("refreshToken", "JWT_INVALID_TOKEN")
    ]


def test_a_token_can_be_verified(shop: ShopSetup, tokens: dict[str, str]) -> None:
    found = shop.api.mutate(VERIFY, {"t": tokens["token"]})
    assert (found["isValid"], found["user"], found["payload"]["email"]) == (True, {"email": EMAIL}, EMAIL)


def test_a_malformed_token_is_not_valid(shop: ShopSetup) -> None:
    (found,) = shop.api.execute(VERIFY, {"t": "nonsense"}).values()
    assert (found["isValid"], found["errors"]) == (False, [{"field": "token", "code": "JWT_DECODE_ERROR"}])
