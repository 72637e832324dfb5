"""GraphQL types of apps, webhooks and event deliveries."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from store.engine.accounts import jwt_tokens
from store.engine.errors import PermissionDenied
from store.engine.events import models
from store.engine.events.event_permissions import SYNC_EVENTS, display_name
from store.engine.events.permission_codes import PERMISSION_NAMES
from store.engine.graphql.batched_lists import connect_each
from store.engine.graphql.batching import batched
from store.engine.graphql.connections import Connection
from store.engine.graphql.list_arguments import ListArguments, equal_to
from store.engine.graphql.plain_values import Permission
from store.engine.graphql.plain_values import WebhookEvent as WebhookEventValues
from store.engine.graphql.registry import Info, SaleorType


def _check_app_access(root: models.App, info: Info) -> None:
    """Tokens and webhooks are for the app itself and for MANAGE_APPS; raises PermissionDenied."""
    own = info.context.app is not None and info.context.app.pk == root.pk
    if not own and not info.context.has_permission("MANAGE_APPS"):
        raise PermissionDenied("MANAGE_APPS", "OWNER")


def permissions_of(codes: Iterable[str]) -> list[Permission]:
    return [{"code": code, "name": PERMISSION_NAMES[code]} for code in codes]


class App(SaleorType, model=models.App):
    @staticmethod
    def created(root: models.App, info: Info) -> datetime:
        return root.created_at

    @staticmethod
    def permissions(root: models.App, info: Info) -> list[Permission]:
        return permissions_of(root.permissions)

    @staticmethod
    def access_token(root: models.App, info: Info) -> str | None:
        """With which an installed app acts for the member of staff who has opened it in the Dashboard. None for an app
        that acts for them already: it would renew its own without end, and take on what other apps may do.
        """
        user = info.context.person
        if root.type != models.App.Type.THIRDPARTY or user is None or not user.is_staff:
            return None
        return jwt_tokens.app_access_token(user, root, users_codes=info.context.requestor.permissions)

    @staticmethod
    def tokens(root: models.App, info: Info) -> list[models.AppToken]:
        _check_app_access(root, info)
        tokens: list[models.AppToken] = _tokens(root, info)
        return tokens

    @staticmethod
    def webhooks(root: models.App, info: Info) -> list[models.Webhook]:
        _check_app_access(root, info)
        webhooks: list[models.Webhook] = _webhooks(root, info)
        return webhooks


@batched
def _tokens(apps: list[models.App], info: Info) -> list[list[models.AppToken]]:
    return _children(apps, models.AppToken.objects.all())


@batched
def _webhooks(apps: list[models.App], info: Info) -> list[list[models.Webhook]]:
    return _children(apps, models.Webhook.objects.select_related("app").prefetch_related("events"))


def _children(apps: list[models.App], rows: Any) -> list[list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows.filter(app__in=apps):
        found.setdefault(row.app_id, []).append(row)
    return [found.get(app.pk, []) for app in apps]


class AppToken(SaleorType, model=models.AppToken):
    @staticmethod
    def auth_token(root: models.AppToken, info: Info) -> str:
        """The last four characters: the token itself is stored only as a hash."""
        return root.last_4


def _event(name: str) -> WebhookEventValues:
    return {"event_type": name, "name": display_name(name)}


class Webhook(SaleorType, model=models.Webhook):
    @staticmethod
    def async_events(root: models.Webhook, info: Info) -> list[WebhookEventValues]:
        return [
            _event(event.event_type) for event in root.events.all() if event.event_type not in SYNC_EVENTS
        ]

    @staticmethod
    def sync_events(root: models.Webhook, info: Info) -> list[WebhookEventValues]:
        return [_event(event.event_type) for event in root.events.all() if event.event_type in SYNC_EVENTS]

    @staticmethod
    def subscription_query(root: models.Webhook, info: Info) -> str | None:
        return root.subscription_query or None

    @staticmethod
    @batched
    def event_deliveries(
        webhooks: list[models.Webhook],
        info: Info,
        *,
        filter: dict[str, Any] | None = None,
        sort_by: dict[str, Any] | None = None,
        **paging: Any,
    ) -> list[Connection]:
        rows = models.EventDelivery.objects.select_related("event")
        rows = DELIVERIES.filtered(rows, filter)
        descending = (sort_by or {}).get("direction", "DESC") == "DESC"
        order = ("-created_at" if descending else "created_at",)
        return connect_each(rows, webhooks, parent_field="webhook_id", order=order, **paging)


class WebhookEventAsync(SaleorType):
    pass


class WebhookEventSync(SaleorType):
    pass


class WebhookEvent(SaleorType, model=models.WebhookEvent):
    @staticmethod
    def name(root: models.WebhookEvent, info: Info) -> str:
        return display_name(root.event_type)


DELIVERIES = ListArguments(
    columns={
        "status": lambda given: Q(status=given.lower()),
        "event_type": equal_to("event__type"),
    }
)


class EventDelivery(SaleorType, model=models.EventDelivery):
    @staticmethod
    def status(root: models.EventDelivery, info: Info) -> str:
        return root.status.upper()

    @staticmethod
    @batched
    def attempts(
        deliveries: list[models.EventDelivery],
        info: Info,
        *,
        sort_by: dict[str, Any] | None = None,
        **paging: Any,
    ) -> list[Connection]:
        descending = (sort_by or {}).get("direction", "DESC") == "DESC"
        return connect_each(
            models.EventDeliveryAttempt.objects.all(),
            deliveries,
            parent_field="delivery_id",
            order=("-created_at" if descending else "created_at",),
            **paging,
        )


class EventDeliveryAttempt(SaleorType, model=models.EventDeliveryAttempt):
    @staticmethod
    def status(root: models.EventDeliveryAttempt, info: Info) -> str:
        return root.status.upper()
