"""Pages."""

from typing import Any

from store.engine.catalog import pages
from store.engine.catalog.models import Page, PageType
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload, gone, wishes
from store.engine.graphql.registry import Info, mutation


@mutation(needs="MANAGE_PAGES")
def page_create(info: Info, *, input: dict[str, Any]) -> Payload:
    page_type = ids.one(input["page_type"], PageType, field="pageType")
    said = wishes(input.get("attributes"), page_type.attributes.all())
    return {"page": pages.create(page_type=page_type, given=input, wishes=said)}


@mutation(needs="MANAGE_PAGES")
def page_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    page = ids.one(id, Page)
    said = wishes(input.get("attributes"), page.page_type.attributes.all())
    return {"page": pages.update(page=page, given=input, wishes=said)}


@mutation(needs="MANAGE_PAGES")
def page_delete(info: Info, *, id: str) -> Payload:
    row = ids.one(id, Page)
    return {"page": gone(row, lambda: pages.delete(page=row))}
