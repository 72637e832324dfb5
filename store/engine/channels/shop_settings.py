"""The one row of shop settings."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from store.engine.caching.invalidation import Kept, fresh
from store.engine.channels.models import ShopSettings
from store.engine.channels.wording import check_words
from store.engine.errors import Refusal

# Fields of Saleor's ShopSettingsInput that are columns here.
CHANGEABLE = frozenset(
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
    }
)


_kept: Kept[ShopSettings | None] = Kept(lambda: ShopSettings.objects.first())  # noqa: PLW0108 - late


def current() -> ShopSettings:
    """The settings in force. A shop that nobody has set up has the defaults; reading writes nothing."""
    row = _kept()
    return fresh(row) if row else ShopSettings(pk=1)


def update(*, changes: Mapping[str, Any]) -> ShopSettings:
    """Change the settings that are named; None where that means "no limit"."""
    limit = changes.get("limit_quantity_per_checkout")
    if limit is not None and limit < 1:
        raise Refusal("Quantity limit cannot be lower than 1.", field="limitQuantityPerCheckout")
    for name in ("reserve_stock_duration_anonymous_user", "reserve_stock_duration_authenticated_user"):
        if changes.get(name) is not None and changes[name] < 1:
            raise Refusal("Reservation lasts at least 1 minute.", field=name)
    with transaction.atomic(durable=True):
        check_words(changes, of="the shop's settings")
        settings, _ = ShopSettings.objects.select_for_update().get_or_create(pk=1)
        for name in CHANGEABLE & changes.keys():
            if changes[name] is None and not ShopSettings._meta.get_field(name).null:
                continue  # no wish at all, as in Saleor
            setattr(settings, name, changes[name])
        settings.metadata |= changes.get("metadata", {})
        settings.private_metadata |= changes.get("private_metadata", {})
        settings.save()
    return settings
