"""GraphQL types of installations and extensions, and of an app's manifest before it is installed."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from store.engine.accounts import jwt_tokens
from store.engine.events import app_manifests
from store.engine.events.models import App
from store.engine.events.models import AppExtension as AppExtensionRow
from store.engine.events.models import AppInstallation as AppInstallationRow
from store.engine.graphql.batching import batched
from store.engine.graphql.plain_values import Permission, RequiredSaleorVersion
from store.engine.graphql.registry import Info, SaleorType
from store.engine.graphql.webhooks.types import permissions_of


class AppInstallation(SaleorType, model=AppInstallationRow):
    pass


class Manifest(SaleorType, model=app_manifests.Manifest):
    @staticmethod
    def identifier(root: app_manifests.Manifest, info: Info) -> str:
        return root.id

    @staticmethod
    def permissions(root: app_manifests.Manifest, info: Info) -> list[Permission]:
        return permissions_of(root.permissions)

    @staticmethod
    def required_saleor_version(root: app_manifests.Manifest, info: Info) -> RequiredSaleorVersion | None:
        if root.required_saleor_version is None:
            return None
        return {"constraint": root.required_saleor_version, "satisfied": root.is_version_satisfied}


class AppManifestRequiredSaleorVersion(SaleorType):
    pass


class AppManifestWebhook(SaleorType, model=app_manifests.ManifestWebhook):
    pass


def _extension_url(row: AppExtensionRow, app_url: str | None) -> str:
    if row.target != "popup" or not app_url or not row.url.startswith("/"):
        return row.url
    parts = urlsplit(app_url)
    return parts._replace(path=urljoin(parts.path, row.url[1:])).geturl()


class AppExtension(SaleorType, model=AppExtensionRow):
    @staticmethod
    def permissions(root: AppExtensionRow, info: Info) -> list[Permission]:
        return permissions_of(root.permissions)

    @batched
    def url(rows: Sequence[AppExtensionRow], info: Info) -> list[str]:
        """One of a pop-up that begins with a slash continues that of the app."""
        apps = App.objects.in_bulk({row.app_id for row in rows})
        return [_extension_url(row, apps[row.app_id].app_url) for row in rows]

    @staticmethod
    def mount_name(root: AppExtensionRow, info: Info) -> str:
        return root.mount.upper()

    @staticmethod
    def target_name(root: AppExtensionRow, info: Info) -> str:
        return root.target.upper()

    @staticmethod
    def access_token(root: AppExtensionRow, info: Info) -> str | None:
        """None for an app that acts for a user already, as for `App.access_token`."""
        user = info.context.person
        if user is None:
            return None
        codes = info.context.requestor.permissions
        return jwt_tokens.extension_access_token(user, root, users_codes=codes)


class AppManifestExtension(SaleorType, model=app_manifests.ManifestExtension):
    @staticmethod
    def permissions(root: app_manifests.ManifestExtension, info: Info) -> list[Permission]:
        return permissions_of(root.permissions)

    @staticmethod
    def mount_name(root: app_manifests.ManifestExtension, info: Info) -> str:
        return root.mount.upper()

    @staticmethod
    def target_name(root: app_manifests.ManifestExtension, info: Info) -> str:
        return root.target.upper()

    @staticmethod
    def settings(root: app_manifests.ManifestExtension, info: Info) -> dict[str, Any]:
        return root.options
