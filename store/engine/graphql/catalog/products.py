"""GraphQL types and queries of products, their listings and media."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from store.engine.caching.invalidation import CachedValue
from store.engine.catalog import pricing, visibility
from store.engine.catalog.models import Category, Collection, CollectionProduct, ProductVariant
from store.engine.catalog.models import Product as ProductRow
from store.engine.catalog.models import ProductChannelListing as ListingRow
from store.engine.catalog.models import ProductMedia as MediaRow
from store.engine.catalog.models import ProductType as TypeRow
from store.engine.channels import translations
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
from store.engine.graphql.catalog.images import image_url
from store.engine.graphql.catalog.product_lists import STAFF_PERMISSIONS, product_list
from store.engine.graphql.channels.request_channel import channels_by_pk, requested_channel, taxation_of
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.older_dates import day_of, to_day
from store.engine.graphql.plain_values import Image
from store.engine.graphql.registry import Info, SaleorType, declare_values, query, requires_permission
from store.engine.graphql.shipping.weights import to_weight
from store.engine.money import Money, TaxedMoney, TaxedMoneyRange
from store.engine.stock import in_stock_filter
from store.engine.stock.channel_warehouses import ReachableWarehouses, get_channel_warehouses
from store.engine.taxes.models import TaxClass


def reachable_warehouses(info: Info, channel: Channel, country: str | None = None) -> ReachableWarehouses:
    """The warehouses that the channel sells from, for this country if given; computed once per request."""
    found: ReachableWarehouses = info.context.get_or_set(
        ("reach", channel.pk, country), lambda: get_channel_warehouses(channel, country)
    )
    return found


# All rows by pk; shared by all threads: read only.
_cached_product_types = CachedValue(lambda: {row.pk: row for row in TypeRow.objects.all()})
_cached_categories = CachedValue(lambda: {row.pk: row for row in Category.objects.all()})


def tax_classes_of(rows: Sequence[ProductRow]) -> dict[int, int | None]:
    """Tax class pk by product pk: the product's own, else its type's."""
    types = _cached_product_types()
    return {row.pk: row.tax_class_id or types[row.product_type_id].tax_class_id for row in rows}


@dataclass(slots=True)
class Pricing:
    """Saleor's ProductPricingInfo. Without sales the undiscounted range is the range itself."""

    price_range: TaxedMoneyRange
    display_gross_prices: bool
    price_range_prior: TaxedMoneyRange | None = None
    on_sale: bool = False
    discount: TaxedMoney | None = None

    @property
    def price_range_undiscounted(self) -> TaxedMoneyRange:
        return self.price_range

    @property
    def discount_prior(self) -> TaxedMoney | None:
        prior = self.price_range_prior
        return pricing.discount_from(prior.start if prior else None, self.price_range.start)


declare_values("ProductPricingInfo", Pricing)


selected_attributes = selected_attributes_by(lambda rows: [row.product_type_id for row in rows])


def variants_of(rows: Sequence[ProductRow], info: Info) -> list[list[ProductVariant]]:
    """Variants of each product in one statement; customers see those with a price in the channel."""
    channel, is_staff = channel_of_row(rows[0], info), info.context.has_permission(*STAFF_PERMISSIONS)
    variants = ProductVariant.objects.filter(product__in=[row.pk for row in rows])
    if not is_staff:
        variants = (
            variants.filter(channel_listings__channel=channel, channel_listings__price_amount__isnull=False)
            if channel
            else variants.none()
        )
    by_product: dict[int, list[ProductVariant]] = {row.pk: [] for row in rows}
    parents = {row.pk: row for row in rows}
    for variant in variants:
        variant.product = parents[variant.product_id]
        by_product[variant.product_id].append(variant)
    bind_siblings(info, variants, channel=channel)
    return [by_product[row.pk] for row in rows]


