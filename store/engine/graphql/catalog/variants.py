"""GraphQL types and queries of variants: attributes, prices and stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store.engine.catalog import pricing, visibility
from store.engine.catalog.models import Product, ProductMedia, VariantMedia
from store.engine.catalog.models import ProductVariant as VariantRow
from store.engine.catalog.models import VariantChannelListing as ListingRow
from store.engine.channels.models import Channel
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.batching import batched, bind_siblings, channel_of_row
from store.engine.graphql.catalog.assigned_attributes import (
    assigned_attribute_resolver,
    assigned_attributes_resolver,
)
from store.engine.graphql.catalog.attribute_values import SelectedAttribute, selected_attributes_by
from store.engine.graphql.catalog.filters import VARIANTS
from store.engine.graphql.catalog.product_lists import STAFF_PERMISSIONS
from store.engine.graphql.catalog.products import reachable_warehouses, tax_classes_of
from store.engine.graphql.channels.request_channel import (
    channels_by_pk,
    requested_channel,
    settings_of,
    taxation_of,
)
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, SaleorType, declare_values, query, requires_permission
from store.engine.graphql.shipping.weights import to_weight
from store.engine.money import Money, TaxedMoney
from store.engine.stock.availability import availability
from store.engine.stock.models import Stock


@dataclass(slots=True)
class Pricing:
    """Saleor's VariantPricingInfo. Without sales the undiscounted price is the price itself."""

    price: TaxedMoney
    price_prior: TaxedMoney | None
    on_sale: bool = False
    discount: TaxedMoney | None = None

    @property
    def price_undiscounted(self) -> TaxedMoney:
        return self.price

    @property
    def discount_prior(self) -> TaxedMoney | None:
        return pricing.discount_from(self.price_prior, self.price)


declare_values("VariantPricingInfo", Pricing)


def products_by_variant(rows: Sequence[VariantRow]) -> dict[int, Product]:
    """Product by variant pk. Products already set on their variants aren't read again."""
    unread = {row.product_id for row in rows if not VariantRow.product.is_cached(row)}
    found = Product.objects.defer("description").in_bulk(unread)
    for row in rows:
        if row.product_id in found:
            row.product = found[row.product_id]
    return {row.pk: row.product for row in rows}


def _product_types(rows: Sequence[VariantRow]) -> list[int]:
    products = products_by_variant(rows)
    return [products[row.pk].product_type_id for row in rows]


selected_attributes = selected_attributes_by(_product_types)


