"""Channels: opening one, changing its rules. Which warehouses it sells from is `stock.channels`."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from store.engine.caching.invalidation import Kept, fresh
from store.engine.channels.models import Channel, TaxConfiguration
from store.engine.channels.validation import not_blank, saved
from store.engine.errors import Refusal, Required
from store.engine.events import record

# Groups of the API's input that are plain columns here.
GROUPS = ("stock_settings", "order_settings", "checkout_settings", "payment_settings")
PLAIN = ("name", "slug", "is_active", "currency_code", "default_country", "metadata", "private_metadata")


_kept = Kept(lambda: {one.pk: one for one in Channel.objects.all()})


def every() -> list[Channel]:
    """All channels, a handful, from memory: rows of the caller's own."""
    return [fresh(one) for one in _kept().values()]


def by_pk(pk: int) -> Channel:
    return fresh(_kept()[pk])


def make(*, given: Mapping[str, Any]) -> Channel:
    """A new channel with its tax configuration. Inside the caller's transaction."""
    channel = Channel()
    if not slugify(given["slug"]):
        raise Required("Slug value cannot be blank.", field="slug")
    saved(channel, columns(given))
    TaxConfiguration.objects.create(channel=channel)
    record("CHANNEL_CREATED", kind="Channel", pk=channel.pk)
    return channel


def change(*, channel: Channel, given: Mapping[str, Any]) -> None:
    """Change what is given. Inside the caller's transaction."""
    was_active = channel.is_active
    saved(channel, columns(given))
    if set(given) != {"is_active"}:
        record("CHANNEL_UPDATED", kind="Channel", pk=channel.pk)
    if channel.is_active != was_active:
        record("CHANNEL_STATUS_CHANGED", kind="Channel", pk=channel.pk)


def columns(given: Mapping[str, Any]) -> dict[str, Any]:
    """The API's nested settings as columns."""
    not_blank(given, "name")
    found = {name: given[name] for name in PLAIN if given.get(name) is not None}
    if "slug" in found:
        found["slug"] = slugify(found["slug"])
    if "currency_code" in found:
        found["currency_code"] = found["currency_code"].upper()
    for group in GROUPS:
        found |= given.get(group) or {}
    if "automatic_completion" in found:
        found |= _automatic_completion(found.pop("automatic_completion") or {"enabled": False})
    _check_minutes(found)
    return found


def _automatic_completion(given: Mapping[str, Any]) -> dict[str, Any]:
    enabled = given["enabled"]
    if not enabled and (given.get("delay") is not None or given.get("cut_off_date") is not None):
        raise Refusal(
            "Delay and cut-off date can be set only when automatic completion is enabled.",
            field="automaticCompletion",
        )
    return {
        "automatically_complete_fully_paid_checkouts": enabled,
        "automatic_completion_delay": given.get("delay"),
        "automatic_completion_cut_off_date": (given.get("cut_off_date") or timezone.now())
        if enabled
        else None,
    }


def _check_minutes(found: Mapping[str, Any]) -> None:
    delay, expire = found.get("automatic_completion_delay"), found.get("expire_orders_after")
    if delay is not None and not 0 <= delay <= 43_200:
        raise Refusal("Delay must be between 0 and 43200 minutes.", field="automaticCompletion")
    if expire is not None and not 0 <= expire <= 129_600:
        raise Refusal(
            "Expiration time for orders cannot be lower than 0 or greater than 129600.",
            field="expireOrdersAfter",
        )
    keep = found.get("delete_expired_orders_after")
    if keep is not None and not 1 <= keep <= 120:
        raise Refusal(
            "Delete time for expired orders needs to be in range from 1 to 120.",
            field="deleteExpiredOrdersAfter",
        )
