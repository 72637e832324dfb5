"""Apps and their tokens."""

from typing import Any

from store.engine.events import webhook_registration
from store.engine.events.models import App, AppToken
from store.engine.graphql import ids
from store.engine.graphql.registry import Info, mutation


@mutation(needs="MANAGE_APPS")
def app_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    app, token = webhook_registration.create_app(given=input, giver=_giver(info))
    return {"app": app, "auth_token": token}


@mutation(needs="MANAGE_APPS")
def app_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    app = ids.one(id, App)
    webhook_registration.change_app(app=app, given=input, giver=_giver(info))
    return {"app": app}


@mutation(needs="MANAGE_APPS")
def app_delete(info: Info, *, id: str) -> dict[str, Any]:
    app = ids.one(id, App)
    app.pk = webhook_registration.delete_app(app=app, giver=_giver(info))
    return {"app": app}


@mutation(needs="MANAGE_APPS")
def app_activate(info: Info, *, id: str) -> dict[str, Any]:
    return _switched(info, id, on=True)


@mutation(needs="MANAGE_APPS")
def app_deactivate(info: Info, *, id: str) -> dict[str, Any]:
    return _switched(info, id, on=False)


@mutation(needs="MANAGE_APPS")
def app_token_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    app = ids.one(input["app"], App, field="app")
    row, token = webhook_registration.create_token(app=app, name=input.get("name") or "", giver=_giver(info))
    return {"app_token": row, "auth_token": token}


@mutation(needs="MANAGE_APPS")
def app_token_delete(info: Info, *, id: str) -> dict[str, Any]:
    row = ids.one(id, AppToken)
    row.pk = webhook_registration.delete_token(token=row, giver=_giver(info))
    return {"app_token": row}


def _switched(info: Info, global_id: str, *, on: bool) -> dict[str, Any]:
    app = ids.one(global_id, App)
    webhook_registration.switch_app(app=app, on=on, giver=_giver(info))
    return {"app": app}


def _giver(info: Info) -> frozenset[str]:
    return info.context.requestor.permissions
