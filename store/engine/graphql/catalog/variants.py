"""Variants as the API shows them: price, stock, what they are chosen by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store.engine.catalog import pricing, visibility
from store.engine.catalog.models import Product, ProductMedia, VariantMedia
from store.engine.catalog.models import ProductVariant as VariantRow
from store.engine.catalog.models import VariantChannelListing as ListingRow
from store.engine.channels.models import Channel
from store.engine.errors import Refusal
from store.engine.graphql import ids
from store.engine.graphql.batching import bind, by_peers
from store.engine.graphql.catalog import assigned_attributes as catalog_assigned_attributes
from store.engine.graphql.catalog.attribute_values import Selected, selected
from store.engine.graphql.catalog.filters import string_filter
from store.engine.graphql.catalog.product_lists import STAFF
from store.engine.graphql.catalog.products import reach_of, seen_in, tax_classes_of
from store.engine.graphql.channels.request_channel import by_pk, public_channel, settings_of, taxation_of
from store.engine.graphql.channels.shipping import weight
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, SaleorType, needing, query
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
    discount_prior: TaxedMoney | None = None

    @property
    def price_undiscounted(self) -> TaxedMoney:
        return self.price


def products_by_variant(rows: Sequence[VariantRow]) -> dict[int, Product]:
    """The product of each variant; those that came along with it aren't read again."""
    missing = {row.product_id for row in rows if not VariantRow.product.is_cached(row)}
    found = Product.objects.defer("description").in_bulk(missing)
    for row in rows:
        if row.product_id in found:
            row.product = found[row.product_id]
    products = list({row.product_id: row.product for row in rows}.values())
    if missing:
        bind(products, channel=seen_in(rows[0]))
    return {row.pk: row.product for row in rows}


def selected_of(rows: Sequence[VariantRow], info: Info) -> list[list[Selected]]:
    missing = [row for row in rows if "_selected" not in row.__dict__]
    if missing:
        products = products_by_variant(missing)
        types = [products[row.pk].product_type_id for row in missing]
        for row, found in zip(missing, selected(missing, types, info), strict=True):
            row.__dict__["_selected"] = found
    return [row.__dict__["_selected"] for row in rows]


