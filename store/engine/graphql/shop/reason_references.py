"""Pages as reasons: which type of page says why money goes back or goods came back, and the pages that inputs name."""

from typing import Any, Literal

from store.engine.catalog.models import Page, PageType
from store.engine.channels import shop_settings
from store.engine.errors import OperationError, Required
from store.engine.graphql import ids
from store.engine.graphql.plain_values import ReasonSettings
from store.engine.graphql.registry import Info, mutation, query

MANAGE_SETTINGS = "MANAGE_SETTINGS"
About = Literal["refund", "return"]


def reason_page(
    global_id: str | None, *, about: About, info: Info | None = None, field: str = "reasonReference"
) -> int | None:
    """The primary key of the page that an input names as its reason.

    With `info`, staff must name one where the shop has said which pages are reasons, also to change what has one
    already, as in Saleor; apps and lines need not. Raises
    Required, NotFound, or OperationError for a page of another type or where the shop has no such pages.
    """
    kind = _type(about)
    if not global_id:
        if kind is not None and info is not None and info.context.user is not None:
            raise Required("Choose a reason.", field=field)
        return None
    if kind is None:
        raise OperationError("Reason reference type is not configured.", field=field, code="INVALID")
    page = ids.get_row(global_id, Page, field=field)
    if page.page_type_id != kind.pk:
        raise OperationError("This page is no reason.", field=field, code="INVALID")
    return page.pk


def _type(about: About) -> PageType | None:
    """The type whose pages are reasons; None where there is none, or no longer."""
    pk: int | None = getattr(shop_settings.current(), f"{about}_reason_type_id")
    return PageType.objects.filter(pk=pk).first() if pk is not None else None


def _settings(about: About) -> ReasonSettings:
    return {"reason_reference_type": _type(about)}


def _set(about: About, global_id: str | None) -> ReasonSettings:
    row = ids.get_row(global_id, PageType, field=f"{about}ReasonReferenceType") if global_id else None
    shop_settings.set_reason_type(name=about, page_type_id=row.pk if row else None)
    return _settings(about)


@query
def refund_settings(info: Info) -> ReasonSettings:
    return _settings("refund")


@query
def return_settings(info: Info) -> ReasonSettings:
    return _settings("return")


@mutation(permissions=MANAGE_SETTINGS)
def refund_settings_update(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    return {"refund_settings": _set("refund", input["refund_reason_reference_type"])}


@mutation(permissions=MANAGE_SETTINGS)
def return_settings_update(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    return {"return_settings": _set("return", input["return_reason_reference_type"])}


@mutation(permissions=MANAGE_SETTINGS)
def refund_reason_reference_clear(info: Info) -> dict[str, Any]:
    return {"refund_settings": _set("refund", None)}


@mutation(permissions=MANAGE_SETTINGS)
def return_reason_reference_clear(info: Info) -> dict[str, Any]:
    return {"return_settings": _set("return", None)}
