"""Conditions for querysets from `where` and `filter`. Global ids come in, primary keys go out."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import Exact
from django.utils import timezone

from store.engine.catalog.models import (
    AssignedPageAttributeValue,
    AssignedProductAttributeValue,
    AssignedVariantAttributeValue,
    Category,
    Collection,
    Product,
    ProductChannelListing,
    ProductType,
    ProductVariant,
    VariantChannelListing,
)
from store.engine.channels.models import Channel
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.registry import Info
from store.engine.stock.channel_warehouses import get_channel_warehouses
from store.engine.stock.models import Stock
from store.saleor.whole_numbers import whole_number

NO_ROWS = Q(pk__in=[])


def string_filter(column: str, given: Mapping[str, Any] | None) -> Q:
    """Condition for `{eq}` or `{oneOf}` on a column."""
    if not given:
        return Q()
    if given.get("eq") is not None:
        return Q(**{column: given["eq"]})
    return Q(**{f"{column}__in": given["one_of"]}) if given.get("one_of") is not None else Q()


def _pks(given: Mapping[str, Any] | None, model: Any) -> list[str] | None:
    """Primary keys that an id filter names; None when it names none."""
    if not given:
        return None
    if given.get("eq") is not None:
        return ids.pks_of([given["eq"]], model)
    return ids.pks_of(given["one_of"], model) if given.get("one_of") is not None else None


def _range(column: str, given: Mapping[str, Any] | None) -> Q:
    """Condition for `{eq}`, `{range: {gte, lte}}` or the older `{gte, lte}` on a column."""
    if not given:
        return Q()
    if given.get("eq") is not None:
        return Q(**{column: given["eq"]})
    limits = given.get("range") or given
    bounds = {f"{column}__{name}": limits[name] for name in ("gte", "lte") if limits.get(name) is not None}
    return Q(**bounds)


def in_categories(pks: list[str]) -> Q:
    """Products in one of the categories or in any below them."""
    paths = Category.objects.filter(pk__in=pks).values_list("path", flat=True)
    condition = Q()
    for path in paths:
        condition |= Q(category__path__startswith=path)
    return condition or NO_ROWS


def products_where(where: Mapping[str, Any], info: Info, channel: Channel | None) -> Q:
    """Condition for a ProductWhereInput. Raises OperationError where it needs a channel and there is none."""
    condition = string_filter("slug", where.get("slug"))
    if where.get("ids") is not None:
        condition &= Q(pk__in=ids.pks_of(where["ids"], Product))
    if (found := _pks(where.get("product_type"), ProductType)) is not None:
        condition &= Q(product_type__in=found)
    if (found := _pks(where.get("category"), Category)) is not None:
        condition &= in_categories(found)
    if (found := _pks(where.get("collection"), Collection)) is not None:
        condition &= Q(pk__in=_in_collections(found))
    for pair in where.get("metadata") or ():
        condition &= metadata_has(pair)
    condition &= _shared_conditions(where, info, channel)
    for nested in where.get("AND") or ():
        condition &= products_where(nested, info, channel)
    if alternatives := where.get("OR"):
        either = Q()
        for nested in alternatives:
            either |= products_where(nested, info, channel)
        condition &= either
    return condition


def products_filter(given: Mapping[str, Any], info: Info, channel: Channel | None) -> Q:
    """Condition for the older ProductFilterInput; its `search` is left to the caller."""
    condition = Q()
    if given.get("ids") is not None:
        condition &= Q(pk__in=ids.pks_of(given["ids"], Product))
    if given.get("slugs") is not None:
        condition &= Q(slug__in=given["slugs"])
    if given.get("categories"):
        condition &= in_categories(ids.pks_of(given["categories"], Category))
    if given.get("collections"):
        condition &= Q(pk__in=_in_collections(ids.pks_of(given["collections"], Collection)))
    return condition & _shared_conditions(given, info, channel)


def _shared_conditions(given: Mapping[str, Any], info: Info, channel: Channel | None) -> Q:
    """Fields that ProductWhereInput and ProductFilterInput have in common."""
    condition = Q()
    for attribute in given.get("attributes") or ():
        condition &= product_attribute(attribute)
    if given.get("is_available") is not None:
        condition &= _available_for_purchase(given["is_available"], channel)
    if given.get("price") is not None:
        condition &= _with_variant_listing(_range("price_amount", given["price"]), channel)
    if given.get("minimal_price") is not None:
        condition &= _with_product_listing(_range("discounted_price_amount", given["minimal_price"]), channel)
    if given.get("stock_availability") is not None:
        stocked = in_stock(info, channel)
        condition &= stocked if given["stock_availability"] == "IN_STOCK" else ~stocked
    return condition


def _in_collections(pks: list[Any]) -> QuerySet[Any]:
    return Product.objects.filter(collection_products__collection__in=pks).values("pk")


def metadata_has(pair: Mapping[str, Any]) -> Q:
    """Rows with this metadata key, whatever its characters, and with the value if one is given."""
    if pair.get("value") is None:
        return Q(metadata__has_key=pair["key"])
    return Q(Exact(KeyTextTransform(pair["key"], "metadata"), Value(pair["value"])))


def _available_for_purchase(available: bool, channel: Channel | None) -> Q:
    now = timezone.now()
    listed = _with_product_listing(Q(available_for_purchase_at__lte=now), channel)
    return listed if available else ~listed


def _with_product_listing(condition: Q, channel: Channel | None) -> Q:
    if channel is None:
        raise OperationError("A channel is needed to filter by price or availability.", code="GraphQLError")
    rows = ProductChannelListing.objects.filter(condition, product=OuterRef("pk"), channel=channel)
    return Q(Exists(rows))


def _with_variant_listing(condition: Q, channel: Channel | None) -> Q:
    if channel is None:
        raise OperationError("A channel is needed to filter by price or availability.", code="GraphQLError")
    rows = VariantChannelListing.objects.filter(condition, variant__product=OuterRef("pk"), channel=channel)
    return Q(Exists(rows))


def in_stock(info: Info, channel: Channel | None) -> Q:
    """Products with a variant that is available in the channel. Raises OperationError without a channel."""
    if channel is None:
        raise OperationError("A channel is needed to filter by price or availability.", code="GraphQLError")
    reachable = info.context.get_or_set(("reach", channel.pk, None), lambda: get_channel_warehouses(channel))
    stocked = Stock.objects.filter(
        variant__product=OuterRef("pk"),
        warehouse__in=reachable.warehouse_ids(),
        quantity__gt=F("quantity_allocated"),
    )
    untracked = ProductVariant.objects.filter(product=OuterRef("pk"), track_inventory=False)
    return Q(Exists(stocked)) | Q(Exists(untracked))


# --- by attribute -------------------------------------------------------------------------------------
def product_attribute(given: Mapping[str, Any]) -> Q:
    """Products that have such a value themselves or through one of their variants."""
    combined = Q()
    for condition in _conditions(given):
        own = AssignedProductAttributeValue.objects.filter(condition, product=OuterRef("pk"))
        variants = AssignedVariantAttributeValue.objects.filter(condition, variant__product=OuterRef("pk"))
        combined &= Q(Exists(own)) | Q(Exists(variants))
    return combined


def page_attribute(given: Mapping[str, Any]) -> Q:
    """Pages that have such a value."""
    combined = Q()
    for condition in _conditions(given):
        combined &= Q(Exists(AssignedPageAttributeValue.objects.filter(condition, page=OuterRef("pk"))))
    return combined


def _conditions(given: Mapping[str, Any]) -> list[Q]:
    """Conditions on an assigned value; each must be met by some value, not all by the same one."""
    of_attribute = Q(value__attribute__slug=given["slug"]) if given.get("slug") else Q()
    if given.get("values") is not None:
        return [of_attribute & Q(value__slug__in=given["values"])]
    value = given.get("value") or {}
    if value.get("reference"):
        return [of_attribute & reference for reference in _reference_conditions(value["reference"])]
    condition = (
        of_attribute
        & string_filter("value__slug", value.get("slug"))
        & string_filter("value__name", value.get("name"))
    )
    condition &= _range("value__numeric", value.get("numeric"))
    if value.get("boolean") is not None:
        condition &= Q(value__boolean=value["boolean"])
    return [condition]


REFERENCE_LOOKUPS = {
    "page_slugs": "value__reference_page__slug",
    "product_slugs": "value__reference_product__slug",
    "product_variant_skus": "value__reference_variant__sku",
}
REFERENCE_COLUMNS = {
    "Page": "value__reference_page",
    "Product": "value__reference_product",
    "ProductVariant": "value__reference_variant",
    "Category": "value__reference_category",
    "Collection": "value__reference_collection",
}


def _reference_conditions(given: Mapping[str, Any]) -> list[Q]:
    conditions = []
    for name, column in REFERENCE_LOOKUPS.items():
        reference = given.get(name) or {}
        if reference.get("contains_any") is not None:
            conditions.append(Q(**{f"{column}__in": reference["contains_any"]}))
        conditions += [Q(**{column: value}) for value in reference.get("contains_all") or ()]
    reference = given.get("referenced_ids") or {}
    if reference.get("contains_any") is not None:
        either = NO_ROWS
        for global_id in reference["contains_any"]:
            either |= _references_object(global_id)
        conditions.append(either)
    conditions += [_references_object(global_id) for global_id in reference.get("contains_all") or ()]
    return conditions


def _references_object(global_id: str) -> Q:
    type_name, pk = ids.from_global_id(global_id)
    if type_name not in REFERENCE_COLUMNS:
        raise OperationError(f"An attribute can't point to a {type_name}.", code="GRAPHQL_ERROR")
    if whole_number(pk) is None:
        return NO_ROWS
    return Q(**{REFERENCE_COLUMNS[type_name]: pk})
