"""Apps and webhooks: made, changed, switched, thrown away."""

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.db import transaction

from store.engine.errors import Refusal, Required
from store.engine.events import app_tokens, outbox
from store.engine.events.event_permissions import ASKED, SYNC
from store.engine.events.grantable_permissions import check_giving
from store.engine.events.models import App, AppToken, Webhook, WebhookEvent
from store.engine.events.outbox import record
from store.engine.events.subscription_queries import BadSubscription, events_of


class Schema(Protocol):
    """Handed in, since this room does not know the schema."""

    def problems(self, query: str) -> Sequence[str]:
        """What is wrong with a document."""

    def tells(self, event_type: str) -> bool:
        """Has the event a type that a document can select from?"""


_HEADER = re.compile(r"^(x-|authorization)[a-z0-9-]*$")


def create_app(*, given: Mapping[str, Any], giver: frozenset[str]) -> tuple[App, str]:
    """The app, and a first token that is shown only now."""
    name = _named(given.get("name"))
    codes = check_giving(given.get("permissions") or (), giver=giver)
    with transaction.atomic(durable=True):
        app = App.objects.create(name=name, permissions=codes, identifier=given.get("identifier") or "")
        if not app.identifier:
            app.identifier = base64.b64encode(f"App:{app.pk}".encode()).decode()
            app.save(update_fields=["identifier"])
        _, token = app_tokens.new_token(app, name="Default")
        record("APP_INSTALLED", kind="App", pk=app.pk)
    return app, token


def change_app(*, app: App, given: Mapping[str, Any], giver: frozenset[str]) -> None:
    check_reach(app, giver)
    with transaction.atomic(durable=True):
        if given.get("name") is not None:
            app.name = _named(given["name"])
        if given.get("identifier"):
            app.identifier = given["identifier"]
        if given.get("permissions") is not None:
            app.permissions = check_giving(given["permissions"], giver=giver)
        app.save()
        record("APP_UPDATED", kind="App", pk=app.pk)


def switch_app(*, app: App, on: bool, giver: frozenset[str]) -> None:
    check_reach(app, giver)
    with transaction.atomic(durable=True):
        app.is_active = on
        app.save(update_fields=["is_active"])
        record("APP_STATUS_CHANGED", kind="App", pk=app.pk)


def delete_app(*, app: App, giver: frozenset[str]) -> int:
    """The pk it had; its tokens, webhooks and their deliveries go with it."""
    check_reach(app, giver)
    pk: int = app.pk
    with transaction.atomic(durable=True):
        record("APP_DELETED", kind="App", pk=pk)
        app.delete()
    return pk


def create_token(*, app: App, name: str, giver: frozenset[str]) -> tuple[AppToken, str]:
    check_reach(app, giver)
    with transaction.atomic(durable=True):
        return app_tokens.new_token(app, name=name)


def delete_token(*, token: AppToken, giver: frozenset[str]) -> int:
    check_reach(token.app, giver)
    pk: int = token.pk
    with transaction.atomic(durable=True):
        token.delete()
    return pk


def check_reach(app: App, giver: frozenset[str]) -> None:
    """Nobody lays hands on an app that may do more than they may."""
    if not set(app.permissions) <= giver:
        raise Refusal("You can't manage this app.", field="id", code="OUT_OF_SCOPE_APP")


def create_webhook(*, app: App, given: Mapping[str, Any], schema: Schema) -> Webhook:
    """`given` as in Saleor's WebhookCreateInput; events that are not named follow from the document."""
    if not app.is_active:
        raise Refusal("App doesn't exist or is disabled", field="app", code="NOT_FOUND")
    webhook = Webhook(app=app, is_active=given.get("is_active") is not False)
    _fill(webhook, given, schema)
    if not webhook.subscription_query:
        raise Refusal(
            "This shop sends what a subscription selects: give it in `query`.",
            field="query",
            code="MISSING_SUBSCRIPTION",
        )
    if not webhook.target_url:
        raise Required("This field is required.", field="targetUrl")
    names = _events(given, webhook.subscription_query)
    _check_events(names or set(), schema)
    with transaction.atomic(durable=True):
        webhook.save()
        _listen(webhook, names or set())
    return webhook


def change_webhook(*, webhook: Webhook, given: Mapping[str, Any], schema: Schema) -> None:
    _fill(webhook, given, schema)
    names = _events(given, given.get("query") or "")
    _check_events(names or set(), schema)
    with transaction.atomic(durable=True):
        webhook.save()
        if names is not None:
            webhook.events.all().delete()
            _listen(webhook, names)


def delete_webhook(*, webhook: Webhook) -> int:
    pk: int = webhook.pk
    with transaction.atomic(durable=True):
        webhook.delete()
    return pk


def _fill(webhook: Webhook, given: Mapping[str, Any], schema: Schema) -> None:
    for name in ("name", "identifier", "secret_key", "is_active"):
        if given.get(name) is not None:
            setattr(webhook, name, given[name])
    if given.get("target_url") is not None:
        webhook.target_url = _target(given["target_url"])
    if given.get("query"):
        webhook.subscription_query = _document(given["query"], schema)
    if "custom_headers" in given:
        webhook.custom_headers = _headers(given["custom_headers"])


def _document(query: str, schema: Schema) -> str:
    try:
        events_of(query)
    except BadSubscription as error:
        raise Refusal(error.message, field="query", code=error.code) from None
    if problems := schema.problems(query):
        raise Refusal(problems[0], field="query", code="GRAPHQL_ERROR")
    return query


def _events(given: Mapping[str, Any], query: str) -> set[str] | None:
    """Names that were given, else those the document names; None when neither says anything."""
    named = [given[key] for key in ("async_events", "sync_events") if given.get(key) is not None]
    if any(named):
        return {event for some in named for event in some}
    return set(events_of(query)) if query else None


def _check_events(names: set[str], schema: Schema) -> None:
    """A webhook that would wait forever is refused by the names of what never comes."""
    silent = {
        name
        for name in names - {"ANY_EVENTS"}
        if name not in ASKED and (name in SYNC or not schema.tells(name))
    }
    if silent:
        which = ", ".join(sorted(silent))
        field = "syncEvents" if silent <= SYNC else "asyncEvents"
        raise Refusal(f"This shop does not send {which}.", field=field, code="INVALID")


def _listen(webhook: Webhook, names: set[str]) -> None:
    rows = [WebhookEvent(webhook=webhook, event_type=name) for name in sorted(names)]
    WebhookEvent.objects.bulk_create(rows)
    transaction.on_commit(outbox.look_again)


def _target(url: str) -> str:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise Refusal("Enter a valid URL (http or https).", field="targetUrl", code="INVALID")
    return url


def _headers(given: Any) -> dict[str, str]:
    """At most five, with names that can't be taken for the shop's own."""
    headers = given or {}
    fine = isinstance(headers, Mapping) and len(headers) <= 5
    if fine:
        lower = {str(name).lower(): value for name, value in headers.items()}
        fine = all(_fits(name, value) for name, value in lower.items())
    if not fine:
        raise Refusal(
            "At most five headers, named X-… or Authorization…, with values of up to 998 printable characters.",
            field="customHeaders",
            code="INVALID_CUSTOM_HEADERS",
        )
    return lower


def _fits(name: str, value: object) -> bool:
    printable = isinstance(value, str) and value.isascii() and value.isprintable() and len(value) <= 998
    return printable and len(name) <= 998 and bool(_HEADER.match(name)) and not name.startswith("x-saleor-")


def _named(name: str | None) -> str:
    if not (name or "").strip():
        raise Required("This field is required.", field="name")
    assert name is not None
    return name.strip()