class Product(SaleorType, model=ProductRow):
    translation = staticmethod(translation_of("Product"))

    @staticmethod
    def created(root: ProductRow, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    def channel(root: ProductRow, info: Info) -> str | None:
        found = channel_of_row(root, info)
        return found.slug if found else None

    @staticmethod
    @batched
    def description(rows: list[ProductRow], _info: Info) -> list[Any]:
        unread = [row.pk for row in rows if "description" in row.get_deferred_fields()]
        descriptions = (
            dict(ProductRow.objects.filter(pk__in=unread).values_list("pk", "description")) if unread else {}
        )
        return [descriptions[row.pk] if row.pk in descriptions else row.description for row in rows]  # noqa: SIM401

    @staticmethod
    def description_json(root: ProductRow, info: Info) -> Any:
        return Product.description(root, info) or {}

    @staticmethod
    @batched
    def product_type(rows: list[ProductRow], _info: Info) -> list[TypeRow]:
        types = _cached_product_types()
        return [types[row.product_type_id] for row in rows]

    @staticmethod
    @batched
    def category(rows: list[ProductRow], _info: Info) -> list[Category | None]:
        found = _cached_categories()
        return [found.get(row.category_id or 0) for row in rows]

    @staticmethod
    @requires_permission()
    @batched
    def tax_class(rows: list[ProductRow], _info: Info) -> list[TaxClass | None]:
        found = TaxClass.objects.in_bulk({row.tax_class_id for row in rows if row.tax_class_id})
        return [found.get(row.tax_class_id or 0) for row in rows]

    @staticmethod
    def weight(root: ProductRow, info: Info) -> Any:
        return to_weight(info, root.weight)

    # --- media
    @staticmethod
    @batched
    def media(
        rows: list[ProductRow], _info: Info, *, sort_by: dict[str, Any] | None = None
    ) -> list[list[MediaRow]]:
        if not sort_by:
            return media_of(rows)
        backwards = sort_by["direction"] == "DESC"
        return [sorted(own, key=attrgetter("pk"), reverse=backwards) for own in media_of(rows)]

    @staticmethod
    def thumbnail(
        root: ProductRow, info: Info, *, size: int | None = None, format: str | None = None
    ) -> Image | None:
        """One statement for the first images, however many sizes are asked for."""
        media = _first_image(root, info)
        if media is None:
            return None
        return {
            "url": image_url("ProductMedia", media.pk, media.image, size, format),
            "alt": media.alt or None,
        }

    @staticmethod
    def media_by_id(root: ProductRow, info: Info, *, id: str) -> MediaRow | None:
        pk = ids.pk_of(id, "ProductMedia")
        return next((media for media in Product.media(root, info) if str(media.pk) == pk), None)

    # --- attributes
    @staticmethod
    @batched
    def attributes(rows: list[ProductRow], info: Info) -> list[list[SelectedAttribute]]:
        return selected_attributes(rows, info)

    @staticmethod
    @batched
    def attribute(rows: list[ProductRow], info: Info, *, slug: str) -> list[SelectedAttribute | None]:
        return [
            next((attribute for attribute in own if attribute.attribute.slug == slug), None)
            for own in selected_attributes(rows, info)
        ]

    assigned_attributes = staticmethod(assigned_attributes_resolver(selected_attributes))
    assigned_attribute = staticmethod(assigned_attribute_resolver(selected_attributes))

    # --- prices and availability
    @staticmethod
    @batched
    def pricing(rows: list[ProductRow], info: Info, *, address: Any = None) -> list[Pricing | None]:
        channel = channel_of_row(rows[0], info)
        return (
            product_pricing(rows, info, channel, (address or {}).get("country"))
            if channel
            else [None] * len(rows)
        )

    @staticmethod
    @batched
    def is_available(rows: list[ProductRow], info: Info, *, address: Any = None) -> list[bool | None]:
        """Whether the product is visible and in stock, where it can be sent to the address if one is given."""
        channel = channel_of_row(rows[0], info)
        if channel is None:
            return [None] * len(rows)
        visible = _visible_pks(rows, info)
        within = reachable_warehouses(info, channel, (address or {}).get("country"))
        stocked = in_stock_filter.in_stock(product_ids=visible, within=within) if visible else set()
        return [row.pk in stocked for row in rows]

    @staticmethod
    @batched
    def is_available_for_purchase(rows: list[ProductRow], info: Info) -> list[bool | None]:
        found = listings_by_product(rows, info)
        return [found[row.pk].is_available_for_purchase() if row.pk in found else None for row in rows]

    @staticmethod
    @batched
    def available_for_purchase_at(rows: list[ProductRow], info: Info) -> list[Any]:
        found = listings_by_product(rows, info)
        return [found[row.pk].available_for_purchase_at if row.pk in found else None for row in rows]

    @staticmethod
    def available_for_purchase(root: ProductRow, info: Info) -> date | None:
        return to_day(Product.available_for_purchase_at(root, info))

    @staticmethod
    @batched
    def charge_taxes(rows: list[ProductRow], _info: Info) -> list[bool]:
        """Whether the product, or its type, has a tax class."""
        classes = tax_classes_of(rows)
        return [classes[row.pk] is not None for row in rows]

    @staticmethod
    @requires_permission("MANAGE_PRODUCTS")
    @batched
    def channel_listings(rows: list[ProductRow], _info: Info) -> list[list[ListingRow]]:
        found: dict[int, list[ListingRow]] = {row.pk: [] for row in rows}
        parents = {row.pk: row for row in rows}
        for listing in ListingRow.objects.filter(product__in=[row.pk for row in rows]):
            listing.product = parents[listing.product_id]
            found[listing.product_id].append(listing)
        return [found[row.pk] for row in rows]

    # --- variants and collections
    @staticmethod
    @batched
    def variants(rows: list[ProductRow], info: Info) -> list[list[ProductVariant]]:
        return variants_of(rows, info)

    @staticmethod
    @batched
    def product_variants(
        rows: list[ProductRow],
        info: Info,
        *,
        where: dict[str, Any] | None = None,
        filter: dict[str, Any] | None = None,
        sort_by: dict[str, Any] | None = None,
        **paging: Any,
    ) -> list[Connection]:
        found = variants_of(rows, info)
        if where or filter:
            condition = VARIANTS.where(where) & VARIANTS.where(filter)
            matched = ProductVariant.objects.filter(condition, product__in=[row.pk for row in rows])
            pks = set(matched.values_list("pk", flat=True))
            found = [[variant for variant in own if variant.pk in pks] for own in found]
        if sort_by:
            backwards = sort_by["direction"] == "DESC"
            found = [sorted(own, key=attrgetter("updated_at"), reverse=backwards) for own in found]
        return [connect(own, **paging) for own in found]

    @staticmethod
    def variant(root: ProductRow, info: Info, *, id: str | None = None, sku: str | None = None) -> Any:
        pk = ids.pk_of(id, "ProductVariant") if id else None
        own = Product.variants(root, info)
        return next(
            (variant for variant in own if str(variant.pk) == pk or (sku and variant.sku == sku)), None
        )

    @staticmethod
    @batched
    def default_variant(rows: list[ProductRow], info: Info) -> list[ProductVariant | None]:
        own = variants_of(rows, info)
        return [
            next(
                (variant for variant in found if variant.pk == row.default_variant_id),
                found[0] if found else None,
            )
            for row, found in zip(rows, own, strict=True)
        ]

    @staticmethod
    @batched
    def collections(rows: list[ProductRow], info: Info) -> list[list[Collection]]:
        links = CollectionProduct.objects.filter(product__in=[row.pk for row in rows]).order_by(
            "collection__slug"
        )
        channel = channel_of_row(rows[0], info)
        if not info.context.has_permission(*STAFF_PERMISSIONS):
            visible = visibility.collections(channel) if channel else Collection.objects.none()
            links = links.filter(collection__in=visible)
        pairs = list(links.values_list("product_id", "collection_id"))
        known = Collection.objects.in_bulk({pk for _, pk in pairs})
        return [[known[pk] for product, pk in pairs if product == row.pk] for row in rows]


def product_pricing(
    rows: Sequence[ProductRow], info: Info, channel: Channel, country: str | None
) -> list[Pricing | None]:
    """Pricing of each product with the taxes of this country; None where it has no price in the channel."""
    taxation = taxation_of(info, channel, country)
    price_ranges = pricing.prices_of_products(
        product_ids=[row.pk for row in rows],
        channel=channel,
        taxation=taxation,
        tax_classes=tax_classes_of(rows),
    )
    return [
        Pricing(price.range, taxation.display_gross_prices, price.prior)
        if (price := price_ranges.get(row.pk))
        else None
        for row in rows
    ]


def _visible_pks(rows: Sequence[ProductRow], info: Info) -> set[int]:
    """Products of customers' lists are known to be visible; the listings of the others are read."""
    known = {row.pk for row in rows if info.context.rows.of(row).is_visible}
    others = [row for row in rows if row.pk not in known]
    return known | {pk for pk, listing in listings_by_product(others, info).items() if listing.is_visible()}


def listings_by_product(rows: Sequence[ProductRow], info: Info) -> dict[int, ListingRow]:
    """Listings in the channel in which the products are shown, by product pk."""
    listings = ((row.pk, _listing(row, info)) for row in rows)
    return {pk: listing for pk, listing in listings if listing is not None}


@batched
def _listing(rows: list[ProductRow], info: Info) -> list[ListingRow | None]:
    """Read once for all fields that need it."""
    channel = channel_of_row(rows[0], info)
    listings = ListingRow.objects.filter(product__in=[row.pk for row in rows], channel=channel)
    found = {listing.product_id: listing for listing in listings} if channel else {}
    return [found.get(row.pk) for row in rows]


def media_of(rows: Sequence[ProductRow]) -> list[list[MediaRow]]:
    """Media of each product, in one statement."""
    by_product: dict[int, list[MediaRow]] = {row.pk: [] for row in rows}
    for media in MediaRow.objects.filter(product__in=[row.pk for row in rows]):
        by_product[media.product_id].append(media)
    return [by_product[row.pk] for row in rows]


@batched
def _first_image(rows: list[ProductRow], _info: Info) -> list[MediaRow | None]:
    first: dict[int, MediaRow] = {}
    images = MediaRow.objects.filter(product__in=[row.pk for row in rows], type="IMAGE")
    for media in images:
        first.setdefault(media.product_id, media)
    return [first.get(row.pk) for row in rows]


class ProductChannelListing(SaleorType, model=ListingRow):
    publication_date = day_of("published_at")
    available_for_purchase = day_of("available_for_purchase_at")

    @staticmethod
    def channel(root: ListingRow, info: Info) -> Channel:
        return channels_by_pk(info.context)[root.channel_id]

    @staticmethod
    def is_available_for_purchase(root: ListingRow, _info: Info) -> bool:
        return root.is_available_for_purchase()

    @staticmethod
    def discounted_price(root: ListingRow, _info: Info) -> Money | None:
        amount = root.discounted_price_amount
        return Money(amount, root.currency) if amount is not None else None

    @staticmethod
    def pricing(root: ListingRow, info: Info, *, address: Any = None) -> Pricing | None:
        channel = channels_by_pk(info.context)[root.channel_id]
        return product_pricing([root.product], info, channel, (address or {}).get("country"))[0]


class ProductMedia(SaleorType, model=MediaRow):
    @staticmethod
    def url(root: MediaRow, _info: Info, *, size: int | None = None, format: str | None = None) -> str:
        if root.external_url:
            return root.external_url
        return image_url("ProductMedia", root.pk, root.image, size, format)

    @staticmethod
    def product_id(root: MediaRow, _info: Info) -> str:
        return ids.to_global_id("Product", root.product_id)


@query
def products(info: Info, *, channel: str | None = None, **arguments: Any) -> Connection:
    return product_list(info, channel=channel, **arguments)


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
    channel_row, staff = requested_channel(info, channel, *STAFF_PERMISSIONS)
    rows = _visible_products(channel_row, staff, channel)
    row: ProductRow | None
    if sum(map(bool, (id, slug, external_reference))) != 1:
        raise OperationError(
            "Exactly one of `id`, `slug` and `externalReference` is needed.", code="GRAPHQL_ERROR"
        )
    if id:
        row = ids.find_row(id, rows)
    elif slug and slug_language_code:
        pk = translations.find_object_pk(kind="Product", language=slug_language_code, slug=slug)
        row = rows.filter(pk=pk).first() if pk else None
    else:
        row = rows.filter(**({"slug": slug} if slug else {"external_reference": external_reference})).first()
    if row is None:
        return None
    info.context.rows.of(row).is_visible = not staff
    return bind_siblings(info, [row], channel=channel_row)[0]


def _visible_products(channel: Channel | None, staff: bool, slug: str | None) -> Any:
    if staff:
        return ProductRow.objects.all() if channel or slug is None else ProductRow.objects.none()
    return visibility.products(channel) if channel else ProductRow.objects.none()
