"""Making and changing vouchers."""

from typing import Any

from store.engine.catalog.models import Category, Collection, Product, ProductVariant
from store.engine.channels.models import Channel
from store.engine.discounts import voucher_operations
from store.engine.discounts.voucher_operations import Listing
from store.engine.errors import Refusal
from store.engine.graphql import ids
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.discounts.types import STAFF
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import Info, SaleorType, mutation

KINDS: dict[str, Any] = {
    "products": Product,
    "variants": ProductVariant,
    "collections": Collection,
    "categories": Category,
}


def _links(input: dict[str, Any]) -> dict[str, Any]:
    return {
        name: ids.many(input[name] or [], model, field=name)
        for name, model in KINDS.items()
        if input.get(name) is not None
    }


@mutation(needs=STAFF)
def voucher_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    made = voucher_operations.create(values=input, codes=_codes(input), links=_links(input))
    return {"voucher": made}


@mutation(needs=STAFF)
def voucher_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    made = voucher_operations.update(
        voucher_id=int_of(id, "Voucher"), values=input, codes=_codes(input), links=_links(input)
    )
    return {"voucher": made}


def _codes(input: dict[str, Any]) -> list[str]:
    one = input.get("code")
    return [*(input.get("add_codes") or []), *([one] if one else [])]


@mutation(needs=STAFF)
def voucher_delete(info: Info, *, id: str) -> dict[str, Any]:
    (gone,) = voucher_operations.delete(voucher_ids=[int_of(id, "Voucher")])
    return {"voucher": gone}


@mutation(needs=STAFF)
def voucher_channel_listing_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    try:
        done = voucher_operations.list_in_channels(
            voucher_id=int_of(id, "Voucher"),
            add=[_listing(one) for one in input.get("add_channels") or []],
            remove=[
                int_of(one, "Channel", field="removeChannels") for one in input.get("remove_channels") or []
            ],
        )
    except Refusal as refusal:
        raise _said(refusal) from refusal
    return {"voucher": done}


def _listing(given: dict[str, Any]) -> Listing:
    return Listing(
        channel=ids.one(given["channel_id"], Channel, field="addChannels"),
        discount_value=given.get("discount_value"),
        min_spent=given.get("min_amount_spent"),
        sets_min_spent="min_amount_spent" in given,
    )


def _said(refusal: Refusal) -> Refusal:
    """Channels by their global ids."""
    extras = dict(refusal.extras)
    if channels := extras.get("channels"):
        extras["channels"] = [to_global_id("Channel", pk) for pk in channels]
    return Refusal(refusal.message, field=refusal.field, code=refusal.code, **extras)


@mutation(needs=STAFF)
def voucher_catalogues_add(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    done = voucher_operations.change_catalogue(
        voucher_id=int_of(id, "Voucher"), links=_links(input), add=True
    )
    return {"voucher": done}


@mutation(needs=STAFF)
def voucher_catalogues_remove(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    done = voucher_operations.change_catalogue(
        voucher_id=int_of(id, "Voucher"), links=_links(input), add=False
    )
    return {"voucher": done}


@mutation(needs=STAFF)
def voucher_bulk_delete(info: Info, *, ids: list[str]) -> dict[str, Any]:
    gone = voucher_operations.delete(voucher_ids=[int_of(one, "Voucher", field="ids") for one in ids])
    return {"count": len(gone)}


@mutation(needs=STAFF)
def voucher_code_bulk_delete(info: Info, *, ids: list[str]) -> dict[str, Any]:
    """Errors of this mutation name a `path`, not a field."""
    try:
        return {
            "count": voucher_operations.delete_codes(
                code_ids=[uuid_of(one, "VoucherCode", field="ids") for one in ids]
            )
        }
    except Refusal as refusal:
        said = {"path": refusal.field, "message": refusal.message, "code": refusal.code, "voucher_codes": ids}
        return {"count": 0, "errors": [said]}


class _Counted:
    """A refusal counts nothing; Saleor's schema lets the count not be null."""

    @staticmethod
    def count(root: dict[str, Any], info: Info) -> int:
        return root.get("count") or 0


class VoucherBulkDelete(_Counted, SaleorType):
    pass


class VoucherCodeBulkDelete(_Counted, SaleorType):
    pass
