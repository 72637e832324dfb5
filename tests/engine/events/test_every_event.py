"""Whatever a webhook may wait for is told by some operation; whatever is never told is refused by its name."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import store.engine
from store.engine.events.event_permissions import ASKED, SYNC
from store.engine.events.metadata import ANNOUNCED
from store.engine.events.models import App
from store.engine.events.permission_codes import ALL
from store.engine.events.subscription_queries import event_type
from store.engine.graphql.events.payloads import TYPES
from store.engine.graphql.schema import schema
from tests.engine.api_client import ask_one, gid

ENGINE = Path(store.engine.__file__).parent
CREATE = """mutation($app: ID!, $async: [WebhookEventTypeAsyncEnum!], $sync: [WebhookEventTypeSyncEnum!], $selects: String) {
    webhookCreate(input: {app: $app, targetUrl: "https://example.com", asyncEvents: $async, syncEvents: $sync, query: $selects})
    { webhook { id } errors { field code message } } }"""
ANY = "subscription { event { __typename } }"


def names_of(enum: str) -> set[str]:
    return set(schema().type_map[enum].values)  # type: ignore[attr-defined]


def words() -> Iterator[str]:
    """Every text of the engine's code, but for where kinds of events are only listed."""
    for path in ENGINE.rglob("*.py"):
        if path.name != "kinds.py" and "migrations" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.fixture
def boss() -> App:
    return App.objects.create(name="Boss", permissions=sorted(ALL))


def test_each_type_of_event_is_recorded_by_some_operation() -> None:
    schema()
    served = {event_type(name) for name in TYPES.values()}
    told = set(words()) | {f"{prefix}_METADATA_UPDATED" for prefix in ANNOUNCED.values()}
    assert served - told == set()
    assert len(served) > 100


def test_each_type_of_event_is_one_that_a_webhook_can_name() -> None:
    served = {event_type(name) for name in TYPES.values()}
    assert served - names_of("WebhookEventTypeAsyncEnum") - names_of("WebhookEventTypeSyncEnum") == set()


def refused(app: App, **wanted: Any) -> list[dict[str, Any]]:
    errors: list[dict[str, Any]] = ask_one(CREATE, as_=app, app=gid(app), selects=ANY, **wanted)["errors"]
    return errors


@pytest.mark.django_db(transaction=True)
def test_every_asynchronous_event_is_served_or_refused_by_name(boss: App) -> None:
    served = {event_type(name) for name in TYPES.values()} | {"ANY_EVENTS"}
    for name in sorted(names_of("WebhookEventTypeAsyncEnum")):
        errors = refused(boss, **{"async": [name]})
        if name in served:
            assert errors == [], name
        else:
            assert [(e["field"], e["code"]) for e in errors] == [("asyncEvents", "INVALID")], name
            assert name in errors[0]["message"]


@pytest.mark.django_db(transaction=True)
def test_every_synchronous_event_is_asked_or_refused_by_name(boss: App) -> None:
    assert names_of("WebhookEventTypeSyncEnum") == SYNC
    for name in sorted(SYNC):
        errors = refused(boss, sync=[name])
        assert [(e["field"], e["code"]) for e in errors] == (
            [] if name in ASKED else [("syncEvents", "INVALID")]
        )


@pytest.mark.django_db(transaction=True)
def test_a_webhook_without_a_subscription_is_refused(boss: App) -> None:
    """Saleor would send its legacy payload; this shop sends what a document selects, and says so."""
    [error] = ask_one(CREATE, as_=boss, app=gid(boss), **{"async": ["ORDER_PAID"]})["errors"]
    assert (error["field"], error["code"]) == ("query", "MISSING_SUBSCRIPTION")
