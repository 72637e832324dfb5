"""The order that the products of a collection have by hand."""

from collections.abc import Iterator, Sequence

from store.move.context import MoveContext
from store.move.shop_api import Mutation, Node, ShopApi, edges

_REORDER = Mutation(
    "collectionReorderProducts", "collection", {"collectionId": "ID!", "moves": "[MoveProductInput!]!"}
)


def move_collection_order(context: MoveContext) -> Iterator[str]:
    """After the products, which are in their collections by then. What the new shop alone has there keeps its place."""
    former, new = (
        {node["slug"]: node["id"] for node in api.nodes("Collections", "collections")}
        for api in (context.former, context.new)
    )
    for slug in sorted(former.keys() & new.keys()):
        _order(context, slug, _products(context.former, former[slug]), new[slug])
        yield slug


def _order(context: MoveContext, slug: str, former: Sequence[Node], collection_id: str) -> None:
    present = {one["slug"]: one["id"] for one in _products(context.new, collection_id)}
    wanted = [one["slug"] for one in former if one["slug"] in present]
    shown = [one for one in present if one in set(wanted)]
    if len(wanted) < 2:
        return

    def reorder(id_: str, changed: object) -> None:
        moves = [
            {"productId": present[product], "sortOrder": by}
            for product, by in moves_to(list(present), wanted)
        ]
        if moves:
            context.mutate("collection order", slug, _REORDER, collectionId=id_, moves=moves)

    context.carry(
        "collection order",
        slug,
        {"products": wanted},
        found=(collection_id, {"products": shown}),
        create=lambda: collection_id,
        update=reorder,
    )


def moves_to(shown: list[str], wanted: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The steps, each of one product by so many places, after which those of `wanted` stand in its order.

    Each counts from where the steps before it have led; no product is moved twice. The others keep their places.
    """
    shown, left = list(shown), iter(wanted)
    for place, product in enumerate([next(left) if one in wanted else one for one in shown]):
        by = place - shown.index(product)
        if by:
            shown.insert(place, shown.pop(place - by))
            yield product, by


def _products(api: ShopApi, collection_id: str) -> list[Node]:
    found = api.ask("CollectionProducts", id=collection_id)["collection"]
    node = {"id": collection_id, "products": found["products"]}
    return edges(found["products"]) + api.rest("CollectionProducts", "collection", "products", node)
