"""Reading and changing the shop settings."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from store.engine.caching.invalidation import CachedValue, copy_row
from store.engine.channels.fixed_settings import check_fixed
from store.engine.channels.models import ShopSettings
from store.engine.channels.wording import check_words
from store.engine.errors import OperationError, Required

# Fields of Saleor's ShopSettingsInput that are columns of the table.
EDITABLE_COLUMNS = frozenset(
    {
        "name",
        "description",
        "header_text",
        "default_mail_sender_name",
        "default_mail_sender_address",
        "customer_set_password_url",
        "track_inventory_by_default",
        "default_weight_unit",
        "reserve_stock_duration_anonymous_user",
        "reserve_stock_duration_authenticated_user",
        "limit_quantity_per_checkout",
        "fulfillment_auto_approve",
        "fulfillment_allow_unpaid",
        "enable_account_confirmation_by_email",
        "allow_login_without_confirmation",
        "use_legacy_shipping_zone_stock_availability",
        "preserve_all_address_fields",
    }
)


_cached_settings: CachedValue[ShopSettings | None] = CachedValue(lambda: ShopSettings.objects.first())  # noqa: PLW0108 - late


def current() -> ShopSettings:
    """A copy of the current settings, from memory; the defaults while there is no row. Writes nothing."""
    row = _cached_settings()
    return copy_row(row) if row else ShopSettings(pk=1)


def update(*, changes: Mapping[str, Any]) -> ShopSettings:
    """Change the settings in `changes` (snake_case). None is stored where the column is nullable, else ignored.

    Raises OperationError for limits below 1 and OperationErrors for texts that make a claim.
    """
    check_fixed(changes, of="ShopSettingsInput")
    limit = changes.get("limit_quantity_per_checkout")
    if limit is not None and limit < 1:
        raise OperationError("Quantity limit cannot be lower than 1.", field="limitQuantityPerCheckout")
    for name in ("reserve_stock_duration_anonymous_user", "reserve_stock_duration_authenticated_user"):
        if changes.get(name) is not None and changes[name] < 1:
            raise OperationError("Reservation lasts at least 1 minute.", field=name)
    with transaction.atomic(durable=True):
        check_words(changes, of="the shop's settings")
        settings, _ = ShopSettings.objects.select_for_update().get_or_create(pk=1)
        for name in EDITABLE_COLUMNS & changes.keys():
            if changes[name] is None and not ShopSettings._meta.get_field(name).null:
                continue  # as in Saleor: null for a required setting changes nothing
            setattr(settings, name, changes[name])
        settings.metadata |= changes.get("metadata", {})
        settings.private_metadata |= changes.get("private_metadata", {})
        settings.save()
    return settings


def update_gift_card_expiry(*, expiry_type: str | None, period: Mapping[str, Any] | None) -> ShopSettings:
    """Say how long a gift card that is bought can be spent; None stays. `period`: `amount` and `type` (DAY … YEAR).

    Raises Required when cards are to expire and no period is known, OperationError for one below 1.
    """
    if period is not None and period["amount"] < 1:
        raise OperationError("The period lasts at least 1.", field="expiryPeriod")
    with transaction.atomic(durable=True):
        settings, _ = ShopSettings.objects.select_for_update().get_or_create(pk=1)
        if period is not None:
            settings.gift_card_expiry_period = period["amount"]
            settings.gift_card_expiry_unit = period["type"]
        settings.gift_card_expiry_type = expiry_type or settings.gift_card_expiry_type
        if settings.gift_card_expiry_type == "EXPIRY_PERIOD" and settings.gift_card_expiry_period is None:
            raise Required("Say after which period.", field="expiryPeriod")
        settings.save()
    return settings


def set_reason_type(*, name: str, page_type_id: int | None) -> ShopSettings:
    """Say which pages are reasons. `name`: "refund" or "return"; None: a reason is a text only."""
    with transaction.atomic(durable=True):
        settings, _ = ShopSettings.objects.select_for_update().get_or_create(pk=1)
        setattr(settings, f"{name}_reason_type_id", page_type_id)
        settings.save()
    return settings
