"""Type and query of the shop."""

from typing import Any

import store
from store.engine.accounts.models import Address
from store.engine.channels import countries
from store.engine.channels.models import ShopSettings
from store.engine.graphql.batching import bind_siblings
from store.engine.graphql.channels.channels import country_display
from store.engine.graphql.channels.request_channel import channels_by_slug, required_channel, settings_of
from store.engine.graphql.checkout.types import ShippingMethodData
from store.engine.graphql.plain_values import LanguageDisplay
from store.engine.graphql.registry import Info, SaleorType, query, requires_permission, restrict_fields
from store.engine.shipping import available_methods

LANGUAGES = ("EN", "DE", "ES")
SALEOR_VERSION = "3.23"  # the version of Saleor's schema that is served


@restrict_fields(
    "MANAGE_SETTINGS",
    fields=(
        "default_mail_sender_name",
        "default_mail_sender_address",
        "customer_set_password_url",
        "fulfillment_auto_approve",
        "fulfillment_allow_unpaid",
        "limit_quantity_per_checkout",
        "reserve_stock_duration_anonymous_user",
        "reserve_stock_duration_authenticated_user",
        "enable_account_confirmation_by_email",
        "allow_login_without_confirmation",
        "use_legacy_shipping_zone_stock_availability",
    ),
)
class Shop(SaleorType, model=ShopSettings):
    @staticmethod
    def countries(_root: ShopSettings, _info: Info, **_filter: Any) -> list[Any]:
        return [country_display(code) for code in countries.COUNTRY_CODES]

    @staticmethod
    def default_country(_root: ShopSettings, info: Info) -> Any:
        channel = next((row for row in channels_by_slug(info.context).values() if row.is_active), None)
        return country_display(channel.default_country) if channel and channel.default_country else None

    @staticmethod
    def available_shipping_methods(
        _root: ShopSettings, info: Info, *, channel: str, address: dict[str, Any] | None = None
    ) -> list[ShippingMethodData]:
        """Of every order value and weight, cheapest first; of the address only the country counts, as in Saleor."""
        found = required_channel(info, channel)
        offers = available_methods.in_channel(found, country=(address or {}).get("country"))
        methods = [ShippingMethodData.from_offer(offer, found.currency_code) for offer in offers]
        bind_siblings(info, methods)
        return methods

    @staticmethod
    def languages(_root: ShopSettings, _info: Info) -> list[LanguageDisplay]:
        return [{"code": code, "language": countries.language_name(code)} for code in LANGUAGES]

    @staticmethod
    def company_address(root: ShopSettings, _info: Info) -> Address | None:
        return Address.objects.filter(pk=root.company_address_id).first() if root.company_address_id else None

    @staticmethod
    @requires_permission()
    def version(_root: ShopSettings, _info: Info) -> str:
        return f"{SALEOR_VERSION}.0+cupwell.{getattr(store, '__version__', '0')}"

    @staticmethod
    def schema_version(_root: ShopSettings, _info: Info) -> str:
        return SALEOR_VERSION

    @staticmethod
    @requires_permission()
    def channel_currencies(_root: ShopSettings, info: Info) -> list[str]:
        return sorted({channel.currency_code for channel in channels_by_slug(info.context).values()})


@query
def shop(info: Info) -> ShopSettings:
    return settings_of(info)
