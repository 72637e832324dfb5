"""Mutations of apps, of their tokens and of their installation."""

from typing import Any

from store.engine.errors import OperationError
from store.engine.events import (
    app_installation_tasks,
    app_installations,
    app_manifests,
    app_tokens,
    webhook_registration,
)
from store.engine.events.app_manifests import ManifestNotFetched
from store.engine.events.models import App, AppInstallation, AppToken
from store.engine.graphql import ids
from store.engine.graphql.accounts.current_user import require_staff_user
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


@mutation(permissions="MANAGE_APPS")
def app_fetch_manifest(info: Info, *, manifest_url: str) -> dict[str, Any]:
    try:
        return {"manifest": app_manifests.read(app_manifests.fetch(manifest_url))}
    except ManifestNotFetched as error:
        raise OperationError(error.message, field="manifestUrl", code=error.code) from None


@mutation(permissions="MANAGE_APPS")
def app_install(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    """Raises PermissionDenied for an app: only a person installs apps."""
    require_staff_user(info)
    installation = app_installations.install(given=input, requestor_permissions=_requestor_permissions(info))
    app_installation_tasks.enqueue(installation.pk)
    return {"app_installation": installation}


@mutation(permissions="MANAGE_APPS")
def app_retry_install(info: Info, *, id: str, activate_after_installation: bool = True) -> dict[str, Any]:
    pk = ids.get_row(id, AppInstallation).pk
    installation = app_installations.retry(pk=pk, activate=activate_after_installation)
    app_installation_tasks.enqueue(pk)
    return {"app_installation": installation}


@mutation(permissions="MANAGE_APPS")
def app_delete_failed_installation(info: Info, *, id: str) -> dict[str, Any]:
    return {"app_installation": app_installations.delete_failed(pk=ids.get_row(id, AppInstallation).pk)}


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
