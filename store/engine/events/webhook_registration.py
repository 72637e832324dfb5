"""Operations on apps, their tokens and their webhooks: create, update, activate, delete."""

import base64
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from store.engine import ports
from store.engine.errors import NotFound, OperationError, Required
from store.engine.events import app_tokens, outbox
from store.engine.events.event_permissions import SENT_SYNC_EVENTS, SYNC_EVENTS
from store.engine.events.grantable_permissions import check_grantable
from store.engine.events.models import App, AppToken, Webhook, WebhookEvent
from store.engine.events.outbox import record_deleted_event, record_event
from store.engine.events.subscription_queries import InvalidSubscription, subscribed_events
from store.engine.row_lock import lock_row
from store.saleor.http_urls import InvalidHttpUrl, parse_http_url

_HEADER = re.compile(r"^(x-|authorization)[a-z0-9-]*$")


def create_app(*, given: Mapping[str, Any], requestor_permissions: frozenset[str]) -> tuple[App, str]:
    """Create an app; returns it with its first token, which cannot be read back later.

    Raises Required (name), OperationError OUT_OF_SCOPE_PERMISSION.
    """
    name = _validated_name(given.get("name"))
    codes = check_grantable(given.get("permissions") or (), requestor_permissions=requestor_permissions)
    with transaction.atomic(durable=True):
        app = App.objects.create(name=name, permissions=codes, identifier=given.get("identifier") or "")
        if not app.identifier:
            app.identifier = base64.b64encode(f"App:{app.pk}".encode()).decode()
            app.save(update_fields=["identifier"])
        _, token = app_tokens.issue_token(app, name="Default")
        record_event("APP_INSTALLED", kind="App", pk=app.pk)
    return app, token


def update_app(*, app: App, given: Mapping[str, Any], requestor_permissions: frozenset[str]) -> None:
    with transaction.atomic(durable=True):
        _lock(app, requestor_permissions)
        if given.get("name") is not None:
            app.name = _validated_name(given["name"])
        if given.get("identifier"):
            app.identifier = given["identifier"]
        if given.get("permissions") is not None:
            app.permissions = check_grantable(
                given["permissions"], requestor_permissions=requestor_permissions
            )
        app.save()
        record_event("APP_UPDATED", kind="App", pk=app.pk)


def set_app_active(*, app: App, active: bool, requestor_permissions: frozenset[str]) -> None:
    with transaction.atomic(durable=True):
        _lock(app, requestor_permissions)
        app.is_active = active
        app.save(update_fields=["is_active"])
        record_event("APP_STATUS_CHANGED", kind="App", pk=app.pk)


def delete_app(*, app: App, requestor_permissions: frozenset[str]) -> int:
    """Delete the app with its tokens, webhooks and their deliveries; returns its former pk."""
    pk: int = app.pk
    with transaction.atomic(durable=True):
        _lock(app, requestor_permissions)
        _lock_webhooks(app=app)
        record_deleted_event("APP_DELETED", kind="App", row=app)
        app.delete()
    return pk


def create_token(*, app: App, name: str, requestor_permissions: frozenset[str]) -> tuple[AppToken, str]:
    with transaction.atomic(durable=True):
        _lock(app, requestor_permissions)
        return app_tokens.issue_token(app, name=name)


def delete_token(*, token: AppToken, requestor_permissions: frozenset[str]) -> int:
    check_can_manage(token.app, requestor_permissions)
    pk: int = token.pk
    with transaction.atomic(durable=True):
        token.delete()
    return pk


def _lock(app: App, requestor_permissions: frozenset[str]) -> None:
    """Read the app once more, locked, so that nothing is saved as it was before somebody else's change.

    Raises NotFound, or as `check_can_manage`.
    """
    try:
        app.refresh_from_db(from_queryset=App.objects.select_for_update())
    except App.DoesNotExist:
        raise NotFound("The app does not exist any more.", field="id") from None
    check_can_manage(app, requestor_permissions)


def check_can_manage(app: App, requestor_permissions: frozenset[str]) -> None:
    """Raises OperationError OUT_OF_SCOPE_APP if the app has permissions that the requestor lacks."""
    if not set(app.permissions) <= requestor_permissions:
        raise OperationError("You can't manage this app.", field="id", code="OUT_OF_SCOPE_APP")


def create_webhook(*, app: App, given: Mapping[str, Any]) -> Webhook:
    """`given` as in Saleor's WebhookCreateInput; without a list of events they are derived from the query.

    Raises OperationError: inactive app, unusable query, URL or headers, or an event that this shop does not send.
    """
    if not app.is_active:
        raise OperationError("App doesn't exist or is disabled", field="app", code="NOT_FOUND")
    new = new_webhook(app=app, given=given)
    with transaction.atomic(durable=True):
        new.save()
    return new.webhook


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A checked webhook that isn't stored yet, and the events that it is for."""

    webhook: Webhook
    event_types: frozenset[str]

    def save(self) -> None:
        self.webhook.save()
        _subscribe(self.webhook, self.event_types)


