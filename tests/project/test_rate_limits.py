"""How often a client may ask: by form and by API, with and without Redis, behind a proxy."""

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, resolve, reverse

from store import rate_limits
from store.engine.graphql.serve import serve
from store.rate_limits import TooManyRequests, spend
from store.storefront import errors
from store.storefront.rate_limits import FORMS, RequestRateMiddleware

ADA, BOB = "198.51.100.1", "198.51.100.2"
UNREACHABLE = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:9/0",  # the discard port: nobody listens
    }
}


@pytest.fixture(autouse=True)
def small_limits(settings: Any) -> Any:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {
        purpose: (3, 100) for purpose in settings.RATE_LIMITS if purpose != "graphql cost"
    }
    cache.clear()
    rate_limits.forget_own_counts()
    yield
    rate_limits.forget_own_counts()


def spend_until_refused(address: str, most: int = 20) -> int:
    for count in range(most):
        try:
            spend("search", address)
        except TooManyRequests:
            return count
    return most


def test_the_fourth_in_the_window_is_refused_and_others_go_on() -> None:
    assert spend_until_refused(ADA) == 3
    assert spend_until_refused(BOB) == 3
    spend("cart", ADA)


def test_without_the_shared_cache_the_limit_still_holds(settings: Any) -> None:
    settings.CACHES = UNREACHABLE
    assert spend_until_refused(ADA) == 3
    assert spend_until_refused(BOB) == 3


def test_a_shared_cache_that_is_away_is_not_asked_for_each_request(settings: Any, monkeypatch: Any) -> None:
    asked = []
    monkeypatch.setattr(RedisCache, "add", lambda *_: asked.append(1) or 1 / 0)
    settings.CACHES = UNREACHABLE
    spend_until_refused(ADA)
    assert len(asked) == 1


@pytest.mark.redis
def test_several_processes_count_together_in_redis(settings: Any, redis_url: str) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}
    }
    cache.clear()
    try:
        spend("search", ADA)
        rate_limits.forget_own_counts()  # another process
        assert spend_until_refused(ADA) == 2
    finally:
        cache.clear()


def test_the_window_slides(monkeypatch: Any) -> None:
    now = 1_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    assert spend_until_refused(ADA) == 3
    now += 100  # the next window has just begun: the three still count
    assert spend_until_refused(ADA) == 0
    now += 70  # most of it is over
    assert spend_until_refused(ADA) == 2


@pytest.mark.parametrize("address", ["", "nonsense", "127.0.0.1", "10.0.0.7", "::1"])
def test_who_can_not_be_told_from_others_is_not_limited(address: str) -> None:
    """A proxy that does not say for whom it asks: one client would use up what is meant for all."""
    assert spend_until_refused(address) == 20


def test_an_ipv6_client_does_not_get_more_by_changing_its_address() -> None:
    for last in range(3):
        spend("search", f"2001:db8:1:2::{last + 1}")
    with pytest.raises(TooManyRequests):
        spend("search", "2001:db8:1:2:ffff::1")
    spend("search", "2001:db8:1:3::1")


def test_zero_is_no_limit(settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"search": (0, 60)}
    assert spend_until_refused(ADA) == 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("method", "path"), [("get", "/products/?q=cup"), ("get", "/orders/x/"), ("post", "/admin/login/")]
)
def test_a_page_answers_429_and_says_when_to_come_back(seeded_shop: None, method: str, path: str) -> None:
    # Behind a proxy: what the client itself put into the header changes nothing.
    def ask(client: str, number: int) -> Any:
        return getattr(Client(), method)(path, HTTP_X_FORWARDED_FOR=f"1.1.1.{number}, {client}")

    statuses = [ask(ADA, number).status_code for number in range(4)]
    assert 429 not in statuses[:3]
    refused = ask(ADA, 5)
    assert (statuses[3], refused.status_code) == (429, 429)
    assert 1 <= int(refused["Retry-After"]) <= 100
    assert "A moment, please" in refused.content.decode()
    assert ask(BOB, 6).status_code != 429


@pytest.mark.django_db(transaction=True)
def test_a_look_up_by_another_method_counts_as_well(seeded_shop: None) -> None:
    """The pages read their address only, so a form sent to it finds the same."""
    methods = ("get", "head", "post", "post", "get")
    statuses = [
        getattr(Client(), method)("/recalls/?lot=L1", HTTP_X_FORWARDED_FOR=ADA).status_code
        for method in methods
    ]
    assert statuses == [200, 200, 200, 429, 429]


