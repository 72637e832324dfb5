"""Vouchers with their codes, values by channel and what they apply to."""

from collections.abc import Iterator

from store.move.context import MoveContext
from store.move.kinds import Fields, Kind, carry_object, create_and_update, metadata, translate, translations
from store.move.shop_api import Mutation, Node, ShopApi, edges
from store.seed.write.context import ObjectRefused

LISTING = "listing "
_APPLIES_TO = {
    "categories": ("category", "slug"),
    "collections": ("collection", "slug"),
    "products": ("product", "slug"),
    "variants": ("product-variant", "sku"),
}


def _input(context: MoveContext, fields: Fields) -> Fields:
    given = {name: value for name, value in fields.items() if value is not None}
    for name, (kind, _) in _APPLIES_TO.items():
        if name in given:
            given[name] = [context.id(kind, key) for key in given[name]]
    return given


VOUCHER = Kind(
    "voucher",
    *create_and_update("voucher", ("VoucherInput", "VoucherInput")),
    translate("voucher", "NameTranslationInput"),
    to_input=_input,
    left=(LISTING,),
)
_LISTINGS = Mutation(
    "voucherChannelListingUpdate", "voucher", {"id": "ID!", "input": "VoucherChannelListingInput!"}
)


def move_vouchers(context: MoveContext) -> Iterator[str]:
    """A voucher is known by any of its codes. Saleor takes no count of uses, so the limit is lowered by it."""
    new = {
        code["code"]: node
        for node in context.new.nodes("Vouchers", "vouchers")
        for code in _codes(context.new, node)
    }
    for node in context.former.nodes("Vouchers", "vouchers"):
        codes = _codes(context.former, node)
        if not codes:
            continue
        key = codes[0]["code"]
        present = next((new[one["code"]] for one in codes if one["code"] in new), None)
        usable = _usable(node, codes)
        if not usable:
            _leave_out(context, key, is_in_new_shop=present is not None)
            continue
        _name_what_is_lost(context, key, node, codes, usable)
        try:
            _move_voucher(context, key, node, usable, present)
        except ObjectRefused as error:  # one does not keep the others from being moved
            context.report.to_do.append(f"voucher {key} was not moved as a whole: {error.reason}")
        yield key


def _move_voucher(
    context: MoveContext, key: str, node: Node, usable: list[Node], present: Node | None
) -> None:
    """Raises ObjectRefused."""

    def list_it(id_: str, fields: Fields) -> None:
        if fields:
            listings = [
                {"channelId": context.id("channel", name.removeprefix(LISTING)), **value}
                for name, value in fields.items()
            ]
            context.mutate("voucher", key, _LISTINGS, id=id_, input={"addChannels": listings})

    carry_object(
        context,
        VOUCHER,
        key,
        _voucher(node, usable),
        found=(present["id"], _voucher(present, _codes(context.new, present))) if present else None,
        create_only=lambda: {"addCodes": [one["code"] for one in usable]},
        after=list_it,
    )


def _codes(shop: ShopApi, node: Node) -> list[Node]:
    return edges(node["codes"]) + shop.rest("VoucherCodes", "voucher", "codes", node)


def _usable(node: Node, codes: list[Node]) -> list[Node]:
    """Codes that buy something still: a single-use code is switched off by its use, a limit holds for each code."""
    limit = node["usageLimit"]
    return [one for one in codes if one["isActive"] and not (limit and (one["used"] or 0) >= limit)]


def _leave_out(context: MoveContext, key: str, *, is_in_new_shop: bool) -> None:
    """Saleor takes no limit of 0, for it that is none."""
    context.report.count("voucher", "used up, not moved")
    if is_in_new_shop:
        context.report.to_do.append(
            f"voucher {key} is used up in the former shop and is in the new one: switch its codes off there"
        )


def _name_what_is_lost(
    context: MoveContext, key: str, node: Node, codes: list[Node], usable: list[Node]
) -> None:
    if len(usable) < len(codes):
        context.report.to_do.append(
            f"voucher {key}: {len(codes) - len(usable)} of its {len(codes)} codes are used up or switched off and "
            "were left out"
        )
    if node["usageLimit"] and len(usable) > 1 and any(one["used"] for one in usable):
        context.report.to_do.append(
            f"voucher {key}: its codes were used a different number of times; look at the limit"
        )


def _voucher(node: Node, codes: list[Node]) -> Fields:
    """`usageLimit`: what is left of it for the code that was used most."""
    used = max((one["used"] or 0 for one in codes), default=0)
    listings = {
        f"{LISTING}{one['channel']['slug']}": {
            "discountValue": one["discountValue"],
            "minAmountSpent": (one["minSpent"] or {}).get("amount"),
        }
        for one in node["channelListings"] or ()
    }
    return {
        "name": node["name"],
        "type": node["type"],
        "usageLimit": node["usageLimit"] - used if node["usageLimit"] else None,
        "startDate": node["startDate"],
        "endDate": node["endDate"],
        "applyOncePerOrder": node["applyOncePerOrder"],
        "applyOncePerCustomer": node["applyOncePerCustomer"],
        "singleUse": node["singleUse"],
        "onlyForStaff": node["onlyForStaff"],
        "minCheckoutItemsQuantity": node["minCheckoutItemsQuantity"],
        "discountValueType": node["discountValueType"],
        "countries": sorted(one["code"] for one in node["countries"] or ()),
        **{
            name: sorted(one[key] for one in edges(node[name]) if one[key])
            for name, (_, key) in _APPLIES_TO.items()
        },
        **listings,
        **translations(node),
        **metadata(node),
    }
