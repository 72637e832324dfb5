"""Looks at a Saleor as a merchant's engineer would: what is as the store needs it, and what is left for a person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import httpx2
from django.conf import settings
from django.utils import timezone

from store.saleor.client.client import Client
from store.saleor.client.enums import WebhookEventTypeSyncEnum
from store.saleor.errors import SaleorError
from store.saleor.picture_hosts import picture_hosts
from store.saleor.version import SCHEMA_VERSION
from store.saleor_app import registration

CLOCKS_DIFFER_BY = timedelta(seconds=60)
# Saleor's own plugin for mails to customers, on as it is shipped.
CUSTOMER_MAIL_PLUGIN = "mirumee.notifications.user_email"
_PLUGINS = """query CustomerMail { plugins(first: 100) { edges { node { id
  globalConfiguration { active } channelConfigurations { active } } } } }"""


@dataclass(frozen=True, slots=True)
class Finding:
    """`is_fine`: None where it could not be seen. `text` says what is so, or what a person has to do."""

    is_fine: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Inspected:
    findings: tuple[Finding, ...]
    picture_hosts: tuple[str, ...]


def inspect(client: Client, url: str) -> Inspected:
    """`client`: with the token of a member of staff or of the app. Raises SaleorError if it does not answer at all."""
    version = client.shop_version().shop.version
    hosts = picture_hosts(client)
    checks: list[Callable[[], Iterator[Finding]]] = [
        lambda: _version(version),
        lambda: _answers_of(url),
        lambda: _channels(client),
        lambda: _customer_mail(client),
        lambda: _default_delivery(client),
        lambda: _default_category(client),
        lambda: _payment(client),
        lambda: app_findings(client, url),
    ]
    return Inspected(tuple(finding for check in checks for finding in _seen(check)), hosts)


def app_findings(client: Client, url: str) -> Iterator[Finding]:
    """What the store's app lacks; nothing with the token of a member of staff, who has just given it all."""
    app = client.app_by_token().app
    for what in registration.lacking(app) if app else ():
        yield Finding(
            False,
            f"the store's app lacks {what}: run `manage.py connect_saleor {url}` again with the login of a member of"
            " staff",
        )


def _seen(check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """A check that may not be made, for want of a permission, hides none of the others."""
    try:
        return list(check())
    except (SaleorError, httpx2.HTTPError, ValueError) as error:
        return [Finding(None, f"could not be seen: {error}")]


def _version(version: str) -> Iterator[Finding]:
    fits = version.startswith(f"{SCHEMA_VERSION}.") or version == SCHEMA_VERSION
    yield Finding(
        fits,
        f"Saleor {version}" if fits else f"Saleor is {version}; this store is tried with {SCHEMA_VERSION}",
    )


def _answers_of(url: str) -> Iterator[Finding]:
    """The public keys that sign webhooks, and the clock, by one request that needs no permission."""
    response = httpx2.get(settings.SALEOR_JWKS_URL or jwks_url(url), timeout=10.0)
    response.raise_for_status()
    keys = response.json().get("keys")
    yield Finding(
        bool(keys), "public keys of the webhooks" if keys else "no public keys: set RSA_PRIVATE_KEY there"
    )
    if date := response.headers.get("date"):
        yield _clock(parsedate_to_datetime(date))


def jwks_url(api_url: str) -> str:
    return urljoin(api_url, "/.well-known/jwks.json")


def _clock(theirs: datetime) -> Finding:
    apart = abs(timezone.now() - theirs)
    fits = apart < CLOCKS_DIFFER_BY
    return Finding(
        fits, "clock" if fits else f"the clocks are {apart.total_seconds():.0f} seconds apart: set one right"
    )


def _channels(client: Client) -> Iterator[Finding]:
    channels = client.channels().channels or []
    for one in channels:
        state = "" if one.is_active else ", not active"
        yield Finding(True, f"channel {one.slug}: {one.currency_code}, {one.default_country.code}{state}")
    slugs = [one.slug for one in channels if one.is_active]
    if settings.DEFAULT_CHANNEL not in slugs:
        known = ", ".join(slugs) or "none"
        yield Finding(
            False,
            f"there is no active channel {settings.DEFAULT_CHANNEL}: set DEFAULT_CHANNEL to one of: {known}",
        )


def _customer_mail(client: Client) -> Iterator[Finding]:
    data = client.get_data(client.execute(_PLUGINS, "CustomerMail"))
    plugins = [edge["node"] for edge in data["plugins"]["edges"]]
    plugin = next((one for one in plugins if one["id"] == CUSTOMER_MAIL_PLUGIN), None)
    configurations = [plugin["globalConfiguration"], *plugin["channelConfigurations"]] if plugin else []
    is_on = any(one and one["active"] for one in configurations)
    yield Finding(
        not is_on,
        "Saleor's own mail to customers is off"
        if not is_on
        else "Saleor mails customers too, so each gets two: switch off “User emails” under Configuration, Plugins",
    )


def _default_delivery(client: Client) -> Iterator[Finding]:
    found = client.delivery_prices().shipping_zones
    for edge in found.edges if found else ():
        for method in edge.node.shipping_methods or ():
            listings = method.channel_listings or ()
            if method.name == "Default" and any(one.price and not one.price.amount for one in listings):
                yield Finding(
                    False,
                    f"the free delivery “{method.name}” of zone “{edge.node.name}” would stand first: delete it",
                )


def _default_category(client: Client) -> Iterator[Finding]:
    found = client.category_keys().categories
    if any(edge.node.slug == "default-category" for edge in (found.edges if found else ())):
        yield Finding(False, "“Default Category” would stand among the filters: delete it")


def _payment(client: Client) -> Iterator[Finding]:
    needed = WebhookEventTypeSyncEnum.TRANSACTION_INITIALIZE_SESSION
    found = client.payment_apps().apps
    names = [
        f"{edge.node.name} ({edge.node.identifier or edge.node.name})"
        for edge in (found.edges if found else ())
        if any(
            hook.is_active and any(event.event_type is needed for event in hook.sync_events)
            for hook in edge.node.webhooks or ()
        )
    ]
    yield Finding(
        bool(names),
        f"payment by {', '.join(names)}" if names else "no payment app: install one, or nothing can be paid",
    )
