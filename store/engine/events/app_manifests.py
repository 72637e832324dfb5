"""Manifests of apps: fetched from the address that staff names, read and checked as Saleor does.

What a manifest asks for and this shop doesn't do (an event that is never sent) is refused by name.
"""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import httpx2
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError
from semantic_version import NpmSpec, Version
from semantic_version.base import Range

from store.engine.errors import OperationError, OperationErrors
from store.engine.events import checked_requests
from store.engine.events.models import App, AppExtension
from store.engine.events.permission_codes import ALL_PERMISSIONS
from store.engine.events.url_validation import ForbiddenAddress
from store.engine.events.webhook_registration import NewWebhook, new_webhook
from store.saleor.http_urls import InvalidHttpUrl, parse_http_url
from store.saleor.text import load_json
from store.saleor.version import SCHEMA_VERSION, VERSION

MAX_BYTES = 200_000
TRIES = 3  # of an installation, whose app may have been started just now


class ManifestNotFetched(Exception):
    """The manifest's address does not answer, or not with a manifest; the message is for people, `code` Saleor's."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message, self.code = message, code


class VersionRange(NpmSpec):
    """A range as npm writes it, `^3.20`, in which pre-releases count by their order."""

    class Parser(NpmSpec.Parser):
        @classmethod
        def range(cls, operator: str, target: Any) -> Any:
            return Range(operator, target, prerelease_policy=Range.PRERELEASE_NATURAL)


def check_url(url: str, *, field: str = "manifestUrl") -> str:
    """Raises OperationError INVALID_URL_FORMAT."""
    try:
        return parse_http_url(url).text
    except InvalidHttpUrl:
        raise OperationError("Enter a valid URL.", field=field, code="INVALID_URL_FORMAT") from None


def _http_url(url: str) -> str:
    try:
        return parse_http_url(url).text
    except InvalidHttpUrl:
        raise PydanticCustomError("INVALID_URL_FORMAT", "Invalid target url.") from None


def _author(author: str) -> str:
    if not author.strip():
        raise PydanticCustomError("INVALID", "Incorrect value for field: author")
    return author.strip()


def _version_range(text: str) -> str:
    try:
        VersionRange(text)
    except ValueError:
        raise PydanticCustomError("INVALID", "Incorrect value for required Saleor version.") from None
    return text


Url = Annotated[str, AfterValidator(_http_url)]
Lower = Annotated[str, AfterValidator(str.lower)]
EmptyIfNull = BeforeValidator(lambda given: [] if given is None else given)


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", alias_generator=to_camel)


class ManifestExtension(_Part):
    label: str
    url: str
    mount: Lower
    target: Lower = "popup"
    permissions: list[str] = []
    options: dict[str, Any] = {}
    identifier: str | None = None

    def new_extension(self, app: App) -> AppExtension:
        values = self.model_dump(exclude={"options"})
        return AppExtension(app=app, settings=self.options, **values)


class ManifestWebhook(_Part):
    name: str
    target_url: Url
    query: str
    is_active: bool = True
    async_events: list[str] = []
    sync_events: list[str] = []
    custom_headers: dict[str, str] | None = None
    identifier: str | None = None


class Manifest(_Part):
    """What an app says of itself, with Saleor's keys."""

    id: str
    name: str
    version: str
    about: str | None = None
    permissions: list[str] = []
    app_url: str | None = None
    configuration_url: str | None = None
    token_target_url: Url | None = None
    data_privacy: str | None = None
    data_privacy_url: str | None = None
    homepage_url: str | None = None
    support_url: str | None = None
    audience: str | None = None
    required_saleor_version: Annotated[str, AfterValidator(_version_range)] | None = None
    author: Annotated[str, AfterValidator(_author)] | None = None
    extensions: Annotated[list[ManifestExtension], EmptyIfNull] = []
    webhooks: Annotated[list[ManifestWebhook], EmptyIfNull] = []

    @property
    def is_version_satisfied(self) -> bool:
        return not self.required_saleor_version or VersionRange(self.required_saleor_version).match(
            Version(VERSION)
        )

    def check_extensions(self) -> None:
        """Raises OperationErrors for an address that leads nowhere, and for a permission that the app lacks."""
        errors = []
        for extension in self.extensions:
            if not (extension.url.startswith("/") and self.app_url):
                try:
                    check_url(extension.url, field="extensions")
                except OperationError as error:
                    errors.append(error)
            if not set(extension.permissions) <= set(self.permissions):
                message = "Extension permission must be listed in App's permissions."
                errors.append(OperationError(message, field="extensions", code="OUT_OF_SCOPE_PERMISSION"))
        if errors:
            raise OperationErrors(errors)

    def new_webhooks(self, app: App) -> list[NewWebhook]:
        """Its webhooks, checked, not stored. Raises OperationErrors on `webhooks`."""
        new, errors = [], []
        for webhook in self.webhooks:
            try:
                new.append(new_webhook(app=app, given=webhook.model_dump()))
            except OperationError as error:
                message = f"{webhook.name}: {error.message}"
                errors.append(OperationError(message, field="webhooks", code=error.code))
        if errors:
            raise OperationErrors(errors)
        return new


