"""The run itself. Its length and seed come from the environment, see the package."""

import gc
import json
import os
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from store import garbage_collection
from store.engine.accounts import jwt_tokens
from store.engine.accounts.models import Group, User
from store.engine.events import app_tokens
from store.engine.events.models import App
from store.engine.events.permission_codes import ALL_PERMISSIONS
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.schema import schema
from store.engine.graphql.serve import serve
from tests.fuzz.graphql_requests import RequestMaker
from tests.fuzz.html_forms import PageReader, filled

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "2000"))
SEED = int(os.environ.get("FUZZ_SEED", "18"))
SECONDS = float(os.environ.get("FUZZ_SECONDS", "inf"))  # a long run may end earlier
FORM_SHARE = 0.15
MAX_SECONDS = 5.0
SHOWN = 40  # failures that are printed
START_PAGES = ("/", "/products/", "/cart/", "/checkout/", "/guides/", "/admin/", "/region/", "/admin/login/")
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900 if REQUESTS <= 2000 else 0)]
ROLES = {
    "owner": sorted(ALL_PERMISSIONS),
    "catalogue": ["MANAGE_PRODUCTS", "MANAGE_PAGES", "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES", "MANAGE_MENUS"],
    "warehouse": ["MANAGE_ORDERS", "MANAGE_PRODUCTS", "MANAGE_SHIPPING"],
    "support": ["MANAGE_ORDERS", "MANAGE_USERS", "MANAGE_GIFT_CARD", "HANDLE_PAYMENTS"],
    "staff": ["MANAGE_STAFF"],
}


class Report:
    """Counts and failures of a run."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.failures: list[str] = []
        self.slowest = 0.0

    def note(self, kind: str, what: str, call: Callable[[], tuple[int, bytes]]) -> bytes:
        started = time.thread_time()  # of the processor: other programs of the machine don't count
        try:
            status, body = call()
        except Exception as error:  # an exception that left the program is what is looked for
            status, body = 599, repr(error).encode()
        seconds = time.thread_time() - started
        self.slowest = max(self.slowest, seconds)
        self.statuses[f"{kind} {status}"] += 1
        if status in (500, 599) or b"Internal Server Error" in body or seconds > MAX_SECONDS:
            self.failures.append(f"{status} {seconds:.1f} s {kind} {what[:1500]} -> {body[:300]!r}")
            print(self.failures[-1], flush=True)
        return body


@pytest.fixture
def tokens(seeded_shop: None) -> dict[str, str]:
    found = {"guest": ""}
    app = App.objects.create(name="Fuzz", permissions=sorted(ALL_PERMISSIONS))
    found["app"] = app_tokens.issue_token(app)[1]
    for role, permissions in ROLES.items():
        user = User.objects.create_user(f"{role}@fuzz.example", "fuzz-fuzz-fuzz", is_staff=True)
        Group.objects.create(name=f"Fuzz {role}", permissions=permissions).users.add(user)
        found[role] = user.email
    found["customer"] = User.objects.create_user("customer@fuzz.example", "fuzz-fuzz-fuzz").email
    return found


def global_ids() -> list[str]:
    """Ids of up to five rows of each model that the API knows."""
    found = []
    for model in apps.get_models():
        if model.__module__.startswith("store.engine"):
            found += [
                to_global_id(model.__name__, pk)
                for pk in model._base_manager.values_list("pk", flat=True)[:5]
            ]
    return [*found, *(to_global_id(name, 1) for name in ("ShippingMethodType", "Shop", "Payment"))]


def ask_api(body: bytes, token: str) -> tuple[int, bytes]:
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    answer = serve(body, headers)
    return answer.status, answer.body


def token_of(known: str) -> str:
    """Access tokens last five minutes and end with the account; a deleted one asks as a guest."""
    if "@" not in known:
        return known
    user = User.objects.filter(email=known, is_active=True).first()
    return jwt_tokens.access_token(user) if user else ""


def fuzz_api(report: Report, random: Random, tokens: dict[str, str], count: int) -> None:
    maker = RequestMaker(schema(), global_ids(), random)
    for number in range(count):
        if number % 500 == 499:
            maker.ids = global_ids()
        who = random.choice(sorted(tokens))
        token = token_of(tokens[who])
        body = json.dumps(maker.request()).encode()
        report.note(f"api {who}", body.decode(), partial(ask_api, body, token))


def fuzz_forms(report: Report, random: Random, count: int) -> None:
    visitors = ("guest", "merchant@cupwell.example", *(f"{role}@fuzz.example" for role in ROLES))
    for who in visitors:
        visit(report, random, who, count // (2 * len(visitors)))


def visit(report: Report, random: Random, who: str, pages: int) -> None:
    """Open pages, follow links and send forms: two requests for each of `pages`."""
    browser = Client(raise_request_exception=False)
    with suppress(User.DoesNotExist):
        browser.force_login(User.objects.get(email=who))

    def ask(method: str, address: str, values: Any = None) -> bytes:
        def call() -> tuple[int, bytes]:
            response = getattr(browser, method)(address, values)
            return response.status_code, response.getvalue()

        return report.note(f"{method} {who}", f"{address} {values or ''}", call)

    known = list(START_PAGES)
    for _ in range(pages):
        address = random.choice(known)
        reader = PageReader(address, ask("get", address).decode(errors="replace"))
        known += [link for link in sorted(reader.links) if link not in known and "logout" not in link][:20]
        form = random.choice(reader.forms)
        ask("post" if form.method == "post" else "get", form.action, filled(form, random))


@pytest.fixture
def collected_as_in_a_server() -> Iterator[None]:
    """Garbage that refers to itself is looked for as often as in a web process. Tests do so seldom, to start faster: in
    them it piles up, and the request during which Python looks at all of it counts as a slow one.
    """
    thresholds = gc.get_threshold()
    garbage_collection.keep_what_is_loaded()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def test_every_request_is_answered(
    tokens: dict[str, str], collected_as_in_a_server: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise ConnectionError("tests make no connections")

    monkeypatch.setattr("store.engine.events.checked_requests.send", refuse)
    monkeypatch.setattr("store.engine.events.url_validation.resolve", refuse)
    random, report = Random(SEED), Report()
    rounds = max(1, REQUESTS // 2000)
    memory = []
    ends = time.monotonic() + SECONDS
    for _ in range(rounds):
        if time.monotonic() > ends:
            break
        fuzz_api(report, random, tokens, int(REQUESTS / rounds * (1 - FORM_SHARE)))
        fuzz_forms(report, random, int(REQUESTS / rounds * FORM_SHARE))
        memory.append(round(memory_mb()))
    total = sum(report.statuses.values())
    print(f"\nseed {SEED}: {total} requests, slowest {report.slowest:.2f} s, memory {memory} MB")
    print(dict(sorted(report.statuses.items())))
    assert report.failures[:SHOWN] == [], f"{len(report.failures)} of {total}"
    assert memory[-1] < memory[len(memory) // 2] * 1.3 + 20
