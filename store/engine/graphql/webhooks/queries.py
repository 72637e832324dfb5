"""Queries of apps and webhooks, and `_service`, by which Apollo Federation gateways read the schema."""

from typing import Any

from django.db.models import Q, QuerySet
from graphql import print_schema

from store.engine.errors import NotFound, PermissionDenied
from store.engine.events import models
from store.engine.events.subscription_queries import event_type_of
from store.engine.graphql import ids
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.events import payloads
from store.engine.graphql.list_arguments import ListArguments, equal_to
from store.engine.graphql.registry import Info, SaleorType, queries, query

APPS = ListArguments(
    search=("name",),
    columns={
        "is_active": equal_to("is_active"),
        "type": equal_to("type"),
    },
    sort={"NAME": ("name",), "CREATION_DATE": ("created_at", "name")},
)


EXTENSIONS = ListArguments(
    columns={
        "mount_name": lambda given: Q(mount__in=[name.lower() for name in given]),
        "target_name": lambda given: Q(target=given.lower()),
    }
)


@query(permissions=())
def apps(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    rows = APPS.filtered(models.App.objects.filter(installation=None), filter)
    return connect(rows, order=APPS.order(sort_by, default=("name",)), **paging)


@query(permissions="MANAGE_APPS")
def apps_installations(info: Info) -> list[models.AppInstallation]:
    return list(models.AppInstallation.objects.all())


@query(permissions=())
def app_extensions(info: Info, *, filter: dict[str, Any] | None = None, **paging: Any) -> Connection:
    return connect(EXTENSIONS.filtered(_extensions(), filter), **paging)


@query(permissions=())
def app_extension(info: Info, *, id: str) -> models.AppExtension | None:
    return ids.find_row(id, _extensions())


def _extensions() -> QuerySet[models.AppExtension]:
    return models.AppExtension.objects.filter(app__is_active=True, app__installation=None).select_related(
        "app"
    )


@query(permissions="MANAGE_PLUGINS")
def plugins(info: Info, **paging: Any) -> Connection:
    """None: they are programs inside Saleor's own server."""
    return connect([], **paging)


@query
def app(info: Info, *, id: str | None = None) -> models.App | None:
    """Without an id: the app whose token was sent. Raises PermissionDenied for another app's token."""
    own: models.App | None = info.context.app
    if id is None:
        return own
    pk = ids.pk_of(id, "App")
    if (
        not (own and str(own.pk) == pk)
        and not info.context.has_permission("MANAGE_APPS")
        and not _is_staff(info)
    ):
        raise PermissionDenied("MANAGE_APPS", "OWNER", "AUTHENTICATED_STAFF_USER")
    app: models.App | None = _find(models.App, id)
    return app


@query
def webhook(info: Info, *, id: str) -> models.Webhook | None:
    """For MANAGE_APPS and the app that it belongs to; raises PermissionDenied for others."""
    webhook: models.Webhook | None = _find(models.Webhook, id)
    own = info.context.app
    if not (own and webhook and webhook.app_id == own.pk) and not info.context.has_permission("MANAGE_APPS"):
        raise PermissionDenied("MANAGE_APPS", "OWNER")
    return webhook


@query(permissions="MANAGE_APPS")
def webhook_events(info: Info) -> list[models.WebhookEvent]:
    """The events that are sent here."""
    sent = {event_type_of(name) for name in payloads.EVENT_TYPE_NAMES.values()}
    return [models.WebhookEvent(event_type=event_type) for event_type in sorted(sent)]


class Service(SaleorType, name="_Service"):
    @staticmethod
    def sdl(root: Any, info: Info) -> str:
        return print_schema(info.schema)


def service(info: Info) -> dict[str, Any]:
    return {}


queries["_service"] = service  # the decorator can't make a name with a leading underscore


def _find(model: Any, global_id: str) -> Any:
    try:
        return ids.get_row(global_id, model)
    except NotFound:
        return None


def _is_staff(info: Info) -> bool:
    return bool(info.context.user and info.context.user.is_staff)
