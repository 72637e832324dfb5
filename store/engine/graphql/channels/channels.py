"""Channels and how they are asked for."""

from typing import Any

from store.engine.channels import countries
from store.engine.channels.models import Channel as ChannelRow
from store.engine.channels.models import TaxConfiguration
from store.engine.errors import Refusal
from store.engine.graphql import ids
from store.engine.graphql.batching import bind, by_peers
from store.engine.graphql.channels.request_channel import by_slug, channel_of
from store.engine.graphql.registry import Info, SaleorType, kept_for, needing, query
from store.engine.shipping.models import ShippingZone
from store.engine.stock.models import ChannelWarehouse, Warehouse


def country(code: str | None) -> dict[str, str] | None:
    """Saleor's CountryDisplay."""
    return {"code": code, "country": countries.name(code)} if code else None


@kept_for("MANAGE_CHANNELS", "MANAGE_ORDERS", fields=("order_settings",))
@kept_for("MANAGE_CHANNELS", "MANAGE_CHECKOUTS", fields=("checkout_settings",))
@kept_for("MANAGE_CHANNELS", "HANDLE_PAYMENTS", fields=("payment_settings",))
@kept_for(fields=("name", "is_active", "currency_code", "default_country", "stock_settings"))
class Channel(SaleorType, model=ChannelRow):
    @staticmethod
    def default_country(root: ChannelRow, _info: Info) -> Any:
        return country(root.default_country)

    @staticmethod
    @by_peers
    def countries(rows: list[ChannelRow], _info: Info) -> list[list[Any]]:
        """Where the channel ships to."""
        links = ShippingZone.channels.through.objects.filter(channel__in=rows)
        found: dict[int, set[str]] = {row.pk: set() for row in rows}
        for pk, codes in links.values_list("channel_id", "shippingzone__countries"):
            found[pk].update(codes)
        return [[country(code) for code in sorted(found[row.pk])] for row in rows]

    @staticmethod
    @needing()
    @by_peers
    def warehouses(rows: list[ChannelRow], _info: Info) -> list[list[Warehouse]]:
        found: dict[int, list[Warehouse]] = {row.pk: [] for row in rows}
        for link in ChannelWarehouse.objects.filter(channel__in=rows).select_related("warehouse"):
            found[link.channel_id].append(link.warehouse)
        return [found[row.pk] for row in rows]

    @staticmethod
    @needing()
    @by_peers
    def tax_configuration(rows: list[ChannelRow], _info: Info) -> list[TaxConfiguration]:
        found = {one.channel_id: one for one in TaxConfiguration.objects.filter(channel__in=rows)}
        return [found[row.pk] for row in rows]

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


@query(needs=())
def channels(info: Info) -> list[ChannelRow]:
    return bind(by_slug(info.context).values())


@query
def channel(info: Info, *, id: str | None = None, slug: str | None = None) -> ChannelRow | None:
    if (id is None) == (slug is None):
        raise Refusal("Exactly one of `id` and `slug` is needed.", code="GRAPHQL_ERROR")
    if slug is not None:
        return channel_of(info, slug)
    return ids.find(str(id), ChannelRow)
