"""Products and variants in bulk, under Saleor's error policies."""

from typing import Any

from store.engine.catalog.channel_listings import Price
from store.engine.catalog.models import Product, ProductType, ProductVariant, VariantChannelListing
from store.engine.errors import Refusal, Refusals
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload, wishes
from store.engine.graphql.catalog.mutations.products import columns, links, listing
from store.engine.graphql.catalog.mutations.variants import price
from store.engine.graphql.errors import as_payload
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.stock.mutations import by_warehouse
from store.engine.stock import product_bulk_create as products
from store.engine.stock import variant_creation as variants
from store.engine.stock.models import Stock
from store.engine.stock.variant_creation import Draft, Outcome, Revision


def _draft(info: Info, given: dict[str, Any], product_type: ProductType) -> Draft:
    """Problems of reading are kept in the draft, so that each row tells its own."""
    try:
        return Draft(
            given=columns(info, given),
            wishes=wishes(given.get("attributes"), product_type.variant_attributes.all()),
            stocks=by_warehouse(given.get("stocks") or []),
            prices=[price(one) for one in given.get("channel_listings") or ()],
        )
    except (Refusal, Refusals) as error:
        return Draft(given={}, problems=_several(error))


def _several(error: Refusal | Refusals) -> list[Refusal]:
    return [error] if isinstance(error, Refusal) else error.problems


def _results(outcomes: list[Outcome], name: str) -> list[dict[str, Any]]:
    return [
        {name: one.row, "errors": [_told(problem) for problem in one.problems] or None} for one in outcomes
    ]


def _told(problem: Refusal) -> dict[str, Any]:
    """Bulk errors name the place as a path."""
    return {"path": problem.field} | as_payload(problem)


def _repeated(rows: list[dict[str, Any]]) -> dict[int, Refusal]:
    """SKUs that the same request names twice."""
    skus = [one.get("sku") for one in rows]
    return {
        at: Refusal("Duplicated SKU.", field="sku", code="UNIQUE")
        for at, sku in enumerate(skus)
        if sku and skus.count(sku) > 1
    }


@mutation(needs="MANAGE_PRODUCTS")
def product_variant_bulk_create(
    info: Info,
    *,
    product: str,
    variants: list[dict[str, Any]],
    error_policy: str = "REJECT_EVERYTHING",
) -> Payload:
    row = ids.one(product, Product, field="product")
    repeated = _repeated(variants)
    drafts = [
        Draft(given={}, problems=[repeated[at]]) if at in repeated else _draft(info, one, row.product_type)
        for at, one in enumerate(variants)
    ]
    outcomes = _create(row, drafts, error_policy)
    errors = [
        as_payload(problem) | {"index": at} for at, one in enumerate(outcomes) for problem in one.problems
    ]
    made = [one.row for one in outcomes if one.row is not None]
    return {
        "count": len(made),
        "product_variants": made,
        "results": _results(outcomes, "product_variant"),
        "errors": errors,
        "bulk_product_errors": errors,
    }


def _create(product: Product, drafts: list[Draft], policy: str) -> list[Outcome]:
    return variants.create_many(product=product, drafts=drafts, policy=policy)


@mutation(needs="MANAGE_PRODUCTS")
def product_variant_bulk_update(
    info: Info,
    *,
    product: str,
    variants: list[dict[str, Any]],
    error_policy: str = "REJECT_EVERYTHING",
) -> Payload:
    row = ids.one(product, Product, field="product")
    revisions = [_revision(info, one, row) for one in variants]
    outcomes = _update(row, revisions, error_policy)
    return {
        "count": sum(1 for one in outcomes if one.row is not None),
        "results": _results(outcomes, "product_variant"),
        "errors": [_told(problem) for one in outcomes for problem in one.problems],
    }


def _update(product: Product, revisions: list[Revision], policy: str) -> list[Outcome]:
    return variants.update_many(product=product, revisions=revisions, policy=policy)


def _revision(info: Info, given: dict[str, Any], product: Product) -> Revision:
    try:
        variant = ids.one(given["id"], ProductVariant)
        if variant.product_id != product.pk:
            raise Refusal("The variant belongs to another product.", field="id", code="NOT_PRODUCTS_VARIANT")
        stocks, prices = given.get("stocks") or {}, given.get("channel_listings") or {}
        return Revision(
            variant=variant,
            given=columns(info, given),
            wishes=wishes(given.get("attributes"), product.product_type.variant_attributes.all()),
            new_stocks=by_warehouse(stocks.get("create") or []),
            stocks=_changed_stocks(stocks.get("update") or (), variant),
            drop_stocks=[one.warehouse_id for one in _own(stocks.get("remove") or (), Stock, variant)],
            prices=[price(one) for one in prices.get("create") or ()]
            + [_changed_price(one, variant) for one in prices.get("update") or ()],
            drop_listings=[
                one.pk for one in _own(prices.get("remove") or (), VariantChannelListing, variant)
            ],
        )
    except (Refusal, Refusals) as error:
        return Revision(variant=ProductVariant(product=product), given={}, problems=_several(error))


def _own(global_ids: Any, model: Any, variant: ProductVariant) -> list[Any]:
    name = "ProductVariantChannelListing" if model is VariantChannelListing else model.__name__
    return list(ids.many(global_ids, model.objects.filter(variant=variant), name, field="remove"))


def _changed_stocks(given: Any, variant: ProductVariant) -> dict[Any, int]:
    rows = ids.many([one["stock"] for one in given], Stock.objects.filter(variant=variant), field="stocks")
    if any(one["quantity"] < 0 for one in given):
        raise Refusal("Stock can't be below zero.", field="stocks")
    return {row.warehouse_id: one["quantity"] for one, row in zip(given, rows, strict=True)}


def _changed_price(given: dict[str, Any], variant: ProductVariant) -> Price:
    own = VariantChannelListing.objects.filter(variant=variant).select_related("channel")
    row = ids.one(given["channel_listing"], own, "ProductVariantChannelListing", field="channelListings")
    names = ("price", "cost_price", "prior_price")
    return Price(channel=row.channel, given={name: given[name] for name in names if name in given})


@mutation(needs="MANAGE_PRODUCTS")
def product_bulk_create(
    info: Info, *, products: list[dict[str, Any]], error_policy: str = "REJECT_EVERYTHING"
) -> Payload:
    outcomes = _create_products([_product_draft(info, one) for one in products], error_policy)
    return {
        "count": sum(1 for one in outcomes if one.row is not None),
        "results": _results(outcomes, "product"),
        "errors": [_told(problem) for one in outcomes for problem in one.problems],
    }


def _create_products(drafts: list[Any], policy: str) -> list[Outcome]:
    return products.create_many(drafts=drafts, policy=policy)


def _product_draft(info: Info, given: dict[str, Any]) -> products.ProductDraft | Refusal:
    try:
        product_type = ids.one(given["product_type"], ProductType, field="productType")
        return products.ProductDraft(
            product_type=product_type,
            given=columns(info, given),
            links=links(given, product_type),
            listings=[listing(one, field="channelListings") for one in given.get("channel_listings") or ()],
            media=given.get("media") or (),
            variants=[_draft(info, one, product_type) for one in given.get("variants") or ()],
        )
    except Refusal as problem:
        return problem
    except Refusals as several:
        return several.problems[0]
