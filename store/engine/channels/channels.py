"""Operations on channels. Which warehouses a channel sells from is in `stock.channel_warehouses`."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from store.engine.caching.invalidation import CachedValue, copy_row
from store.engine.channels.fixed_settings import check_fixed
from store.engine.channels.models import Channel, TaxConfiguration
from store.engine.channels.validation import require_not_blank, validate_and_save
from store.engine.errors import OperationError, Required
from store.engine.events import record_event
from store.engine.row_lock import lock_row

# Nested groups of the API's input whose fields are columns of the table.
SETTING_GROUPS = ("stock_settings", "order_settings", "checkout_settings", "payment_settings")
PLAIN_COLUMNS = (
    "name",
    "slug",
    "is_active",
    "currency_code",
    "default_country",
    "metadata",
    "private_metadata",
)
# Of the API's input, but links to rows above this package: `stock.warehouse_assignment` follows them.
LINKS = ("add_warehouses", "remove_warehouses", "add_shipping_zones", "remove_shipping_zones")


_channels_by_pk = CachedValue(lambda: {channel.pk: channel for channel in Channel.objects.all()})


def all_channels() -> list[Channel]:
    """Copies of all channels, from memory."""
    return [copy_row(channel) for channel in _channels_by_pk().values()]


def by_pk(pk: int) -> Channel:
    """A copy of the channel, from memory. Raises KeyError."""
    return copy_row(_channels_by_pk()[pk])


def create(*, given: Mapping[str, Any]) -> Channel:
    """Create a channel and its tax configuration, inside the caller's transaction.

    `given`: fields of ChannelCreateInput in snake_case. Raises Required, OperationError, OperationErrors.
    """
    channel = Channel()
    if not slugify(given["slug"]):
        raise Required("Slug value cannot be blank.", field="slug")
    validate_and_save(channel, columns(given))
    TaxConfiguration.objects.create(channel=channel)
    record_event("CHANNEL_CREATED", kind="Channel", pk=channel.pk)
    return channel


def update(*, channel: Channel, given: Mapping[str, Any]) -> None:
    """Change the fields in `given` (ChannelUpdateInput in snake_case), inside the caller's transaction.

    Raises Required, OperationError, OperationErrors.
    """
    lock_row(channel)
    was_active = channel.is_active
    validate_and_save(channel, columns(given), is_locked=True)
    if set(given) != {"is_active"}:
        record_event("CHANNEL_UPDATED", kind="Channel", pk=channel.pk)
    if channel.is_active != was_active:
        record_event("CHANNEL_STATUS_CHANGED", kind="Channel", pk=channel.pk)


def columns(given: Mapping[str, Any]) -> dict[str, Any]:
    """The API's nested input as values of columns. Raises Required and OperationError, TypeError for a name that is
    neither a column's nor a group's: a form that names a setting outside its group would lose it without a word.
    """
    if unknown := set(given) - {*PLAIN_COLUMNS, *SETTING_GROUPS, *LINKS}:
        raise TypeError(f"not of a channel: {', '.join(sorted(unknown))}")
    require_not_blank(given, "name")
    values = {name: given[name] for name in PLAIN_COLUMNS if given.get(name) is not None}
    if "slug" in values:
        values["slug"] = slugify(values["slug"])
    if "currency_code" in values:
        values["currency_code"] = values["currency_code"].upper()
    for group in SETTING_GROUPS:
        values |= given.get(group) or {}
    if "automatic_completion" in values:
        values |= _automatic_completion(values.pop("automatic_completion") or {"enabled": False})
    _check_durations(values)
    check_fixed(values, of="OrderSettingsInput")
    return values


def _automatic_completion(given: Mapping[str, Any]) -> dict[str, Any]:
    enabled = given["enabled"]
    if not enabled and (given.get("delay") is not None or given.get("cut_off_date") is not None):
        raise OperationError(
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


def _check_durations(values: Mapping[str, Any]) -> None:
    delay, expire = values.get("automatic_completion_delay"), values.get("expire_orders_after")
    if delay is not None and not 0 <= delay <= 43_200:
        raise OperationError("Delay must be between 0 and 43200 minutes.", field="automaticCompletion")
    if expire is not None and not 0 <= expire <= 129_600:
        raise OperationError(
            "Expiration time for orders cannot be lower than 0 or greater than 129600.",
            field="expireOrdersAfter",
        )
    release_after = values.get("checkout_ttl_before_releasing_funds")  # hours
    if release_after is not None and release_after <= 0:
        raise OperationError(
            "The time in hours after which funds are released must be greater than 0.",
            field="checkoutTtlBeforeReleasingFunds",
            code="INVALID",
        )
    delete_after = values.get("delete_expired_orders_after")  # days
    if delete_after is not None and not 1 <= delete_after <= 120:
        raise OperationError(
            "Delete time for expired orders needs to be in range from 1 to 120.",
            field="deleteExpiredOrdersAfter",
        )
