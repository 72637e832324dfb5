"""From `where` and `filter` to conditions on rows. Ids are global ids here and primary keys below."""

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
from store.engine.errors import Refusal
from store.engine.graphql import ids
from store.engine.graphql.registry import Info
from store.engine.stock.channel_warehouses import reach
from store.engine.stock.models import Stock

NOTHING = Q(pk__in=[])


def string_filter(column: str, given: Mapping[str, Any] | None) -> Q:
    """`{eq}` or `{oneOf}` on a column."""
    if not given:
        return Q()
    if given.get("eq") is not None:
        return Q(**{column: given["eq"]})
    return Q(**{f"{column}__in": given["one_of"]}) if given.get("one_of") is not None else Q()


def _pks(given: Mapping[str, Any] | None, model: Any) -> list[str] | None:
    """Primary keys that an id filter names; None when it names none at all."""
    if not given:
        return None
    if given.get("eq") is not None:
        return ids.pks([given["eq"]], model)
    return ids.pks(given["one_of"], model) if given.get("one_of") is not None else None


def _range(column: str, given: Mapping[str, Any] | None) -> Q:
    """`{eq}`, `{range: {gte, lte}}` or the old bare `{gte, lte}` on a column."""
    if not given:
        return Q()
    if given.get("eq") is not None:
        return Q(**{column: given["eq"]})
    limits = given.get("range") or given
    wanted = {f"{column}__{name}": limits[name] for name in ("gte", "lte") if limits.get(name) is not None}
    return Q(**wanted)


def in_categories(pks: list[str]) -> Q:
    """In one of them or anywhere below."""
    paths = Category.objects.filter(pk__in=pks).values_list("path", flat=True)
    wanted = Q()
    for path in paths:
        wanted |= Q(category__path__startswith=path)
    return wanted or NOTHING


def products_where(where: Mapping[str, Any], info: Info, channel: Channel | None) -> Q:
    """ProductWhereInput."""
    wanted = string_filter("slug", where.get("slug"))
    if where.get("ids") is not None:
        wanted &= Q(pk__in=ids.pks(where["ids"], Product))
    if (found := _pks(where.get("product_type"), ProductType)) is not None:
        wanted &= Q(product_type__in=found)
    if (found := _pks(where.get("category"), Category)) is not None:
        wanted &= in_categories(found)
    if (found := _pks(where.get("collection"), Collection)) is not None:
        wanted &= Q(pk__in=_in_collections(found))
    for pair in where.get("metadata") or ():
        wanted &= metadata_has(pair)
    wanted &= _common(where, info, channel)
    for one in where.get("AND") or ():
        wanted &= products_where(one, info, channel)
    if some := where.get("OR"):
        either = Q()
        for one in some:
            either |= products_where(one, info, channel)
        wanted &= either
    return wanted


def products_filter(given: Mapping[str, Any], info: Info, channel: Channel | None) -> Q:
    """ProductFilterInput, the older way (its `search` is read by the caller)."""
    wanted = Q()
    if given.get("ids") is not None:
        wanted &= Q(pk__in=ids.pks(given["ids"], Product))
    if given.get("slugs") is not None:
        wanted &= Q(slug__in=given["slugs"])
    if given.get("categories"):
        wanted &= in_categories(ids.pks(given["categories"], Category))
    if given.get("collections"):
        wanted &= Q(pk__in=_in_collections(ids.pks(given["collections"], Collection)))
    return wanted & _common(given, info, channel)


def _common(given: Mapping[str, Any], info: Info, channel: Channel | None) -> Q:
    """What both ways share."""
    wanted = Q()
    for one in given.get("attributes") or ():
        wanted &= product_attribute(one)
    if given.get("is_available") is not None:
        wanted &= _for_sale(given["is_available"], channel)
    if given.get("price") is not None:
        wanted &= _priced(_range("price_amount", given["price"]), channel)
    if given.get("minimal_price") is not None:
        wanted &= _listed(_range("discounted_price_amount", given["minimal_price"]), channel)
    if given.get("stock_availability") is not None:
        stocked = in_stock(info, channel)
        wanted &= stocked if given["stock_availability"] == "IN_STOCK" else ~stocked
    return wanted


def _in_collections(pks: list[Any]) -> QuerySet[Any]:
    return Product.objects.filter(placed__collection__in=pks).values("pk")


