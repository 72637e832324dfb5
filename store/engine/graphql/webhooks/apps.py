"""Mutations of apps and their tokens."""

from typing import Any

from store.engine.events import app_tokens, webhook_registration
from store.engine.events.models import App, AppToken
from store.engine.graphql import ids
from store.engine.graphql.registry import Info, mutation


@mutation(permissions="MANAGE_APPS")
def app_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    app, token = webhook_registration.create_app(
        given=input, requestor_permissions=_requestor_permissions(info)
    )
    return {"app": app, "auth_token": token}


@mutation(permissions="MANAGE_APPS")
def app_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    app = ids.get_row(id, App)
    webhook_registration.update_app(app=app, given=input, requestor_permissions=_requestor_permissions(info))
    return {"app": app}


@mutation(permissions="MANAGE_APPS")
def app_delete(info: Info, *, id: str) -> dict[str, Any]:
    app = ids.get_row(id, App)
    app.pk = webhook_registration.delete_app(app=app, requestor_permissions=_requestor_permissions(info))
    return {"app": app}


@mutation(permissions="MANAGE_APPS")
def app_activate(info: Info, *, id: str) -> dict[str, Any]:
    return _set_active(info, id, active=True)


@mutation(permissions="MANAGE_APPS")
def app_deactivate(info: Info, *, id: str) -> dict[str, Any]:
    return _set_active(info, id, active=False)


@mutation(permissions="MANAGE_APPS")
def app_token_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    app = ids.get_row(input["app"], App, field="app")
    row, token = webhook_registration.create_token(
        app=app, name=input.get("name") or "", requestor_permissions=_requestor_permissions(info)
    )
    return {"app_token": row, "auth_token": token}


@mutation(permissions="MANAGE_APPS")
def app_token_delete(info: Info, *, id: str) -> dict[str, Any]:
    row = ids.get_row(id, AppToken)
    row.pk = webhook_registration.delete_token(token=row, requestor_permissions=_requestor_permissions(info))
    return {"app_token": row}


def _set_active(info: Info, global_id: str, *, active: bool) -> dict[str, Any]:
    app = ids.get_row(global_id, App)
    webhook_registration.set_app_active(
        app=app, active=active, requestor_permissions=_requestor_permissions(info)
    )
    return {"app": app}


def _requestor_permissions(info: Info) -> frozenset[str]:
    return info.context.requestor.permissions


@mutation
def app_token_verify(info: Info, *, token: str) -> dict[str, Any]:
    return {"valid": app_tokens.find_app(token) is not None}
