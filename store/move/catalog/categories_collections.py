"""Categories, each below its parent, and collections with their channels."""

from collections.abc import Iterator

from store.move.catalog.shipping import LISTING
from store.move.context import MoveContext
from store.move.dates import in_future
from store.move.kinds import (
    Fields,
    Kind,
    by_key,
    carry_object,
    create_and_update,
    metadata,
    seo,
    translate,
    translations,
)
from store.move.shop_api import Mutation, Node

TEXTS = ("name", "description", "seoTitle", "seoDescription")
_CREATE, _UPDATE = create_and_update("category", ("CategoryInput", "CategoryInput"))
CATEGORY = Kind(
    "category",
    Mutation(_CREATE.name, _CREATE.returns, {**_CREATE.arguments, "parent": "ID"}),
    _UPDATE,
    translate("category", "TranslationInput"),
)
COLLECTION = Kind(
    "collection",
    *create_and_update("collection", ("CollectionCreateInput", "CollectionInput")),
    translate("collection", "TranslationInput"),
    left=(LISTING,),
)
_LISTINGS = Mutation(
    "collectionChannelListingUpdate",
    "collection",
    {"id": "ID!", "input": "CollectionChannelListingUpdateInput!"},
)


def move_categories(context: MoveContext) -> Iterator[str]:
    former, new = (
        by_key(list(api.nodes("Categories", "categories")), "slug") for api in (context.former, context.new)
    )
    for slug, node in sorted(former.items(), key=lambda item: item[1]["level"]):
        present = new.get(slug)
        _name_picture(context, "category", slug, node)
        parent = node["parent"] and node["parent"]["slug"]
        carry_object(
            context,
            CATEGORY,
            slug,
            _texts(node),
            found=(present["id"], _texts(present)) if present else None,
            create_only=lambda slug=slug: {"slug": slug},  # type: ignore[misc]
            beside_input=lambda parent=parent: {"parent": context.id("category", parent)} if parent else {},  # type: ignore[misc]
        )
        yield slug


def move_collections(context: MoveContext) -> Iterator[str]:
    former, new = (
        by_key(list(api.nodes("Collections", "collections")), "slug") for api in (context.former, context.new)
    )
    for slug, node in former.items():
        present = new.get(slug)
        _name_picture(context, "collection", slug, node)

        def list_it(id_: str, fields: Fields, slug: str = slug) -> None:
            if fields:
                _list_collection(context, slug, id_, fields)

        carry_object(
            context,
            COLLECTION,
            slug,
            _collection(node),
            found=(present["id"], _collection(present)) if present else None,
            create_only=lambda slug=slug: {"slug": slug},  # type: ignore[misc]
            after=list_it,
        )
        yield slug


def _list_collection(context: MoveContext, slug: str, id_: str, fields: Fields) -> None:
    listings = [
        {"channelId": context.id("channel", name.removeprefix(LISTING)), **value}
        for name, value in fields.items()
    ]
    context.mutate("collection", slug, _LISTINGS, id=id_, input={"addChannels": listings})


def _texts(node: Node) -> Fields:
    return {
        "name": node["name"],
        "description": node["description"],
        "seo": seo(node),
        **translations(node, TEXTS),
        **metadata(node),
    }


def _collection(node: Node) -> Fields:
    listings = {
        f"{LISTING}{one['channel']['slug']}": {
            "isPublished": one["isPublished"],
            **in_future("publishedAt", one["publishedAt"]),
        }
        for one in node["channelListings"] or ()
    }
    return {**_texts(node), **listings}


def _name_picture(context: MoveContext, kind: str, slug: str, node: Node) -> None:
    if node["backgroundImage"]:
        context.report.to_do.append(f"{kind} {slug}: upload its picture again")
