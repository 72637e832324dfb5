"""Mutations of webhooks, and the retry of a delivery. An app manages its own webhooks."""

from typing import Any

from store.engine.errors import NotFound, OperationError, PermissionDenied
from store.engine.events import tasks, webhook_deliveries, webhook_registration
from store.engine.events.models import App, EventDelivery, Webhook
from store.engine.graphql import ids
from store.engine.graphql.events import payloads
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.serve import check_document


@mutation
def webhook_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    app = _app_for(info, input.get("app"))
    return {"webhook": webhook_registration.create_webhook(app=app, given=input, schema=SubscriptionSchema())}


@mutation
def webhook_update(info: Info, *, id: str | None = None, input: dict[str, Any]) -> dict[str, Any]:
    webhook = _get_webhook(info, id)
    webhook_registration.update_webhook(webhook=webhook, given=input, schema=SubscriptionSchema())
    return {"webhook": webhook}


@mutation
def webhook_delete(info: Info, *, id: str | None = None) -> dict[str, Any]:
    webhook = _get_webhook(info, id)
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


def _get_webhook(info: Info, global_id: str | None) -> Webhook:
    own: App | None = info.context.app
    if own is None and not info.context.has_permission("MANAGE_APPS"):
        raise PermissionDenied("MANAGE_APPS", "AUTHENTICATED_APP")
    if not global_id:
        raise NotFound("Couldn't resolve to a node.", field="id")
    rows = Webhook.objects.select_related("app")
    return ids.get_row(global_id, rows.filter(app=own) if own else rows)


class SubscriptionSchema:
    """What the engine needs to know of the schema to validate a webhook's subscription document."""

    def validation_errors(self, query: str) -> list[str]:
        return [error.message for error in check_document(query)]

    def has_event_type(self, event_type: str) -> bool:
        return payloads.type_name_of(event_type) is not None