def fetch(url: str, *, tries: int = 1) -> Any:
    """The JSON at the address. Raises ManifestNotFetched, and OperationError for an address of another form."""
    check_url(url)
    for rest in reversed(range(tries)):
        try:
            return _fetch_once(url)
        except (ConnectionError, httpx2.TransportError) as error:
            if not rest:
                message = "The request to fetch manifest data timed out."
                if not isinstance(error, httpx2.TimeoutException):
                    message = "Can't fetch manifest data. Please try later."
                raise ManifestNotFetched(message, "MANIFEST_URL_CANT_CONNECT") from error
    raise ValueError("at least one try")


def _fetch_once(url: str) -> Any:
    headers = {"Saleor-Schema-Version": SCHEMA_VERSION, "Accept": "application/json"}
    try:
        response = checked_requests.send("GET", url, headers=headers, max_bytes=MAX_BYTES)
    except checked_requests.ResponseTooLarge as error:
        raise ManifestNotFetched("The manifest is too large.", "INVALID_MANIFEST_FORMAT") from error
    except (ForbiddenAddress, httpx2.InvalidURL) as error:
        raise ManifestNotFetched(str(error), "MANIFEST_URL_CANT_CONNECT") from error
    if response.status_code != 200:
        raise ManifestNotFetched("Unable to fetch manifest data.", "MANIFEST_URL_CANT_CONNECT")
    try:
        return load_json(response.body)
    except ValueError as error:
        message = "Incorrect structure of manifest."
        raise ManifestNotFetched(message, "INVALID_MANIFEST_FORMAT") from error


def read(data: Any) -> Manifest:
    """The manifest, checked against this shop. Raises OperationErrors."""
    try:
        manifest = Manifest.model_validate(data)
    except ValidationError as error:
        raise OperationErrors(_errors_of(error)) from None
    _check_permissions(manifest)
    manifest.check_extensions()
    if App.objects.filter(identifier=manifest.id, installation=None).exists():
        message = f"App with the same identifier is already installed: {manifest.name}"
        raise OperationErrors([OperationError(message, field="identifier", code="UNIQUE")])
    manifest.new_webhooks(App(permissions=manifest.permissions))
    return manifest


def _check_permissions(manifest: Manifest) -> None:
    """Raises OperationErrors for permissions that don't exist."""
    named = [("permissions", manifest.permissions)]
    named += [("extensions", extension.permissions) for extension in manifest.extensions]
    errors = [
        _unknown(unknown, field)
        for field, codes in named
        if (unknown := sorted(set(codes) - ALL_PERMISSIONS))
    ]
    if errors:
        raise OperationErrors(errors)


def _unknown(codes: list[str], field: str) -> OperationError:
    message = f"Given permissions don't exist: {', '.join(codes)}"
    return OperationError(message, field=field, code="INVALID_PERMISSION")


def _errors_of(error: ValidationError) -> Iterator[OperationError]:
    for found in error.errors():
        field = str(found["loc"][0]) if found["loc"] else "manifestUrl"
        known = found["type"] in ("INVALID_URL_FORMAT", "INVALID")
        code = found["type"] if known else "REQUIRED" if found["type"] == "missing" else "INVALID"
        yield OperationError(found["msg"], field=field, code=code)


def error_message_of(body: bytes) -> str | None:
    """The text that an app gives as the reason of its refusal: `{"error": {"message": …}}`."""
    try:
        return str(json.loads(body)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return None
