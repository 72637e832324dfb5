"""Conditions for querysets from `where` and `filter`. Global ids come in, primary keys go out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from store.engine.catalog.models import (
    AssignedPageAttributeValue,
    AssignedProductAttributeValue,
    AssignedVariantAttributeValue,
    Category,
    Collection,
    CollectionProduct,
    Product,
    ProductChannelListing,
    ProductType,
    ProductVariant,
    VariantChannelListing,
)
from store.engine.channels.models import Channel
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.list_arguments import (
    Condition,
    ListArguments,
    has_metadata,
    ids_in,
    in_range,
    matching,
    matching_ids,
    on_days,
    one_of,
)
from store.engine.graphql.registry import Info
from store.engine.stock.channel_warehouses import get_channel_warehouses
from store.engine.stock.models import Stock, Warehouse
from store.saleor.whole_numbers import whole_number

NO_ROWS = Q(pk__in=[])


def variant_attributes(given: Sequence[Mapping[str, Any]]) -> Q:
    """Variants that have all of these values."""
    combined = Q()
    for attribute in given:
        for condition in _conditions(attribute):
            own = AssignedVariantAttributeValue.objects.filter(condition, variant=OuterRef("pk"))
            combined &= Q(Exists(own))
    return combined


VARIANTS = ListArguments(
    columns={
        "ids": ids_in("pk", ProductVariant),
        "metadata": has_metadata,
        "sku": lambda given: one_of("sku")(given) if isinstance(given, list) else matching("sku")(given),
        "updated_at": in_range("updated_at"),
        "attributes": variant_attributes,
        "search": lambda given: (
            Q(product__name__icontains=given) | Q(name__icontains=given) | Q(sku__icontains=given)
        ),
    },
    sort={"LAST_MODIFIED_AT": ("updated_at",)},
)


def in_categories(pks: list[str]) -> Q:
    """Products in one of the categories or in any below them."""
    paths = Category.objects.filter(pk__in=pks).values_list("path", flat=True)
    condition = Q()
    for path in paths:
        condition |= Q(category__path__startswith=path)
    return condition or NO_ROWS


def products_where(where: Mapping[str, Any], info: Info, channel: Channel | None) -> Q:
    """Condition for a ProductWhereInput. Raises OperationError where it needs a channel and there is none."""
    return ListArguments(columns=_product_columns(info, channel)).where(where)


def products_filter(given: Mapping[str, Any], info: Info, channel: Channel | None) -> Q:
    """Condition for the older ProductFilterInput; its `search` and `channel` are left to the caller."""
    left = {name: value for name, value in given.items() if name not in ("search", "channel")}
    return ListArguments(columns=_product_columns(info, channel)).where(left)


def _product_columns(info: Info, channel: Channel | None) -> Mapping[str, Condition]:
    """The conditions of ProductWhereInput and of the older ProductFilterInput, which have most names in common."""
    return {
        "ids": ids_in("pk", Product),
        "name": matching("name"),
        "slug": matching("slug"),
        "slugs": one_of("slug"),
        "metadata": has_metadata,
        "product_type": matching_ids("product_type", ProductType),
        "product_types": ids_in("product_type", ProductType),
        "category": lambda given: _named(given, Category, in_categories),
        "categories": lambda given: in_categories(ids.pks_of(given, Category)) if given else Q(),
        "collection": lambda given: _named(given, Collection, in_collections),
        "collections": lambda given: in_collections(ids.pks_of(given, Collection)) if given else Q(),
        "attributes": _with_attributes,
        "is_available": lambda given: _either(
            given, _listed(Q(available_for_purchase_at__lte=timezone.now()), channel)
        ),
        "is_published": lambda given: _either(given, _listed(Q(is_published=True), channel)),
        "is_visible_in_listing": lambda given: _either(given, _listed(Q(visible_in_listings=True), channel)),
        "published_from": lambda given: _listed(Q(published_at__gte=given), channel),
        "available_from": lambda given: _listed(Q(available_for_purchase_at__gte=given), channel),
        "has_category": lambda given: Q(category__isnull=not given),
        "price": lambda given: _with_variant_listing(_prices("price_amount", given), channel),
        "minimal_price": lambda given: _listed(_prices("discounted_price_amount", given), channel),
        "stock_availability": lambda given: _either(given == "IN_STOCK", in_stock(info, channel)),
        "stocks": _with_stocks,
        "gift_card": lambda given: _either(given, Q(product_type__kind="GIFT_CARD")),
        "updated_at": lambda given: _ranged(given, "updated_at"),
    }


def _either(holds: bool, condition: Q) -> Q:
    return condition if holds else ~condition


def _named(given: Mapping[str, Any], model: Any, condition: Callable[[list[str]], Q]) -> Q:
    """The condition on the rows that `{eq}` or `{oneOf}` names."""
    named = [given["eq"]] if given.get("eq") is not None else given.get("one_of")
    return Q() if named is None else condition(ids.pks_of(named, model))


def _ranged(given: Mapping[str, Any], column: str) -> Q:
    """Of `where` and of the older `filter`: `{eq, oneOf, range}` or `{gte, lte}`."""
    return matching(column)(given) & in_range(column)(given)


def _prices(column: str, given: Mapping[str, Any]) -> Q:
    return _ranged(given, column)


def _with_attributes(given: Sequence[Mapping[str, Any]]) -> Q:
    condition = Q()
    for attribute in given:
        condition &= product_attribute(attribute)
    return condition


def _with_stocks(given: Mapping[str, Any]) -> Q:
    """Products with a variant of which there is so much, in all or in these warehouses together. As in Saleor,
    a variant without stock rows is in no range.
    """
    stocks = Stock.objects.filter(variant=OuterRef("pk"))
    if given.get("warehouse_ids"):
        stocks = stocks.filter(ids_in("warehouse", Warehouse)(given["warehouse_ids"]))
    variants = ProductVariant.objects.filter(product=OuterRef("pk"))
    if not given.get("quantity"):
        return Q(Exists(variants.filter(Exists(stocks))))
    total = stocks.order_by().values("variant").annotate(total=Sum("quantity")).values("total")
    return Q(Exists(variants.annotate(total=Subquery(total)).filter(in_range("total")(given["quantity"]))))


def in_collections(pks: list[Any]) -> Q:
    rows = CollectionProduct.objects.filter(collection__in=pks, product=OuterRef("pk"))
    return Q(Exists(rows))


def _listed(condition: Q, channel: Channel | None) -> Q:
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
    older = {"numeric": {"range": given["values_range"]}} if given.get("values_range") else {}
    older |= {name: given[name] for name in ("date", "date_time", "boolean") if given.get(name) is not None}
    value = given.get("value") or older
    if value.get("reference"):
        return [of_attribute & reference for reference in _reference_conditions(value["reference"])]
    condition = (
        of_attribute
        & matching("value__slug")(value.get("slug") or {})
        & matching("value__name")(value.get("name") or {})
        & matching("value__numeric")(value.get("numeric") or {})
        & in_range("value__date_time")(value.get("date_time") or {})
        & on_days("value__date_time")(value.get("date") or {})
    )
    if value.get("boolean") is not None:
        condition &= Q(value__boolean=value["boolean"])
    return [condition]


REFERENCE_LOOKUPS = {
    "page_slugs": "value__reference_page__slug",
    "product_slugs": "value__reference_product__slug",
    "product_variant_skus": "value__reference_variant__sku",
    "category_slugs": "value__reference_category__slug",
    "collection_slugs": "value__reference_collection__slug",
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
