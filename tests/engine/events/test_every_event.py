"""Every event that a webhook can subscribe to is recorded by some operation; any other is refused by name."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import store.engine
from store.engine.events.event_permissions import SENT_SYNC_EVENTS, SYNC_EVENTS
from store.engine.events.metadata_operations import EVENT_PREFIXES
from store.engine.events.models import App
from store.engine.events.permission_codes import ALL_PERMISSIONS
from store.engine.events.subscription_queries import event_type_of
from store.engine.graphql.events.payloads import EVENT_TYPE_NAMES
from store.engine.graphql.schema import schema
from tests.engine.api_client import execute_field, gid

ENGINE = Path(store.engine.__file__).parent
CREATE = """mutation($app: ID!, $async: [WebhookEventTypeAsyncEnum!], $sync: [WebhookEventTypeSyncEnum!], $selects: String) {
    webhookCreate(input: {app: $app, targetUrl: "https://example.com", asyncEvents: $async, syncEvents: $sync, query: $selects})
    { webhook { id } errors { field code message } } }"""
ANY = "subscription { event { __typename } }"


def names_of(enum: str) -> set[str]:
    return set(schema().type_map[enum].values)  # type: ignore[attr-defined]


def string_constants() -> Iterator[str]:
    """Every string in the engine's code, except where event types are only listed."""
    for path in ENGINE.rglob("*.py"):
        if path.name != "event_permissions.py" and "migrations" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.fixture
def boss() -> App:
    return App.objects.create(name="Boss", permissions=sorted(ALL_PERMISSIONS))


def test_each_type_of_event_is_recorded_by_some_operation() -> None:
    schema()
    served = {event_type_of(name) for name in EVENT_TYPE_NAMES.values()}
    recorded = set(string_constants()) | {f"{prefix}_METADATA_UPDATED" for prefix in EVENT_PREFIXES.values()}
    assert served - recorded == set()
    assert len(served) > 100


def test_each_type_of_event_is_one_that_a_webhook_can_name() -> None:
    served = {event_type_of(name) for name in EVENT_TYPE_NAMES.values()}
    assert served - names_of("WebhookEventTypeAsyncEnum") - names_of("WebhookEventTypeSyncEnum") == set()


def creation_errors(app: App, **events: Any) -> list[dict[str, Any]]:
    errors: list[dict[str, Any]] = execute_field(CREATE, as_=app, app=gid(app), selects=ANY, **events)[
        "errors"
    ]
    return errors


@pytest.mark.django_db(transaction=True)
def test_every_asynchronous_event_is_served_or_refused_by_name(boss: App) -> None:
    served = {event_type_of(name) for name in EVENT_TYPE_NAMES.values()} | {"ANY_EVENTS"}
    for name in sorted(names_of("WebhookEventTypeAsyncEnum")):
        errors = creation_errors(boss, **{"async": [name]})
        if name in served:
            assert errors == [], name
        else:
            assert [(e["field"], e["code"]) for e in errors] == [("asyncEvents", "INVALID")], name
            assert name in errors[0]["message"]


@pytest.mark.django_db(transaction=True)
def test_every_synchronous_event_is_asked_or_refused_by_name(boss: App) -> None:
    assert names_of("WebhookEventTypeSyncEnum") == SYNC_EVENTS
    for name in sorted(SYNC_EVENTS):
        errors = creation_errors(boss, sync=[name])
        assert [(e["field"], e["code"]) for e in errors] == (
            [] if name in SENT_SYNC_EVENTS else [("syncEvents", "INVALID")]
        )


@pytest.mark.django_db(transaction=True)
def test_a_webhook_without_a_subscription_is_refused(boss: App) -> None:
    """Saleor would send its legacy payload; this shop sends what a document selects, and says so."""
    [error] = execute_field(CREATE, as_=boss, app=gid(boss), **{"async": ["ORDER_PAID"]})["errors"]
    assert (error["field"], error["code"]) == ("query", "MISSING_SUBSCRIPTION")