def new_webhook(*, app: App, given: Mapping[str, Any]) -> NewWebhook:
    """Raises as `create_webhook` does, but takes an app that is not active."""
    webhook = Webhook(app=app, is_active=given.get("is_active") is not False)
    _assign_fields(webhook, given)
    if not webhook.subscription_query:
        raise OperationError(
            "This shop sends what a subscription selects: give it in `query`.",
            field="query",
            code="MISSING_SUBSCRIPTION",
        )
    if not webhook.target_url:
        raise Required("This field is required.", field="targetUrl")
    event_types = frozenset(_requested_event_types(given, webhook.subscription_query) or ())
    _check_events(event_types)
    return NewWebhook(webhook, event_types)


def update_webhook(*, webhook: Webhook, given: Mapping[str, Any]) -> None:
    """Change what is given; the events only if they or a query are given.

    Raises as `create_webhook` does, and NotFound.
    """
    event_types = _requested_event_types(given, given.get("query") or "")
    _check_events(event_types or set())
    with transaction.atomic(durable=True):
        lock_row(webhook)
        _assign_fields(webhook, given)
        webhook.save()
        if event_types is not None:
            webhook.events.all().delete()
            _subscribe(webhook, event_types)


def delete_webhook(*, webhook: Webhook) -> int:
    pk: int = webhook.pk
    with transaction.atomic(durable=True):
        _lock_webhooks(pk=pk)
        webhook.delete()
    return pk


def _lock_webhooks(**which: Any) -> None:
    """Deliveries to them that are being planned wait until they are deleted, and are planned anew without them."""
    list(Webhook.objects.select_for_update().filter(**which).order_by("pk"))


def _assign_fields(webhook: Webhook, given: Mapping[str, Any]) -> None:
    for name in ("name", "identifier", "secret_key", "is_active"):
        if given.get(name) is not None:
            setattr(webhook, name, given[name])
    if given.get("target_url") is not None:
        webhook.target_url = _validated_url(given["target_url"])
    if given.get("query"):
        webhook.subscription_query = _validated_query(given["query"])
    if "custom_headers" in given:
        webhook.custom_headers = _validated_headers(given["custom_headers"])


def event_types_of(query: str) -> list[str]:
    """The events that a document selects. Raises OperationError for one that can't be used."""
    return sorted(subscribed_events(_validated_query(query)))


def _validated_query(query: str) -> str:
    try:
        subscribed_events(query)
    except InvalidSubscription as error:
        raise OperationError(error.message, field="query", code=error.code) from None
    if errors := ports.connected().subscription_schema.validation_errors(query):
        raise OperationError(errors[0], field="query", code="GRAPHQL_ERROR")
    return query


def _requested_event_types(given: Mapping[str, Any], query: str) -> set[str] | None:
    """The event types that were given, else those the query selects; None without both."""
    lists = [given[key] for key in ("events", "async_events", "sync_events") if given.get(key) is not None]
    if any(lists):
        return {event_type for event_types in lists for event_type in event_types}
    return set(subscribed_events(query)) if query else None


def _check_events(event_types: Set[str]) -> None:
    """Raises OperationError naming the events that are never sent, so that no webhook waits for them in vain."""
    has_event_type = ports.connected().subscription_schema.has_event_type
    never_sent = {
        event_type
        for event_type in event_types - {"ANY_EVENTS"}
        if event_type not in SENT_SYNC_EVENTS
        and (event_type in SYNC_EVENTS or not has_event_type(event_type))
    }
    if never_sent:
        names = ", ".join(sorted(never_sent))
        field = "syncEvents" if never_sent <= SYNC_EVENTS else "asyncEvents"
        raise OperationError(f"This shop does not send {names}.", field=field, code="INVALID")


def _subscribe(webhook: Webhook, event_types: Set[str]) -> None:
    rows = [WebhookEvent(webhook=webhook, event_type=event_type) for event_type in sorted(event_types)]
    WebhookEvent.objects.bulk_create(rows)
    transaction.on_commit(outbox.reload_subscribers)


def _validated_url(url: str) -> str:
    try:
        return parse_http_url(url).text
    except InvalidHttpUrl:
        message = "Enter a valid URL (http or https)."
        raise OperationError(message, field="targetUrl", code="INVALID") from None


def _validated_headers(given: Any) -> dict[str, str]:
    """At most five headers, with lower-case names that can't be mistaken for the shop's own."""
    headers = given or {}
    valid = isinstance(headers, Mapping) and len(headers) <= 5
    if valid:
        lower = {str(name).lower(): value for name, value in headers.items()}
        valid = all(_is_valid_header(name, value) for name, value in lower.items())
    if not valid:
        raise OperationError(
            "At most five headers, named X-… or Authorization…, with values of up to 998 printable characters.",
            field="customHeaders",
            code="INVALID_CUSTOM_HEADERS",
        )
    return lower


def _is_valid_header(name: str, value: object) -> bool:
    printable = isinstance(value, str) and value.isascii() and value.isprintable() and len(value) <= 998
    return printable and len(name) <= 998 and bool(_HEADER.match(name)) and not name.startswith("x-saleor-")


def _validated_name(name: str | None) -> str:
    if not (name or "").strip():
        raise Required("This field is required.", field="name")
    assert name is not None
    return name.strip()
