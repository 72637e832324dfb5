"""Mutations of pages."""

from typing import Any

from store.engine.catalog import pages
from store.engine.catalog.models import Page, PageType
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import (
    Payload,
    parse_attribute_values,
)
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.older_dates import with_times
from store.engine.graphql.registry import Info, mutation


@mutation(permissions="MANAGE_PAGES")
def page_create(info: Info, *, input: dict[str, Any]) -> Payload:
    page_type = ids.get_row(input["page_type"], PageType, field="pageType")
    values = parse_attribute_values(input.get("attributes"), page_type.attributes.all())
    return {"page": pages.create(page_type=page_type, given=with_times(input), attribute_values=values)}


@mutation(permissions="MANAGE_PAGES")
def page_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    page = ids.get_row(id, Page)
    values = parse_attribute_values(input.get("attributes"), page.page_type.attributes.all())
    return {"page": pages.update(page=page, given=with_times(input), attribute_values=values)}


@mutation(permissions="MANAGE_PAGES")
def page_delete(info: Info, *, id: str) -> Payload:
    row = ids.get_row(id, Page)
    return {"page": delete_and_return(row, lambda: pages.delete(page=row))}
