"""Guides, safety inserts and pages of the shop."""

from collections.abc import Iterator, Mapping

from store.move.catalog.attribute_values import ATTRIBUTE, read_values, value_inputs
from store.move.context import Keys, MoveContext
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
from store.move.shop_api import Node

TEXTS = ("title", "content", "seoTitle", "seoDescription")


def with_values(context: MoveContext, fields: Fields) -> Fields:
    """The input with all attributes in its field `attributes`."""
    given = {name: value for name, value in fields.items() if not name.startswith(ATTRIBUTE)}
    values = value_inputs(context, fields)
    return {**given, **({"attributes": values} if values else {})}


PAGE = Kind(
    "page",
    *create_and_update("page", ("PageCreateInput", "PageInput")),
    translate("page", "PageTranslationInput"),
    to_input=with_values,
)


def move_pages(context: MoveContext) -> Iterator[str]:
    former, new = (by_key(list(api.nodes("Pages", "pages")), "slug") for api in (context.former, context.new))
    note_keys(context, "page", former, new)
    for slug, node in former.items():
        present = new.get(slug)
        carry_object(
            context,
            PAGE,
            slug,
            _page(context.former_keys, node),
            found=(present["id"], _page(context.new_keys, present)) if present else None,
            create_only=lambda node=node: {  # type: ignore[misc]
                "slug": node["slug"],
                "pageType": context.id("page-type", node["pageType"]["slug"]),
            },
        )
        yield slug


def note_keys(context: MoveContext, kind: str, former: Mapping[str, Node], new: Mapping[str, Node]) -> None:
    """So that references to these objects are read as their keys."""
    context.former_keys |= {node["id"]: (kind, key) for key, node in former.items()}
    context.new_keys |= {node["id"]: (kind, key) for key, node in new.items()}


def _page(keys: Keys, node: Node) -> Fields:
    return {
        "title": node["title"],
        "content": node["content"],
        "isPublished": node["isPublished"],
        "seo": seo(node),
        **read_values(keys, node["attributes"]),
        **translations(node, TEXTS),
        **metadata(node),
    }
