"""Type and query of the shop."""

from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from django.conf import settings

import store
from store.engine.accounts.models import Address
from store.engine.channels import countries
from store.engine.channels.models import ShopSettings
from store.engine.events.permission_codes import PERMISSION_NAMES
from store.engine.graphql.batching import bind_siblings
from store.engine.graphql.channels.channels import country_display
from store.engine.graphql.channels.request_channel import channels_by_slug, required_channel, settings_of
from store.engine.graphql.channels.translations import declare_translation, translation_of
from store.engine.graphql.checkout.types import ShippingMethodData, gateways_of_shop
from store.engine.graphql.naming import to_snake
from store.engine.graphql.plain_values import Domain, LanguageDisplay, Permission
from store.engine.graphql.registry import Info, SaleorType, query, requires_permission, restrict_fields
from store.engine.shipping import available_methods
from store.engine.shipping.models import ShippingZone
from store.saleor.scope import read_scope
from store.saleor.version import SCHEMA_VERSION

LANGUAGES = ("EN", "DE", "ES")


@restrict_fields(
    "MANAGE_SETTINGS",
    fields=(
        "default_mail_sender_name",
        "default_mail_sender_address",
        "limit_quantity_per_checkout",
        "reserve_stock_duration_anonymous_user",
        "reserve_stock_duration_authenticated_user",
        "enable_account_confirmation_by_email",
        "allow_login_without_confirmation",
        "preserve_all_address_fields",
    ),
)
class Shop(SaleorType, model=ShopSettings):
    translation = staticmethod(translation_of("Shop"))
    available_payment_gateways = staticmethod(gateways_of_shop)

    @staticmethod
    def countries(
        _root: ShopSettings,
        _info: Info,
        *,
        filter: dict[str, Any] | None = None,
        language_code: str | None = None,
    ) -> list[Any]:
        """Names are in English, as in Saleor, which ignores `languageCode`."""
        attached = (filter or {}).get("attached_to_shipping_zones")
        codes = countries.COUNTRY_CODES
        if attached is not None:
            served = {
                code for zone in ShippingZone.objects.values_list("countries", flat=True) for code in zone
            }
            codes = tuple(code for code in codes if (code in served) == attached)
        return [country_display(code) for code in codes]

    @staticmethod
    def domain(_root: ShopSettings, _info: Info) -> Domain:
        origin = urlsplit(settings.PUBLIC_URL)
        return {
            "host": origin.netloc,
            "ssl_enabled": origin.scheme == "https",
            "url": f"{settings.PUBLIC_URL}/",
        }

    @staticmethod
    @requires_permission()
    def permissions(_root: ShopSettings, _info: Info) -> list[Permission]:
        return [{"code": code, "name": name} for code, name in sorted(PERMISSION_NAMES.items())]

    @staticmethod
    def phone_prefixes(_root: ShopSettings, _info: Info) -> list[str]:
        codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
        return [f"+{code}" for code in sorted(codes)]

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
        return f"{SCHEMA_VERSION}.0+cupwell.{getattr(store, '__version__', '0')}"

    @staticmethod
    def schema_version(_root: ShopSettings, _info: Info) -> str:
        return SCHEMA_VERSION

    @staticmethod
    @requires_permission()
    def channel_currencies(_root: ShopSettings, info: Info) -> list[str]:
        return sorted({channel.currency_code for channel in channels_by_slug(info.context).values()})


def _fixed(value: Any) -> Any:
    """The resolver of a setting that has one value here."""
    return staticmethod(lambda _root, _info: value)


for _name, (_value, _reason) in read_scope().fixed("ShopSettingsInput").items():
    setattr(Shop, to_snake(_name), _fixed(_value))


@query
def shop(info: Info) -> ShopSettings:
    return settings_of(info)


declare_translation(
    "Shop",
    header_text=staticmethod(lambda root, _info: root.header_text or ""),
    description=staticmethod(lambda root, _info: root.description or ""),
)
