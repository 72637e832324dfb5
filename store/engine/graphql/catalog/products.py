"""Products, their listings and media as the API shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store.engine.caching.invalidation import Kept, fresh
from store.engine.catalog import pricing, visibility
from store.engine.catalog.models import Category, Collection, CollectionProduct, ProductVariant
from store.engine.catalog.models import Product as ProductRow
from store.engine.catalog.models import ProductChannelListing as ListingRow
from store.engine.catalog.models import ProductMedia as MediaRow
from store.engine.catalog.models import ProductType as TypeRow
from store.engine.channels import translations
from store.engine.channels.models import Channel
from store.engine.errors import Refusal
from store.engine.graphql import ids
from store.engine.graphql.batching import bind, by_peers
from store.engine.graphql.catalog import assigned_attributes as catalog_assigned_attributes
from store.engine.graphql.catalog.attribute_values import Selected, selected
from store.engine.graphql.catalog.filters import string_filter
from store.engine.graphql.catalog.images import picture_url
from store.engine.graphql.catalog.product_lists import STAFF, products_of
from store.engine.graphql.channels.request_channel import by_pk, public_channel, taxation_of
from store.engine.graphql.channels.shipping import weight
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, SaleorType, needing, query
from store.engine.money import Money, TaxedMoney, TaxedMoneyRange
from store.engine.stock import in_stock_filter
from store.engine.stock.channel_warehouses import Reach, reach
from store.engine.taxes.models import TaxClass


def seen_in(row: Any) -> Channel | None:
    """The channel that a row is shown in."""
    found: Channel | None = row.__dict__.get("channel")
    return found


def reach_of(info: Info, channel: Channel, country: str | None = None) -> Reach:
    found: Reach = info.context.once(("reach", channel.pk, country), lambda: reach(channel, country))
    return found


def types_of(rows: Sequence[ProductRow], info: Info) -> dict[int, TypeRow]:
    """Product types by pk, siblings of each other in a request."""
    found: dict[int, TypeRow] = info.context.once("product types", _own_types)
    return found


def _own_types() -> dict[int, TypeRow]:
    return {row.pk: row for row in bind(fresh(row) for row in _types())}


_types = Kept(lambda: list(TypeRow.objects.all()))
_categories = Kept(lambda: {row.pk: row for row in Category.objects.all()})


def tax_classes_of(rows: Sequence[ProductRow], info: Info) -> dict[int, int | None]:
    """The tax class that each product pays: its own, else its type's."""
    types = types_of(rows, info)
    return {row.pk: row.tax_class_id or types[row.product_type_id].tax_class_id for row in rows}


@dataclass(slots=True)
class Pricing:
    """Saleor's ProductPricingInfo. Without sales the undiscounted range is the range itself."""

    price_range: TaxedMoneyRange
    display_gross_prices: bool
    on_sale: bool = False
    discount: TaxedMoney | None = None

    @property
    def price_range_undiscounted(self) -> TaxedMoneyRange:
        return self.price_range


def selected_of(rows: Sequence[ProductRow], info: Info) -> list[list[Selected]]:
    """What is said about each product; read once for the request, whichever field asks first."""
    missing = [row for row in rows if "_selected" not in row.__dict__]
    if missing:
        for row, found in zip(
            missing, selected(missing, [one.product_type_id for one in missing], info), strict=True
        ):
            row.__dict__["_selected"] = found
    return [row.__dict__["_selected"] for row in rows]


def variants_of(rows: Sequence[ProductRow], info: Info) -> list[list[ProductVariant]]:
    """Variants of products in one statement; shoppers see those with a price in the channel."""
    channel, staff = seen_in(rows[0]), info.context.may(*STAFF)
    found = ProductVariant.objects.filter(product__in=[row.pk for row in rows])
    if not staff:
        found = (
            found.filter(channel_listings__channel=channel, channel_listings__price_amount__isnull=False)
            if channel
            else found.none()
        )
    by_product: dict[int, list[ProductVariant]] = {row.pk: [] for row in rows}
    parents = {row.pk: row for row in rows}
    for variant in found:
        variant.product = parents[variant.product_id]
        by_product[variant.product_id].append(variant)
    bind([one for own in by_product.values() for one in own], channel=channel)
    return [by_product[row.pk] for row in rows]


