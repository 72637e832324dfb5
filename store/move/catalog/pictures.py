"""Pictures of products. Each knows the one it was made from, by an entry of its private metadata."""

import mimetypes
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

from store.move.context import MoveContext
from store.move.kinds import PRIVATE_METADATA, Fields, Kind, by_key, carry_object, metadata
from store.move.shop_api import Mutation, Node, edges
from store.saleor.client.base_model import Upload

MOVED_FROM = "moved_from"
# The file of a picture by its URL in the former shop: name and content.
ReadPicture = Callable[[str], tuple[str, bytes]]
PICTURE = Kind(
    "picture",
    Mutation("productMediaCreate", "media", {"input": "ProductMediaCreateInput!"}),
    Mutation("productMediaUpdate", "media", {"id": "ID!", "input": "ProductMediaUpdateInput!"}),
)
_ASSIGN = Mutation("variantMediaAssign", "media", {"mediaId": "ID!", "variantId": "ID!"})


def move_pictures(context: MoveContext, read: ReadPicture) -> Iterator[str]:
    """`read` raises FileNotFoundError for a file that is gone; such a picture is reported and left out."""
    new = by_key(list(context.new.nodes("Products", "products")), "slug")
    for product in context.former.nodes("Products", "products"):
        present = new.get(product["slug"])
        if present or context.is_dry:
            _move_of_product(context, product, (present or {}).get("media") or [], read)
        context.save()
        yield product["slug"]


def _move_of_product(context: MoveContext, product: Node, present: Sequence[Node], read: ReadPicture) -> None:
    unmarked = [one for one in present if not _moved_from(one)]
    marked = {_moved_from(one): one for one in present}
    for media in product["media"] or ():
        if media["type"] != "IMAGE":
            context.report.to_do.append(f"product {product['slug']}: add its video {media['alt']} again")
            continue
        found = marked.get(media["id"])
        if found is None:  # of the seed, or of a move that was killed before it left its mark
            found = next((one for one in unmarked if one["alt"] == media["alt"]), None)
            if found:
                unmarked.remove(found)
        _move_picture(context, product, media, found, read)


def _moved_from(media: Node) -> str:
    return next((str(one["value"]) for one in media["privateMetadata"] if one["key"] == MOVED_FROM), "")


def _move_picture(
    context: MoveContext, product: Node, media: Node, found: Node | None, read: ReadPicture
) -> None:
    slug = product["slug"]
    try:
        name, content = ("", b"") if found else read(media["url"])
    except FileNotFoundError:
        context.report.to_do.append(f"product {slug}: the file of the picture {media['alt']} is gone")
        return
    variants = [
        one["sku"]
        for one in edges(product["productVariants"])
        if media["id"] in [picture["id"] for picture in one["media"] or ()]
    ]

    def assign(id_: str, _: Fields) -> None:
        if found is None:
            for sku in variants:
                variant = context.id("product-variant", sku)
                context.mutate("picture", slug, _ASSIGN, mediaId=id_, variantId=variant)

    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    carry_object(
        context,
        PICTURE,
        media["id"],
        {**_picture(media), f"{PRIVATE_METADATA}{MOVED_FROM}": media["id"]},
        found=(found["id"], _picture(found)) if found else None,
        create_only=lambda: {
            "product": context.id("product", slug),
            "image": Upload(name, BytesIO(content), content_type),
        },
        after=assign,
    )


def _picture(media: Node) -> Fields:
    return {"alt": media["alt"], **metadata(media)}
