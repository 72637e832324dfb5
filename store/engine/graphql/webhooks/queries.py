"""Looking up apps and webhooks; the schema itself for those who collect schemas."""

from typing import Any

from graphql import print_schema

from store.engine.errors import NotFound, PermissionDenied
from store.engine.events import models
from store.engine.graphql import ids
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, SaleorType, queries, query


@query(needs=())
def apps(info: Info, **paging: Any) -> Connection:
    return connect(models.App.objects.all(), order=("name",), **paging)


@query
def app(info: Info, *, id: str | None = None) -> models.App | None:
    """Without an id: the app whose token was sent."""
    own: models.App | None = info.context.app
    if id is None:
        return own
    pk = ids.pk_of(id, "App")
    if not (own and str(own.pk) == pk) and not info.context.may("MANAGE_APPS") and not _is_staff(info):
        raise PermissionDenied("MANAGE_APPS", "OWNER", "AUTHENTICATED_STAFF_USER")
    found: models.App | None = _found(models.App, id)
    return found


@query
def webhook(info: Info, *, id: str) -> models.Webhook | None:
    """For those who manage apps; an app sees its own."""
    found: models.Webhook | None = _found(models.Webhook, id)
    own = info.context.app
    if not (own and found and found.app_id == own.pk) and not info.context.may("MANAGE_APPS"):
        raise PermissionDenied("MANAGE_APPS", "OWNER")
    return found


class Service(SaleorType, name="_Service"):
    @staticmethod
    def sdl(root: Any, info: Info) -> str:
        return print_schema(info.schema)


def service(info: Info) -> dict[str, Any]:
    return {}


queries["_service"] = service  # the decorator takes names that a function can have


def _found(model: Any, global_id: str) -> Any:
    try:
        return ids.one(global_id, model)
    except NotFound:
        return None


def _is_staff(info: Info) -> bool:
    return bool(info.context.user and info.context.user.is_staff)
