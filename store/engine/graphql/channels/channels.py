"""Type and queries of channels."""

from typing import Any

from django.db.models import Exists, OuterRef

from store.engine.channels import countries
from store.engine.channels.models import Channel as ChannelRow
from store.engine.channels.models import TaxConfiguration
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.batching import batched, bind_siblings
from store.engine.graphql.channels.request_channel import channel_of, channels_by_slug
from store.engine.graphql.plain_values import CountryDisplay
from store.engine.graphql.registry import Info, SaleorType, query, requires_permission, restrict_fields
from store.engine.orders.models import Order
from store.engine.shipping.models import ShippingZone
from store.engine.stock.models import ChannelWarehouse, Warehouse


def country_display(code: str) -> CountryDisplay:
    return {"code": code, "country": countries.country_name(code)}


@restrict_fields("MANAGE_CHANNELS", "MANAGE_ORDERS", fields=("order_settings",))
@restrict_fields("MANAGE_CHANNELS", "MANAGE_CHECKOUTS", fields=("checkout_settings",))
@restrict_fields("MANAGE_CHANNELS", "HANDLE_PAYMENTS", fields=("payment_settings",))
@restrict_fields(fields=("name", "is_active", "currency_code", "default_country", "stock_settings"))
class Channel(SaleorType, model=ChannelRow):
    @staticmethod
    def default_country(root: ChannelRow, _info: Info) -> Any:
        return country_display(root.default_country) if root.default_country else None

    @staticmethod
    @batched
    def countries(rows: list[ChannelRow], _info: Info) -> list[list[Any]]:
        """The countries of the channel's shipping zones."""
        links = ShippingZone.channels.through.objects.filter(channel__in=rows)
        found: dict[int, set[str]] = {row.pk: set() for row in rows}
        for pk, codes in links.values_list("channel_id", "shippingzone__countries"):
            found[pk].update(codes)
        return [[country_display(code) for code in sorted(found[row.pk])] for row in rows]

    @staticmethod
    @requires_permission()
    @batched
    def warehouses(rows: list[ChannelRow], _info: Info) -> list[list[Warehouse]]:
        found: dict[int, list[Warehouse]] = {row.pk: [] for row in rows}
        for link in ChannelWarehouse.objects.filter(channel__in=rows).select_related("warehouse"):
            found[link.channel_id].append(link.warehouse)
        return [found[row.pk] for row in rows]

    @staticmethod
    @requires_permission()
    @batched
    def tax_configuration(rows: list[ChannelRow], _info: Info) -> list[TaxConfiguration]:
        found = {row.channel_id: row for row in TaxConfiguration.objects.filter(channel__in=rows)}
        return [found[row.pk] for row in rows]

    @staticmethod
    @requires_permission("MANAGE_CHANNELS")
    @batched
    def has_orders(rows: list[ChannelRow], _info: Info) -> list[bool]:
        found = set(ChannelRow.objects.filter(Exists(Order.objects.filter(channel=OuterRef("pk")))))
        return [row in found for row in rows]

    @staticmethod
    def stock_settings(root: ChannelRow, _info: Info) -> ChannelRow:
        return root

    @staticmethod
    def order_settings(root: ChannelRow, _info: Info) -> ChannelRow:
        return root

    @staticmethod
    def checkout_settings(root: ChannelRow, _info: Info) -> ChannelRow:
        return root

    @staticmethod
    def payment_settings(root: ChannelRow, _info: Info) -> ChannelRow:
        return root


@query(permissions=())
def channels(info: Info) -> list[ChannelRow]:
    return bind_siblings(info, channels_by_slug(info.context).values())


@query
def channel(info: Info, *, id: str | None = None, slug: str | None = None) -> ChannelRow | None:
    if bool(id) == bool(slug):
        raise OperationError("Exactly one of `id` and `slug` is needed.", code="GRAPHQL_ERROR")
    if slug:
        return channel_of(info, slug)
    return ids.find_row(str(id), ChannelRow)
