"""Mutations of vouchers."""

from typing import Any

from store.engine.catalog.models import Category, Collection, Product, ProductVariant
from store.engine.channels.models import Channel
from store.engine.discounts import voucher_operations
from store.engine.discounts.voucher_operations import ListingInput
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.discounts.types import MANAGE_DISCOUNTS
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import Info, SaleorType, mutation

LINK_MODELS: dict[str, Any] = {
    "products": Product,
    "variants": ProductVariant,
    "collections": Collection,
    "categories": Category,
}


def _links(input: dict[str, Any]) -> dict[str, Any]:
    return {
        name: ids.get_rows(input[name] or [], model, field=name)
        for name, model in LINK_MODELS.items()
        if input.get(name) is not None
    }


@mutation(permissions=MANAGE_DISCOUNTS)
def voucher_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    voucher = voucher_operations.create(values=input, codes=_codes(input), links=_links(input))
    return {"voucher": voucher}


@mutation(permissions=MANAGE_DISCOUNTS)
def voucher_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    voucher = voucher_operations.update(
        voucher_id=int_of(id, "Voucher"), values=input, codes=_codes(input), links=_links(input)
    )
    return {"voucher": voucher}


def _codes(input: dict[str, Any]) -> list[str]:
    code = input.get("code")
    return [*(input.get("add_codes") or []), *([code] if code else [])]


@mutation(permissions=MANAGE_DISCOUNTS)
def voucher_delete(info: Info, *, id: str) -> dict[str, Any]:
    (deleted,) = voucher_operations.delete(voucher_ids=[int_of(id, "Voucher")])
    return {"voucher": deleted}


@mutation(permissions=MANAGE_DISCOUNTS)
def voucher_channel_listing_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    try:
        voucher = voucher_operations.update_channel_listings(
            voucher_id=int_of(id, "Voucher"),
            add=[_listing(listing) for listing in input.get("add_channels") or []],
            remove=[
                int_of(global_id, "Channel", field="removeChannels")
                for global_id in input.get("remove_channels") or []
            ],
        )
    except OperationError as error:
        raise _with_global_ids(error) from error
    return {"voucher": voucher}


def _listing(given: dict[str, Any]) -> ListingInput:
    return ListingInput(
        channel=ids.get_row(given["channel_id"], Channel, field="addChannels"),
        discount_value=given.get("discount_value"),
        min_spent=given.get("min_amount_spent"),
        sets_min_spent="min_amount_spent" in given,
    )


def _with_global_ids(error: OperationError) -> OperationError:
    """The error with global ids for the channels it names."""
    extras = dict(error.extras)
    if channels := extras.get("channels"):
        extras["channels"] = [to_global_id("Channel", pk) for pk in channels]
    return OperationError(error.message, field=error.field, code=error.code, **extras)


@mutation(permissions=MANAGE_DISCOUNTS)
def voucher_catalogues_add(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    voucher = voucher_operations.update_catalog(
        voucher_id=int_of(id, "Voucher"), links=_links(input), add=True
    )
    return {"voucher": voucher}


@mutation(permissions=MANAGE_DISCOUNTS)
def voucher_catalogues_remove(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    voucher = voucher_operations.update_catalog(
        voucher_id=int_of(id, "Voucher"), links=_links(input), add=False
    )
    return {"voucher": voucher}


@mutation(permissions=MANAGE_DISCOUNTS)
def voucher_bulk_delete(info: Info, *, ids: list[str]) -> dict[str, Any]:
    deleted = voucher_operations.delete(
        voucher_ids=[int_of(global_id, "Voucher", field="ids") for global_id in ids]
    )
    return {"count": len(deleted)}


@mutation(permissions=MANAGE_DISCOUNTS)
def voucher_code_bulk_delete(info: Info, *, ids: list[str]) -> dict[str, Any]:
    """Errors of this mutation name a `path`, not a field."""
    try:
        return {
            "count": voucher_operations.delete_codes(
                code_ids=[uuid_of(global_id, "VoucherCode", field="ids") for global_id in ids]
            )
        }
    except OperationError as error:
        row = {
            "path": error.field,
            "message": error.message,
            "code": error.code,
            "voucher_codes": ids,
        }
        return {"count": 0, "errors": [row]}


class _ZeroCount:
    """Saleor's schema has `count` non-null, also in the payload of a failed mutation."""

    @staticmethod
    def count(root: dict[str, Any], info: Info) -> int:
        return root.get("count") or 0


class VoucherBulkDelete(_ZeroCount, SaleorType):
    pass


class VoucherCodeBulkDelete(_ZeroCount, SaleorType):
    pass
