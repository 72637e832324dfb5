"""What can be sold from each warehouse.

Saleor allocates nothing to orders that are moved, so what is promised to them is taken off before: nothing is sold
twice. Saleor takes it off again when such an order is sent; the report says how many pieces to add then.
"""

from collections.abc import Collection, Iterator

from store.move.context import MoveContext
from store.move.kinds import Fields
from store.move.shop_api import Mutation, Node, edges

UPDATE = Mutation(
    "productVariantStocksUpdate", "productVariant", {"sku": "String!", "stocks": "[StockInput!]!"}
)


def move_stock(context: MoveContext) -> Iterator[str]:
    """Warehouse by warehouse: what the new shop has sold or counted since the last move stays."""
    new = _variants(context.new.nodes("Products", "products"))
    for sku, variant in _variants(context.former.nodes("Products", "products")).items():
        quantities = _unsold(context, variant)
        if not quantities or not (sku in new or context.is_dry):
            continue

        def update(
            _: str, changed: Collection[str], sku: str = sku, quantities: dict[str, int] = quantities
        ) -> None:
            set_stock(context, sku, {slug: quantities[slug] for slug in changed})

        present = new.get(sku)
        context.carry(
            "stock",
            sku,
            quantities,
            found=(present["id"] if present else sku, _in_new_shop(present) if present else {}),
            create=lambda sku=sku: sku,  # type: ignore[misc]
            update=update,
        )
        yield sku


def set_stock(context: MoveContext, sku: str, quantities: dict[str, int]) -> None:
    """`quantities`: pieces by slug of the warehouse. Raises ObjectRefused."""
    stocks: list[Fields] = [
        {"warehouse": context.id("warehouse", slug), "quantity": quantity}
        for slug, quantity in quantities.items()
    ]
    context.mutate("stock", sku, UPDATE, sku=sku, stocks=stocks)


def _unsold(context: MoveContext, variant: Node) -> dict[str, int]:
    """Pieces by slug of the warehouse that are promised to nobody, in the former shop."""
    unsold = {}
    for one in variant["stocks"] or ():
        slug, promised = one["warehouse"]["slug"], one["quantityAllocated"] or 0
        unsold[slug] = max(one["quantity"] - promised, 0)
        if promised:
            context.report.to_do.append(
                f"stock {variant['sku']} in {slug}: {promised} of {one['quantity']} are promised to open orders "
                "and were taken off; add them again when you send those orders, since Saleor takes them off once more"
            )
    return unsold


def _in_new_shop(variant: Node) -> dict[str, int]:
    return {one["warehouse"]["slug"]: one["quantity"] for one in variant["stocks"] or ()}


def _variants(products: Iterator[Node]) -> dict[str, Node]:
    return {
        one["sku"]: one for product in products for one in edges(product["productVariants"]) if one["sku"]
    }