class ProductVariant(SaleorType, model=VariantRow):
    translation = staticmethod(translation_of("ProductVariant"))

    @staticmethod
    def created(root: VariantRow, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    def channel(root: VariantRow, info: Info) -> str | None:
        found = channel_of_row(root, info)
        return found.slug if found else None

    @staticmethod
    def weight(root: VariantRow, info: Info) -> Any:
        return to_weight(info, root.weight)

    @staticmethod
    @batched
    def product(rows: list[VariantRow], _info: Info) -> list[Product]:
        found = products_by_variant(rows)
        return [found[row.pk] for row in rows]

    @staticmethod
    @batched
    def media(rows: list[VariantRow], _info: Info) -> list[list[ProductMedia]]:
        links = VariantMedia.objects.filter(variant__in=[row.pk for row in rows])
        pairs = list(links.order_by("media__sort_order", "media_id").values_list("variant_id", "media_id"))
        known = ProductMedia.objects.in_bulk({pk for _, pk in pairs})
        return [[known[pk] for variant, pk in pairs if variant == row.pk] for row in rows]

    # --- attributes
    @staticmethod
    @batched
    def attributes(
        rows: list[VariantRow], info: Info, *, variant_selection: str = "ALL"
    ) -> list[list[SelectedAttribute]]:
        found = selected_attributes(rows, info)
        if variant_selection == "ALL":
            return found
        selectable = variant_selection == "VARIANT_SELECTION"
        return [[attribute for attribute in own if attribute.selection == selectable] for own in found]

    assigned_attributes = staticmethod(assigned_attributes_resolver(selected_attributes))
    assigned_attribute = staticmethod(assigned_attribute_resolver(selected_attributes))

    # --- prices and availability
    @staticmethod
    @batched
    def pricing(rows: list[VariantRow], info: Info, *, address: Any = None) -> list[Pricing | None]:
        channel = channel_of_row(rows[0], info)
        if channel is None:
            return [None] * len(rows)
        products = products_by_variant(rows)
        classes = tax_classes_of(list(products.values()))
        found = pricing.prices_of_variants(
            variant_ids=[row.pk for row in rows],
            channel=channel,
            taxation=taxation_of(info, channel, (address or {}).get("country")),
            tax_classes={row.pk: classes[row.product_id] for row in rows},
        )
        return [Pricing(price.price, price.prior) if (price := found.get(row.pk)) else None for row in rows]

    @staticmethod
    @batched
    def quantity_available(
        rows: list[VariantRow], info: Info, *, address: Any = None, country_code: str | None = None
    ) -> list[int | None]:
        """At most what one checkout may contain; without inventory tracking, exactly that."""
        channel = channel_of_row(rows[0], info)
        if channel is None:
            return [None] * len(rows)
        country = country_code or (address or {}).get("country")
        counted = [row.pk for row in rows if row.track_inventory]
        within = reachable_warehouses(info, channel, country)
        found = availability(variant_ids=counted, channel=channel, within=within) if counted else {}
        limit = settings_of(info).limit_quantity_per_checkout
        return [_capped(found.get(row.pk) if row.track_inventory else None, limit) for row in rows]

    @staticmethod
    @requires_permission("MANAGE_PRODUCTS", "MANAGE_ORDERS")
    @batched
    def stocks(
        rows: list[VariantRow], info: Info, *, address: Any = None, country_code: str | None = None
    ) -> list[list[Stock]]:
        stocks = Stock.objects.filter(variant__in=[row.pk for row in rows])
        country, channel = country_code or (address or {}).get("country"), channel_of_row(rows[0], info)
        if channel is not None and country is not None:
            stocks = stocks.filter(warehouse__in=reachable_warehouses(info, channel, country).warehouse_ids())
        elif channel is not None:
            stocks = stocks.filter(warehouse__in=reachable_warehouses(info, channel).order)
        found: dict[int, list[Stock]] = {row.pk: [] for row in rows}
        for stock in stocks:
            found[stock.variant_id].append(stock)
        return [found[row.pk] for row in rows]

    @staticmethod
    @requires_permission()
    @batched
    def channel_listings(rows: list[VariantRow], _info: Info) -> list[list[ListingRow]]:
        found: dict[int, list[ListingRow]] = {row.pk: [] for row in rows}
        for listing in ListingRow.objects.filter(variant__in=[row.pk for row in rows]):
            found[listing.variant_id].append(listing)
        return [found[row.pk] for row in rows]


def _capped(quantity: int | None, limit: int | None) -> int | None:
    """`quantity` None means unlimited: then the limit, or the greatest GraphQL integer."""
    if quantity is None:
        return limit or 2**31 - 1
    return min(quantity, limit) if limit else quantity


class ProductVariantChannelListing(SaleorType, model=ListingRow):
    @staticmethod
    def channel(root: ListingRow, info: Info) -> Channel:
        return channels_by_pk(info.context)[root.channel_id]

    @staticmethod
    def price(root: ListingRow, _info: Info) -> Money | None:
        return _money(root.price_amount, root)

    @staticmethod
    def cost_price(root: ListingRow, _info: Info) -> Money | None:
        return _money(root.cost_price_amount, root)

    @staticmethod
    def prior_price(root: ListingRow, _info: Info) -> Money | None:
        return _money(root.prior_price_amount, root)


def _money(amount: Any, listing: ListingRow) -> Money | None:
    return Money(amount, listing.currency) if amount is not None else None


@query
def product_variant(
    info: Info,
    *,
    id: str | None = None,
    sku: str | None = None,
    external_reference: str | None = None,
    channel: str | None = None,
) -> VariantRow | None:
    if sum(map(bool, (id, sku, external_reference))) != 1:
        raise OperationError(
            "Exactly one of `id`, `sku` and `externalReference` is needed.", code="GRAPHQL_ERROR"
        )
    channel_row, rows = _visible_variants(info, channel)
    if id:
        row = ids.find_row(id, rows)
    else:
        row = rows.filter(**({"sku": sku} if sku else {"external_reference": external_reference})).first()
    return bind_siblings(info, [row], channel=channel_row)[0] if row else None


@query
def product_variants(
    info: Info,
    *,
    channel: str | None = None,
    where: dict[str, Any] | None = None,
    filter: dict[str, Any] | None = None,
    search: str | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    channel_row, rows = _visible_variants(info, channel)
    global_ids = paging.pop("ids", None)  # a keyword of that name would hide the module
    if global_ids is not None:
        rows = rows.filter(pk__in=ids.pks_of(global_ids, VariantRow))
    rows = rows.filter(VARIANTS.where(where) & VARIANTS.where(filter) & VARIANTS.where({"search": search}))
    order = VARIANTS.order(sort_by, default=("product_id", "sort_order", "pk"))
    return connect(rows, order=order, channel=channel_row, **paging)


def _visible_variants(info: Info, slug: str | None) -> tuple[Channel | None, Any]:
    channel, staff = requested_channel(info, slug, *STAFF_PERMISSIONS)
    if staff:
        rows = VariantRow.objects.all()
        if channel is not None:
            rows = rows.filter(product__channel_listings__channel=channel)
        return channel, rows if channel or slug is None else rows.none()
    return channel, visibility.variants(channel) if channel else VariantRow.objects.none()
