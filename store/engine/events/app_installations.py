"""Installing an app from its manifest: the rows are the queue, any number of workers may install at once.

install   write down what is to be installed; the worker does the rest
run       fetch the manifest, make the app with its webhooks and token, tell the app its token; what fails is kept with
          its reason, and can be tried again or deleted
"""

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx2
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from store.engine.errors import OperationError, OperationErrors, Required
from store.engine.events import app_manifests, app_tokens, checked_requests
from store.engine.events.app_manifests import Manifest, ManifestNotFetched
from store.engine.events.grantable_permissions import check_grantable
from store.engine.events.models import App, AppInstallation
from store.engine.events.outbox import record_event
from store.engine.events.url_validation import ForbiddenAddress
from store.saleor.version import SCHEMA_VERSION

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # longer than all tries to fetch the manifest and the call to the app
MAX_MESSAGE_LENGTH = 255
Status = AppInstallation.Status


class AppRefused(Exception):
    """The app did not take its token; the message says why."""


def install(*, given: Mapping[str, Any], requestor_permissions: frozenset[str]) -> AppInstallation:
    """`given` as in Saleor's AppInstallInput. Raises Required and OperationError."""
    url = app_manifests.check_url(given["manifest_url"])
    if not given["app_name"].strip():
        raise Required("This field cannot be blank.", field="appName")
    codes = check_grantable(given.get("permissions") or (), requestor_permissions=requestor_permissions)
    with transaction.atomic(durable=True):
        return AppInstallation.objects.create(
            app_name=given["app_name"].strip(),
            manifest_url=url,
            permissions=codes,
            activate=given.get("activate_after_installation") is not False,
        )


def retry(*, pk: int, activate: bool) -> AppInstallation:
    """Raises OperationError INVALID_STATUS unless it failed."""
    with transaction.atomic(durable=True):
        installation = _lock_failed(pk, "Cannot retry installation with different status than failed.")
        installation.status, installation.message = Status.PENDING, None
        installation.activate, installation.leased_until = activate, None
        installation.save()
    return installation


def delete_failed(*, pk: int) -> AppInstallation:
    """The deleted row, with its pk. Raises OperationError INVALID_STATUS unless it failed."""
    with transaction.atomic(durable=True):
        installation = _lock_failed(pk, "Cannot delete installation with different status than failed.")
        installation.delete()
    installation.pk = pk
    return installation


def _lock_failed(pk: int, otherwise: str) -> AppInstallation:
    installation = AppInstallation.objects.select_for_update(of=("self",)).get(pk=pk)
    if installation.status != Status.FAILED:
        raise OperationError(otherwise, field="id", code="INVALID_STATUS")
    return installation


def due() -> list[int]:
    """Pks of installations that no worker has begun, or whose worker has died."""
    is_free = Q(leased_until=None) | Q(leased_until__lte=timezone.now())
    return list(
        AppInstallation.objects.filter(is_free, status=Status.PENDING).values_list("pk", flat=True)[:100]
    )


def run(pk: int) -> None:
    """Install it unless another worker does. What fails is written into the row, never raised."""
    now = timezone.now()
    is_free = Q(leased_until=None) | Q(leased_until__lte=now)
    claimed = AppInstallation.objects.filter(is_free, pk=pk, status=Status.PENDING)
    if not claimed.update(leased_until=now + LEASE):
        return
    try:
        _install(AppInstallation.objects.get(pk=pk))
    except (OperationErrors, OperationError) as error:
        errors = error.errors if isinstance(error, OperationErrors) else [error]
        _fail(pk, ", ".join(f"{found.field}: {found.message}" for found in errors))
    except (ManifestNotFetched, AppRefused) as error:
        _fail(pk, str(error))
    except Exception:
        log.exception("an app was not installed")
        _fail(pk, "Unknown error. Contact with app support.")


def _install(installation: AppInstallation) -> None:
    data = app_manifests.fetch(installation.manifest_url, tries=app_manifests.TRIES)
    manifest = app_manifests.read(data)
    if not manifest.is_version_satisfied:
        raise OperationError(
            f"Saleor version {SCHEMA_VERSION} is not supported by the app.",
            field="requiredSaleorVersion",
            code="UNSUPPORTED_SALEOR_VERSION",
        )
    app, token = _make_app(installation, manifest)
    if manifest.token_target_url:
        _tell_token(manifest.token_target_url, token)
    with transaction.atomic(durable=True):
        done, _ = AppInstallation.objects.filter(pk=installation.pk, app=app).delete()
        if done:
            record_event("APP_INSTALLED", kind="App", pk=app.pk)


def _make_app(installation: AppInstallation, manifest: Manifest) -> tuple[App, str]:
    """The app, which isn't listed yet, and its token. Raises OperationErrors."""
    with transaction.atomic(durable=True):
        # Also the other installations of this app wait here, so that one of them finds it installed.
        same = AppInstallation.objects.filter(manifest_url=installation.manifest_url)
        list(same.select_for_update(of=("self",)).order_by("pk"))
        manifest = app_manifests.read(manifest.model_dump(by_alias=True))
        App.objects.filter(installation=installation).delete()  # of a worker that has died
        app = App.objects.create(
            name=installation.app_name,
            identifier=manifest.id,
            permissions=installation.permissions,
            is_active=installation.activate,
            type=App.Type.THIRDPARTY,
            manifest_url=installation.manifest_url,
            about_app=manifest.about,
            **{name: getattr(manifest, name) for name in _FROM_MANIFEST},
        )
        for extension in manifest.extensions:
            extension.new_extension(app).save()
        for webhook in manifest.new_webhooks(app):
            webhook.save()
        _, token = app_tokens.issue_token(app, name="Default token")
        AppInstallation.objects.filter(pk=installation.pk).update(app=app)
    return app, token


_FROM_MANIFEST = (
    "data_privacy",
    "data_privacy_url",
    "homepage_url",
    "support_url",
    "configuration_url",
    "app_url",
    "version",
    "audience",
    "author",
)


def _tell_token(url: str, token: str) -> None:
    """Raises AppRefused."""
    domain = settings.PUBLIC_URL.split("://", 1)[-1]
    headers = {
        "Content-Type": "application/json",
        "Saleor-Domain": domain,
        "X-Saleor-Domain": domain,
        "Saleor-Api-Url": f"{settings.PUBLIC_URL}/graphql/",
        "Saleor-Schema-Version": SCHEMA_VERSION,
    }
    body = json.dumps({"auth_token": token}).encode()
    try:
        response = checked_requests.send("POST", url, headers=headers, content=body)
    except (ForbiddenAddress, httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        log.warning("an app could not be reached: %s", error)
        raise AppRefused("Failed to connect to app. Try later or contact with app support.") from error
    if not 200 <= response.status_code < 300:
        internal = f"App internal error ({response.status_code}). Try later or contact with app support."
        raise AppRefused(app_manifests.error_message_of(response.body) or internal)


def _fail(pk: int, message: str) -> None:
    """Keep the installation with the reason, and nothing of the app."""
    with transaction.atomic(durable=True):
        App.objects.filter(installation=pk).delete()
        AppInstallation.objects.filter(pk=pk).update(
            status=Status.FAILED,
            message=message[:MAX_MESSAGE_LENGTH],
            leased_until=None,
            app=None,
            updated_at=timezone.now(),
        )
