"""8. A JWT lets people in: its claims, the header that carries it, how it is renewed, verified and called in."""

import base64
import json
import time
from typing import Any

import pytest

from tests.contract.fixture_data import World
from tests.contract.targets import EMAIL, PASSWORD, Answer

LOGIN = "mutation($e:String!,$p:String!){tokenCreate(email:$e,password:$p){token refreshToken csrfToken errors{field message code}}}"
REFRESH = (
    "mutation($r:String,$c:String){tokenRefresh(refreshToken:$r,csrfToken:$c){token errors{field code}}}"
)
VERIFY = "mutation($t:String!){tokenVerify(token:$t){isValid payload user{email} errors{field code}}}"


def claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


@pytest.fixture(scope="module")
def entered(world: World) -> dict[str, str]:
    for _ in range(30):  # A shop slows down whoever guessed wrong, tests too.
        made: dict[str, str] = world.api.ask(LOGIN, {"e": EMAIL, "p": PASSWORD})["tokenCreate"]
        if made["token"]:
            break
        time.sleep(1)
    return made


def test_the_claims_are_saleors(world: World, entered: dict[str, str]) -> None:
    said = claims(entered["token"])
    assert said["iss"] == world.api.url
    assert (said["owner"], said["type"], said["email"], said["is_staff"]) == ("saleor", "access", EMAIL, True)
    assert base64.b64decode(said["user_id"]).decode().startswith("User:")
    assert said["exp"] - said["iat"] == 300


def test_a_refresh_token_lasts_thirty_days(entered: dict[str, str]) -> None:
    said = claims(entered["refreshToken"])
    assert (said["type"], said["exp"] - said["iat"]) == ("refresh", 30 * 24 * 3600)


@pytest.mark.parametrize(
    ("header", "prefix"),
    [
        ("Authorization", "Bearer "),
        ("Authorization", "JWT "),
        ("Authorization", "bearer "),
        ("Authorization-Bearer", ""),
    ],
)
def test_each_header_that_saleor_knows_lets_in(
    world: World, entered: dict[str, str], header: str, prefix: str
) -> None:
    answer = me(world, {header: prefix + entered["token"]})
    assert answer.data == {"me": {"email": EMAIL}}


def me(world: World, headers: dict[str, str]) -> Answer:
    return world.api.send(b'{"query":"{me{email}}"}', headers=headers)


def test_another_word_before_the_token_lets_nobody_in(world: World, entered: dict[str, str]) -> None:
    assert me(world, {"Authorization": f"Token {entered['token']}"}).data == {"me": None}


def test_a_spoilt_token_is_an_error_with_its_name(world: World, entered: dict[str, str]) -> None:
    head, body, signature = entered["token"].split(".")
    answer = me(world, {"Authorization": f"Bearer {head}.{body}.A{signature[1:]}"})
    assert answer.codes == ["InvalidSignatureError"]


def test_a_token_that_is_none_of_ours_is_a_guests(world: World) -> None:
    assert me(world, {"Authorization": "Bearer nonsense"}).data == {"me": None}


def test_a_refresh_token_gives_a_new_access_token(world: World, entered: dict[str, str]) -> None:
    renewed = world.api.do(REFRESH, {"r": entered["refreshToken"]})["token"]
    assert claims(renewed)["type"] == "access"


def test_a_refresh_token_may_come_as_a_cookie_with_its_csrf_token(
    world: World, entered: dict[str, str]
) -> None:
    cookie = {"Cookie": f"refreshToken={entered['refreshToken']}"}
    body = json.dumps({"query": REFRESH, "variables": {"c": entered["csrfToken"]}}).encode()
    renewed = world.api.send(body, headers=cookie).data["tokenRefresh"]
    assert (renewed["errors"], claims(renewed["token"])["email"]) == ([], EMAIL)


@pytest.mark.parametrize(("csrf", "code"), [(None, "REQUIRED"), ("x" * 64, "JWT_INVALID_CSRF_TOKEN")])
def test_a_cookie_alone_renews_nothing(
    world: World, entered: dict[str, str], csrf: str | None, code: str
) -> None:
    cookie = {"Cookie": f"refreshToken={entered['refreshToken']}"}
    body = json.dumps({"query": REFRESH, "variables": {"c": csrf}}).encode()
    assert world.api.send(body, headers=cookie).data["tokenRefresh"]["errors"] == [
        {"field": "csrfToken", "code": code}
    ]


@pytest.mark.parametrize(("token", "code"), [(None, "JWT_MISSING_TOKEN"), ("nonsense", "JWT_DECODE_ERROR")])
def test_without_a_refresh_token_nothing_is_renewed(world: World, token: str | None, code: str) -> None:
    assert world.api.refused(REFRESH, {"r": token}) == [("refreshToken", code)]


def test_an_access_token_renews_nothing(world: World, entered: dict[str, str]) -> None:
    assert world.api.refused(REFRESH, {"r": entered["token"]}) == [("refreshToken", "JWT_INVALID_TOKEN")]


def test_a_token_can_be_verified(world: World, entered: dict[str, str]) -> None:
    found = world.api.do(VERIFY, {"t": entered["token"]})
    assert (found["isValid"], found["user"], found["payload"]["email"]) == (True, {"email": EMAIL}, EMAIL)


def test_a_token_that_is_none_is_not_valid(world: World) -> None:
    (found,) = world.api.ask(VERIFY, {"t": "nonsense"}).values()
    assert (found["isValid"], found["errors"]) == (False, [{"field": "token", "code": "JWT_DECODE_ERROR"}])