class ProductVariant(SaleorType, model=VariantRow):
    translation = staticmethod(translation_of("ProductVariant"))

    @staticmethod
    def created(root: VariantRow, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    def channel(root: VariantRow, _info: Info) -> str | None:
        found = seen_in(root)
        return found.slug if found else None

    @staticmethod
    def weight(root: VariantRow, info: Info) -> Any:
        return weight(info, root.weight)

    @staticmethod
    @by_peers
    def product(rows: list[VariantRow], _info: Info) -> list[Product]:
        found = products_by_variant(rows)
        return [found[row.pk] for row in rows]

    @staticmethod
    @by_peers
    def media(rows: list[VariantRow], _info: Info) -> list[list[ProductMedia]]:
        links = VariantMedia.objects.filter(variant__in=[row.pk for row in rows])
        pairs = list(links.order_by("media__sort_order", "media_id").values_list("variant_id", "media_id"))
        known = ProductMedia.objects.in_bulk({pk for _, pk in pairs})
        return [[known[pk] for variant, pk in pairs if variant == row.pk] for row in rows]

    # --- attributes
    @staticmethod
    @by_peers
    def attributes(
        rows: list[VariantRow], info: Info, *, variant_selection: str = "ALL"
    ) -> list[list[Selected]]:
        found = selected_of(rows, info)
        if variant_selection == "ALL":
            return found
        wanted = variant_selection == "VARIANT_SELECTION"
        return [[one for one in own if one.selection == wanted] for own in found]

    @staticmethod
    @by_peers
    def assigned_attributes(rows: list[VariantRow], info: Info, *, limit: int = 100) -> list[list[Any]]:
        found = catalog_assigned_attributes.assigned(selected_of(rows, info), channel=seen_in(rows[0]))
        return [own[:limit] for own in found]

    @staticmethod
    @by_peers
    def assigned_attribute(rows: list[VariantRow], info: Info, *, slug: str) -> list[Any]:
        chosen = [[one for one in own if one.attribute.slug == slug] for own in selected_of(rows, info)]
        found = catalog_assigned_attributes.assigned(chosen, channel=seen_in(rows[0]))
        return [own[0] if own else None for own in found]

    # --- selling
    @staticmethod
    @by_peers
    def pricing(rows: list[VariantRow], info: Info, *, address: Any = None) -> list[Pricing | None]:
        channel = seen_in(rows[0])
        if channel is None:
            return [None] * len(rows)
        products = products_by_variant(rows)
        classes = tax_classes_of(list({one.pk: one for one in products.values()}.values()), info)
        found = pricing.prices_of_variants(
            variant_ids=[row.pk for row in rows],
            channel=channel,
            taxation=taxation_of(info, channel, (address or {}).get("country")),
            tax_classes={row.pk: classes[row.product_id] for row in rows},
        )
        return [Pricing(one.price, one.prior) if (one := found.get(row.pk)) else None for row in rows]

    @staticmethod
    @by_peers
    def quantity_available(
        rows: list[VariantRow], info: Info, *, address: Any = None, country_code: str | None = None
    ) -> list[int | None]:
        """At most what one checkout may hold; what isn't counted is always there."""
        channel = seen_in(rows[0])
        if channel is None:
            return [None] * len(rows)
        country = country_code or (address or {}).get("country")
        counted = [row.pk for row in rows if row.track_inventory]
        within = reach_of(info, channel, country)
        found = availability(variant_ids=counted, channel=channel, within=within) if counted else {}
        limit = settings_of(info).limit_quantity_per_checkout
        return [_capped(found.get(row.pk) if row.track_inventory else None, limit) for row in rows]

    @staticmethod
    @needing("MANAGE_PRODUCTS", "MANAGE_ORDERS")
    @by_peers
    def stocks(
        rows: list[VariantRow], info: Info, *, address: Any = None, country_code: str | None = None
    ) -> list[list[Stock]]:
        stocks = Stock.objects.filter(variant__in=[row.pk for row in rows])
        country, channel = country_code or (address or {}).get("country"), seen_in(rows[0])
        if channel is not None and country is not None:
            stocks = stocks.filter(warehouse__in=reach_of(info, channel, country).warehouses())
        elif channel is not None:
            stocks = stocks.filter(warehouse__in=reach_of(info, channel).order)
        found: dict[int, list[Stock]] = {row.pk: [] for row in rows}
        for one in stocks:
            found[one.variant_id].append(one)
        return [found[row.pk] for row in rows]

    @staticmethod
    @needing("MANAGE_PRODUCTS", "MANAGE_ORDERS")
    @by_peers
    def channel_listings(rows: list[VariantRow], _info: Info) -> list[list[ListingRow]]:
        found: dict[int, list[ListingRow]] = {row.pk: [] for row in rows}
        for one in ListingRow.objects.filter(variant__in=[row.pk for row in rows]):
            found[one.variant_id].append(one)
        return [found[row.pk] for row in rows]


def _capped(quantity: int | None, limit: int | None) -> int | None:
    """None is endless: then the limit alone counts, or as many as an integer holds."""
    if quantity is None:
        return limit or 2**31 - 1
    return min(quantity, limit) if limit else quantity


class ProductVariantChannelListing(SaleorType, model=ListingRow):
    @staticmethod
    def channel(root: ListingRow, info: Info) -> Channel:
        return by_pk(info.context)[root.channel_id]

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
    if sum(one is not None for one in (id, sku, external_reference)) != 1:
        raise Refusal("Exactly one of `id`, `sku` and `externalReference` is needed.", code="GRAPHQL_ERROR")
    found, rows = _visible(info, channel)
    if id is not None:
        row = ids.find(id, rows)
    else:
        row = rows.filter(
            **({"sku": sku} if sku is not None else {"external_reference": external_reference})
        ).first()
    return bind([row], channel=found)[0] if row else None


@query
def product_variants(
    info: Info,
    *,
    channel: str | None = None,
    where: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    found, rows = _visible(info, channel)
    wanted = paging.pop("ids", None)  # a keyword of that name would hide the module
    if wanted is not None:
        rows = rows.filter(pk__in=ids.pks(wanted, VariantRow))
    if where:
        rows = rows.filter(string_filter("sku", where.get("sku")))
    return connect(rows, order=("product_id", "sort_order", "pk"), channel=found, **paging)


def _visible(info: Info, slug: str | None) -> tuple[Channel | None, Any]:
    channel, staff = public_channel(info, slug, *STAFF)
    if staff:
        rows = VariantRow.objects.all()
        if channel is not None:
            rows = rows.filter(product__channel_listings__channel=channel)
        return channel, rows if channel or slug is None else rows.none()
    return channel, visibility.variants(channel) if channel else VariantRow.objects.none()
