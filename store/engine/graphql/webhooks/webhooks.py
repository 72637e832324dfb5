"""Webhooks, and a failed delivery sent once more. An app looks after its own."""

from typing import Any

from store.engine.errors import NotFound, PermissionDenied, Refusal
from store.engine.events import tasks, webhook_deliveries, webhook_registration
from store.engine.events.models import App, EventDelivery, Webhook
from store.engine.graphql import ids
from store.engine.graphql.events import payloads
from store.engine.graphql.registry import Info, mutation


@mutation
def webhook_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    app = _app_for(info, input.get("app"))
    return {"webhook": webhook_registration.create_webhook(app=app, given=input, schema=OurSchema())}


@mutation
def webhook_update(info: Info, *, id: str | None = None, input: dict[str, Any]) -> dict[str, Any]:
    webhook = _reachable(info, id)
    webhook_registration.change_webhook(webhook=webhook, given=input, schema=OurSchema())
    return {"webhook": webhook}


@mutation
def webhook_delete(info: Info, *, id: str | None = None) -> dict[str, Any]:
    webhook = _reachable(info, id)
    webhook.pk = webhook_registration.delete_webhook(webhook=webhook)
    return {"webhook": webhook}


@mutation(needs="MANAGE_APPS")
def event_delivery_retry(info: Info, *, id: str) -> dict[str, Any]:
    delivery = ids.one(id, EventDelivery.objects.select_related("event"))
    webhook_deliveries.retry(delivery)
    tasks.nudge()
    return {"delivery": delivery}


def _app_for(info: Info, global_id: str | None) -> App:
    """An app makes webhooks for itself; staff who manage apps name the app."""
    own: App | None = info.context.app
    if own is not None:
        return own
    if not info.context.may("MANAGE_APPS"):
        raise PermissionDenied("MANAGE_APPS", "AUTHENTICATED_APP")
    if not global_id:
        raise Refusal("Missing token or app", field="app", code="NOT_FOUND")
    app = ids.one(global_id, App, field="app")
    webhook_registration.check_reach(app, info.context.requestor.permissions)
    return app


def _reachable(info: Info, global_id: str | None) -> Webhook:
    own: App | None = info.context.app
    if own is None and not info.context.may("MANAGE_APPS"):
        raise PermissionDenied("MANAGE_APPS", "AUTHENTICATED_APP")
    if not global_id:
        raise NotFound("Couldn't resolve to a node.", field="id")
    rows = Webhook.objects.select_related("app")
    return ids.one(global_id, rows.filter(app=own) if own else rows)


class OurSchema:
    def problems(self, query: str) -> list[str]:
        from store.engine.graphql.serve import check_document

        return [problem.message for problem in check_document(query)]

    def tells(self, event_type: str) -> bool:
        return payloads.type_name_of(event_type) is not None