class Product(SaleorType, model=ProductRow):
    translation = staticmethod(translation_of("Product"))

    @staticmethod
    def created(root: ProductRow, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    def channel(root: ProductRow, _info: Info) -> str | None:
        found = seen_in(root)
        return found.slug if found else None

    @staticmethod
    @by_peers
    def description(rows: list[ProductRow], _info: Info) -> list[Any]:
        missing = [row.pk for row in rows if "description" not in row.__dict__]
        found = (
            dict(ProductRow.objects.filter(pk__in=missing).values_list("pk", "description"))
            if missing
            else {}
        )
        return [found[row.pk] if row.pk in found else row.description for row in rows]  # noqa: SIM401

    @staticmethod
    @by_peers
    def product_type(rows: list[ProductRow], info: Info) -> list[TypeRow]:
        types = types_of(rows, info)
        return [types[row.product_type_id] for row in rows]

    @staticmethod
    @by_peers
    def category(rows: list[ProductRow], _info: Info) -> list[Category | None]:
        known = _categories()
        found = {pk: fresh(known[pk]) for pk in {row.category_id for row in rows} if pk in known}
        return [found.get(row.category_id or 0) for row in rows]

    @staticmethod
    @needing()
    @by_peers
    def tax_class(rows: list[ProductRow], _info: Info) -> list[TaxClass | None]:
        found = TaxClass.objects.in_bulk({row.tax_class_id for row in rows if row.tax_class_id})
        return [found.get(row.tax_class_id or 0) for row in rows]

    @staticmethod
    def weight(root: ProductRow, info: Info) -> Any:
        return weight(info, root.weight)

    # --- pictures
    @staticmethod
    @by_peers
    def media(rows: list[ProductRow], _info: Info, **_sorting: Any) -> list[list[MediaRow]]:
        return media_of(rows)

    @staticmethod
    @by_peers
    def thumbnail(
        rows: list[ProductRow], _info: Info, *, size: int | None = None, format: str | None = None
    ) -> list[dict[str, Any] | None]:
        first: dict[int, tuple[int, str, str]] = {}
        pictures = MediaRow.objects.filter(product__in=[row.pk for row in rows], type="IMAGE")
        for pk, product, image, alt in pictures.values_list("pk", "product_id", "image", "alt"):
            first.setdefault(product, (pk, image, alt))
        return [
            {"url": picture_url("ProductMedia", found[0], found[1], size, format), "alt": found[2] or None}
            if (found := first.get(row.pk))
            else None
            for row in rows
        ]

    @staticmethod
    def media_by_id(root: ProductRow, _info: Info, *, id: str) -> MediaRow | None:
        return ids.find(id, root.media.all())

    # --- attributes
    @staticmethod
    @by_peers
    def attributes(rows: list[ProductRow], info: Info) -> list[list[Selected]]:
        return selected_of(rows, info)

    @staticmethod
    @by_peers
    def attribute(rows: list[ProductRow], info: Info, *, slug: str) -> list[Selected | None]:
        return [
            next((one for one in own if one.attribute.slug == slug), None) for own in selected_of(rows, info)
        ]

    @staticmethod
    @by_peers
    def assigned_attributes(rows: list[ProductRow], info: Info, *, limit: int = 100) -> list[list[Any]]:
        found = catalog_assigned_attributes.assigned(selected_of(rows, info), channel=seen_in(rows[0]))
        return [own[:limit] for own in found]

    @staticmethod
    @by_peers
    def assigned_attribute(rows: list[ProductRow], info: Info, *, slug: str) -> list[Any]:
        chosen = [[one for one in own if one.attribute.slug == slug] for own in selected_of(rows, info)]
        found = catalog_assigned_attributes.assigned(chosen, channel=seen_in(rows[0]))
        return [own[0] if own else None for own in found]

    # --- selling
    @staticmethod
    @by_peers
    def pricing(rows: list[ProductRow], info: Info, *, address: Any = None) -> list[Pricing | None]:
        channel = seen_in(rows[0])
        return prices(rows, info, channel, (address or {}).get("country")) if channel else [None] * len(rows)

    @staticmethod
    @by_peers
    def is_available(rows: list[ProductRow], info: Info, **_address: Any) -> list[bool | None]:
        """In stock and visible."""
        channel = seen_in(rows[0])
        if channel is None:
            return [None] * len(rows)
        visible = _visible_among(rows, channel)
        stocked = (
            in_stock_filter.in_stock(product_ids=visible, within=reach_of(info, channel))
            if visible
            else set()
        )
        return [row.pk in stocked for row in rows]

    @staticmethod
    @by_peers
    def is_available_for_purchase(rows: list[ProductRow], _info: Info) -> list[bool | None]:
        channel = seen_in(rows[0])
        found = listings_in(rows, channel) if channel else {}
        return [found[row.pk].is_available_for_purchase() if row.pk in found else None for row in rows]

    @staticmethod
    @by_peers
    def available_for_purchase_at(rows: list[ProductRow], _info: Info) -> list[Any]:
        channel = seen_in(rows[0])
        found = listings_in(rows, channel) if channel else {}
        return [found[row.pk].available_for_purchase_at if row.pk in found else None for row in rows]

    @staticmethod
    @needing("MANAGE_PRODUCTS")
    @by_peers
    def channel_listings(rows: list[ProductRow], _info: Info) -> list[list[ListingRow]]:
        found: dict[int, list[ListingRow]] = {row.pk: [] for row in rows}
        parents = {row.pk: row for row in rows}
        for listing in ListingRow.objects.filter(product__in=[row.pk for row in rows]):
            listing.product = parents[listing.product_id]
            found[listing.product_id].append(listing)
        return [found[row.pk] for row in rows]

    # --- variants and collections
    @staticmethod
    @by_peers
    def variants(rows: list[ProductRow], info: Info) -> list[list[ProductVariant]]:
        return variants_of(rows, info)

    @staticmethod
    @by_peers
    def product_variants(
        rows: list[ProductRow], info: Info, *, where: dict[str, Any] | None = None, **paging: Any
    ) -> list[Connection]:
        found = variants_of(rows, info)
        if where:
            fitting = set(
                ProductVariant.objects.filter(
                    string_filter("sku", where.get("sku")), product__in=[row.pk for row in rows]
                ).values_list("pk", flat=True)
            )
            found = [[one for one in own if one.pk in fitting] for own in found]
        connections = [connect(own, **paging) for own in found]
        bind([edge.node for connection in connections for edge in connection.edges])
        return connections

    @staticmethod
    def variant(root: ProductRow, info: Info, *, id: str | None = None, sku: str | None = None) -> Any:
        pk = ids.pk_of(id, "ProductVariant") if id else None
        own = variants_of([root], info)[0]
        return next((one for one in own if str(one.pk) == pk or (sku and one.sku == sku)), None)

    @staticmethod
    @by_peers
    def default_variant(rows: list[ProductRow], info: Info) -> list[ProductVariant | None]:
        own = variants_of(rows, info)
        return [
            next((one for one in found if one.pk == row.default_variant_id), found[0] if found else None)
            for row, found in zip(rows, own, strict=True)
        ]

    @staticmethod
    @by_peers
    def collections(rows: list[ProductRow], info: Info) -> list[list[Collection]]:
        links = CollectionProduct.objects.filter(product__in=[row.pk for row in rows]).order_by(
            "collection__slug"
        )
        channel = seen_in(rows[0])
        if not info.context.may(*STAFF):
            shown = visibility.collections(channel) if channel else Collection.objects.none()
            links = links.filter(collection__in=shown)
        pairs = list(links.values_list("product_id", "collection_id"))
        known = Collection.objects.in_bulk({pk for _, pk in pairs})
        return [[known[pk] for product, pk in pairs if product == row.pk] for row in rows]


def prices(
    rows: Sequence[ProductRow], info: Info, channel: Channel, country: str | None
) -> list[Pricing | None]:
    taxes = taxation_of(info, channel, country)
    found = pricing.prices_of_products(
        product_ids=[row.pk for row in rows],
        channel=channel,
        taxation=taxes,
        tax_classes=tax_classes_of(rows, info),
    )
    return [
        Pricing(found[row.pk].range, taxes.display_gross_prices) if row.pk in found else None for row in rows
    ]


def _visible_among(rows: Sequence[ProductRow], channel: Channel) -> set[int]:
    """Shoppers are shown only what is visible, so that nothing needs to be read for them."""
    known = {row.pk for row in rows if row.__dict__.get("_visible")}
    others = [row for row in rows if row.pk not in known]
    if not others:
        return known
    return known | {pk for pk, one in listings_in(others, channel).items() if one.is_visible()}


def listings_in(rows: Sequence[ProductRow], channel: Channel) -> dict[int, ListingRow]:
    """The channel's listings of products; read once for all fields that ask."""
    missing = [row for row in rows if "_listing" not in row.__dict__]
    if missing:
        found = {
            one.product_id: one
            for one in ListingRow.objects.filter(product__in=[r.pk for r in missing], channel=channel)
        }
        for row in missing:
            row.__dict__["_listing"] = found.get(row.pk)
    return {row.pk: row.__dict__["_listing"] for row in rows if row.__dict__["_listing"] is not None}


def media_of(rows: Sequence[ProductRow]) -> list[list[MediaRow]]:
    found: dict[int, list[MediaRow]] = {row.pk: [] for row in rows}
    for one in MediaRow.objects.filter(product__in=[row.pk for row in rows]):
        found[one.product_id].append(one)
    return [found[row.pk] for row in rows]


class ProductChannelListing(SaleorType, model=ListingRow):
    @staticmethod
    def channel(root: ListingRow, info: Info) -> Channel:
        return by_pk(info.context)[root.channel_id]

    @staticmethod
    def is_available_for_purchase(root: ListingRow, _info: Info) -> bool:
        return root.is_available_for_purchase()

    @staticmethod
    def discounted_price(root: ListingRow, _info: Info) -> Money | None:
        amount = root.discounted_price_amount
        return Money(amount, root.currency) if amount is not None else None

    @staticmethod
    def pricing(root: ListingRow, info: Info, *, address: Any = None) -> Pricing | None:
        channel = by_pk(info.context)[root.channel_id]
        return prices([root.product], info, channel, (address or {}).get("country"))[0]


class ProductMedia(SaleorType, model=MediaRow):
    @staticmethod
    def url(root: MediaRow, _info: Info, *, size: int | None = None, format: str | None = None) -> str:
        if root.external_url:
            return root.external_url
        return picture_url("ProductMedia", root.pk, root.image, size, format)

    @staticmethod
    def product_id(root: MediaRow, _info: Info) -> str:
        return ids.to_global_id("Product", root.product_id)


@query
def products(info: Info, *, channel: str | None = None, **arguments: Any) -> Connection:
    return products_of(info, channel=channel, **arguments)


@query
def product(
    info: Info,
    *,
    id: str | None = None,
    slug: str | None = None,
    external_reference: str | None = None,
    slug_language_code: str | None = None,
    channel: str | None = None,
) -> ProductRow | None:
    found, staff = public_channel(info, channel, *STAFF)
    rows = _visible(found, staff, channel)
    row: ProductRow | None
    if sum(one is not None for one in (id, slug, external_reference)) != 1:
        raise Refusal("Exactly one of `id`, `slug` and `externalReference` is needed.", code="GRAPHQL_ERROR")
    if id is not None:
        row = ids.find(id, rows)
    elif slug is not None and slug_language_code:
        pk = translations.object_with(kind="Product", language=slug_language_code, slug=slug)
        row = rows.filter(pk=pk).first() if pk else None
    else:
        row = rows.filter(
            **({"slug": slug} if slug is not None else {"external_reference": external_reference})
        ).first()
    if row is None:
        return None
    row.__dict__["_visible"] = not staff
    bind([row], channel=found)
    return row


def _visible(channel: Channel | None, staff: bool, slug: str | None) -> Any:
    if staff:
        return ProductRow.objects.all() if channel or slug is None else ProductRow.objects.none()
    return visibility.products(channel) if channel else ProductRow.objects.none()