def metadata_has(pair: Mapping[str, Any]) -> Q:
    """A key, whatever its letters, and its value if one is named."""
    if pair.get("value") is None:
        return Q(metadata__has_key=pair["key"])
    return Q(Exact(KeyTextTransform(pair["key"], "metadata"), Value(pair["value"])))


def _for_sale(wanted: bool, channel: Channel | None) -> Q:
    now = timezone.now()
    condition = _listed(Q(available_for_purchase_at__lte=now), channel)
    return condition if wanted else ~condition


def _listed(condition: Q, channel: Channel | None) -> Q:
    if channel is None:
        raise Refusal("A channel is needed to filter by price or availability.", code="GraphQLError")
    rows = ProductChannelListing.objects.filter(condition, product=OuterRef("pk"), channel=channel)
    return Q(Exists(rows))


def _priced(condition: Q, channel: Channel | None) -> Q:
    if channel is None:
        raise Refusal("A channel is needed to filter by price or availability.", code="GraphQLError")
    rows = VariantChannelListing.objects.filter(condition, variant__product=OuterRef("pk"), channel=channel)
    return Q(Exists(rows))


def in_stock(info: Info, channel: Channel | None) -> Q:
    """Products of which some variant can be had in the channel."""
    if channel is None:
        raise Refusal("A channel is needed to filter by price or availability.", code="GraphQLError")
    place = info.context.once(("reach", channel.pk, None), lambda: reach(channel))
    stocked = Stock.objects.filter(
        variant__product=OuterRef("pk"),
        warehouse__in=place.warehouses(),
        quantity__gt=F("quantity_allocated"),
    )
    endless = ProductVariant.objects.filter(product=OuterRef("pk"), track_inventory=False)
    return Q(Exists(stocked)) | Q(Exists(endless))


# --- by attribute -------------------------------------------------------------------------------------
def product_attribute(given: Mapping[str, Any]) -> Q:
    """Products that have such a value themselves or by one of their variants."""
    wanted = Q()
    for condition in _conditions(given):
        own = AssignedProductAttributeValue.objects.filter(condition, product=OuterRef("pk"))
        variants = AssignedVariantAttributeValue.objects.filter(condition, variant__product=OuterRef("pk"))
        wanted &= Q(Exists(own)) | Q(Exists(variants))
    return wanted


def page_attribute(given: Mapping[str, Any]) -> Q:
    wanted = Q()
    for condition in _conditions(given):
        wanted &= Q(Exists(AssignedPageAttributeValue.objects.filter(condition, page=OuterRef("pk"))))
    return wanted


def _conditions(given: Mapping[str, Any]) -> list[Q]:
    """Conditions on an assigned value; each must be met by some value, not all by the same one."""
    named = Q(value__attribute__slug=given["slug"]) if given.get("slug") else Q()
    if given.get("values") is not None:
        return [named & Q(value__slug__in=given["values"])]
    value = given.get("value") or {}
    if value.get("reference"):
        return [named & one for one in _references(value["reference"])]
    wanted = (
        named
        & string_filter("value__slug", value.get("slug"))
        & string_filter("value__name", value.get("name"))
    )
    wanted &= _range("value__numeric", value.get("numeric"))
    if value.get("boolean") is not None:
        wanted &= Q(value__boolean=value["boolean"])
    return [wanted]


REFERENCED = {
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


def _references(given: Mapping[str, Any]) -> list[Q]:
    found = []
    for name, column in REFERENCED.items():
        wanted = given.get(name) or {}
        if wanted.get("contains_any") is not None:
            found.append(Q(**{f"{column}__in": wanted["contains_any"]}))
        found += [Q(**{column: one}) for one in wanted.get("contains_all") or ()]
    wanted = given.get("referenced_ids") or {}
    if wanted.get("contains_any") is not None:
        either = NOTHING
        for one in wanted["contains_any"]:
            either |= _points_to(one)
        found.append(either)
    found += [_points_to(one) for one in wanted.get("contains_all") or ()]
    return found


def _points_to(global_id: str) -> Q:
    type_name, pk = ids.from_global_id(global_id)
    if type_name not in REFERENCE_COLUMNS:
        raise Refusal(f"An attribute can't point to a {type_name}.", code="GRAPHQL_ERROR")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return NOTHING
    return Q(**{REFERENCE_COLUMNS[type_name]: pk})