LOOK_UPS = (
    "/products/?q=cup",
    "/search/suggestions/?q=c",
    "/orders/x/",
    "/recalls/?lot=L1",
    "/recalls/answer/x/",
)


def path_of(view: str) -> str:
    """An address of the view: each of its arguments is `7`."""
    for arguments in ((), ("7",), ("7", "7")):
        with suppress(NoReverseMatch):
            return reverse(view, args=arguments)
    raise AssertionError(view)


@pytest.mark.parametrize(
    "address", [(ADA, BOB), ("2001:db8:1:1::1", "2001:db8:1:2::1")], ids=["IPv4", "IPv6"]
)
@pytest.mark.parametrize(
    ("method", "target"), [*(("post", view) for view in FORMS), *(("get", path) for path in LOOK_UPS)]
)
def test_each_limit_holds_without_a_proxy_and_for_one_client_alone(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch, method: str, target: str, address: tuple[str, str]
) -> None:
    """As embedded: the connection's own address counts, and what the client says of itself changes nothing."""
    monkeypatch.setattr(errors, "too_many_requests", lambda request, seconds: seconds)
    path = path_of(target) if method == "post" else target

    def seconds_to_wait(client: str) -> Any:
        request = getattr(rf, method)(path, REMOTE_ADDR=client)
        request.resolver_match = resolve(request.path_info)
        return RequestRateMiddleware(HttpResponse).process_view(request)

    assert [seconds_to_wait(address[0]) for _ in range(3)] == [None] * 3
    assert 1 <= seconds_to_wait(address[0]) <= 100
    assert seconds_to_wait(address[1]) is None


@pytest.mark.django_db(transaction=True)
def test_who_names_other_addresses_without_a_proxy_is_one_client(seeded_shop: None) -> None:
    def ask(number: int, client: str = ADA) -> Any:
        return Client(REMOTE_ADDR=client).get("/orders/x/", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")

    statuses = [ask(number).status_code for number in range(4)]
    assert (429 in statuses[:3], statuses[3], ask(9, BOB).status_code == 429) == (False, 429, False)


def ask_api(query: str, address: str, **headers: str) -> Any:
    body = json.dumps({"query": query}).encode()
    return serve(body, {"content-type": "application/json", "remote-addr": address, **headers})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "query",
    [
        'mutation{tokenCreate(email:"a@example.com",password:"x"){errors{code}}}',
        'mutation M{...F} fragment F on Mutation{t:tokenCreate(email:"a@example.com",password:"x"){errors{code}}}',
        'mutation{requestPasswordReset(email:"a@example.com",redirectUrl:"http://localhost/"){errors{code}}}',
        '{order(id:"T3JkZXI6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"){id}}',
        '{products(first:1,search:"cup",channel:"x"){totalCount}}',
    ],
    ids=["login", "login in a fragment", "reset", "order", "search"],
)
def test_the_api_answers_429_and_says_when_to_come_back(query: str) -> None:
    statuses = [
        ask_api(query + " " * n, ADA).status for n in range(4)
    ]  # an answer that is kept costs nothing
    refused = ask_api(query + " " * 4, ADA)
    assert (statuses[:3], statuses[3], refused.status) == ([200] * 3, 429, 429)
    assert 1 <= int(refused.headers["retry-after"]) <= 100
    assert json.loads(refused.body)["errors"][0]["extensions"]["code"] == "TooManyRequests"
    assert ask_api(query, BOB).status == 200


@pytest.mark.django_db(transaction=True)
def test_the_cost_of_all_queries_of_a_client_is_limited(settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"graphql cost": (250, 100)}
    query = '{channels{id} products(first:99,channel:"x"){edges{node{id}}} __typename}'
    assert [ask_api(query + " " * n, ADA).status for n in range(4)] == [200, 200, 429, 429]
    assert ask_api(query, BOB).status == 200


@pytest.mark.django_db(transaction=True)
def test_a_shops_own_server_asks_for_all_its_customers() -> None:
    from store.engine.events import app_tokens
    from store.engine.events.models import App

    app = App.objects.create(name="Shop", permissions=["MANAGE_ORDERS"])
    token = app_tokens.issue_token(app)[1]
    query = '{order(id:"T3JkZXI6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"){id}}'
    assert {ask_api(query, ADA, authorization=f"Bearer {token}").status for _ in range(9)} == {200}
