"""Mutations of webhooks, and the retry of a delivery. An app manages its own webhooks."""

from typing import Any

from store.engine.errors import NotFound, OperationError, PermissionDenied
from store.engine.events import payload_rendering, tasks, webhook_deliveries, webhook_registration
from store.engine.events.event_permissions import permission_for
from store.engine.events.models import App, Event, EventDelivery, Webhook
from store.engine.graphql import ids
from store.engine.graphql.accounts.current_user import require_staff_user
from store.engine.graphql.events import payloads
from store.engine.graphql.registry import Info, mutation


@mutation
def webhook_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    app = _app_for(info, input.get("app"))
    return {"webhook": webhook_registration.create_webhook(app=app, given=input)}


@mutation
def webhook_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, identifier: str | None = None
) -> dict[str, Any]:
    webhook = _get_webhook(info, id, identifier)
    webhook_registration.update_webhook(webhook=webhook, given=input)
    return {"webhook": webhook}


@mutation
def webhook_delete(info: Info, *, id: str | None = None, identifier: str | None = None) -> dict[str, Any]:
    webhook = _get_webhook(info, id, identifier)
    webhook.pk = webhook_registration.delete_webhook(webhook=webhook)
    return {"webhook": webhook}


@mutation(permissions="MANAGE_APPS")
def event_delivery_retry(info: Info, *, id: str) -> dict[str, Any]:
    delivery = ids.get_row(id, EventDelivery.objects.select_related("event"))
    webhook_deliveries.retry(delivery)
    tasks.enqueue_delivery()
    return {"delivery": delivery}


def _app_for(info: Info, global_id: str | None) -> App:
    """The app that a new webhook is for: the requestor, or the one that staff with MANAGE_APPS name."""
    own: App | None = info.context.app
    if own is not None:
        return own
    if not info.context.has_permission("MANAGE_APPS"):
        raise PermissionDenied("MANAGE_APPS", "AUTHENTICATED_APP")
    if not global_id:
        raise OperationError("Missing token or app", field="app", code="NOT_FOUND")
    app = ids.get_row(global_id, App, field="app")
    webhook_registration.check_can_manage(app, info.context.requestor.permissions)
    return app


def _get_webhook(info: Info, global_id: str | None, identifier: str | None) -> Webhook:
    own: App | None = info.context.app
    if own is None and not info.context.has_permission("MANAGE_APPS"):
        raise PermissionDenied("MANAGE_APPS", "AUTHENTICATED_APP")
    rows = Webhook.objects.select_related("app")
    rows = rows.filter(app=own) if own else rows
    if global_id:
        return ids.get_row(global_id, rows)
    found = rows.filter(identifier=identifier).first() if identifier else None
    if found is None:
        raise NotFound("Couldn't resolve to a node.", field="identifier" if identifier else "id")
    return found


@mutation
def webhook_dry_run(info: Info, *, object_id: str, query: str) -> dict[str, Any]:
    """What a webhook with this document would be sent about the object; nothing is sent."""
    require_staff_user(info)
    event = _event_about(info, object_id, query)
    event.requestor = info.context.requestor  # type: ignore[assignment]
    return {"payload": payload_rendering.render(query, event)}


@mutation
def webhook_trigger(info: Info, *, object_id: str, webhook_id: str) -> dict[str, Any]:
    require_staff_user(info)
    webhook = ids.get_row(webhook_id, Webhook.objects.select_related("app"), field="webhookId")
    event = _event_about(info, object_id, webhook.subscription_query)
    delivery = webhook_deliveries.send_once(event, webhook)
    tasks.enqueue_delivery()
    return {"delivery": delivery}


def _event_about(info: Info, global_id: str, query: str) -> Event:
    """The event that the document selects, about this object.

    Raises NotFound, and OperationError for a document that selects none or several, another kind of object, an event
    that carries a key to an account, or one that the requestor may not receive.
    """
    event_types = webhook_registration.event_types_of(query)
    if len(event_types) != 1:
        raise OperationError("Select one event.", field="query", code="UNABLE_TO_PARSE")
    kind, pk = ids.from_global_id(global_id)
    if event_types[0] in payloads.TOKENS:
        raise OperationError(
            f"{event_types[0]} can't be sent by hand.", field="objectId", code="TYPE_NOT_SUPPORTED"
        )
    if not payloads.is_about(payloads.type_name_of(event_types[0]) or "", kind):
        raise OperationError("ObjectId doesn't match event type.", field="objectId", code="INVALID_ID")
    permission = permission_for(event_types[0])
    if permission is not None and not info.context.has_permission(permission):
        raise OperationError(f"This needs {permission}.", field="objectId", code="MISSING_PERMISSION")
    if payloads.find_row(kind, pk) is None:
        raise NotFound(f"Couldn't resolve to a node: {global_id}", field="objectId")
    return Event(type=event_types[0], object_kind=kind, object_pk=pk)
