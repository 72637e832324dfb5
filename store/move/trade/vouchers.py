"""Vouchers with their codes, values by channel and what they apply to."""

from collections.abc import Iterator

from store.move.context import MoveContext
from store.move.kinds import Fields, Kind, carry_object, create_and_update, metadata, translate, translations
from store.move.shop_api import Mutation, Node, edges

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
    new = {code["code"]: node for node in context.new.nodes("Vouchers", "vouchers") for code in _codes(node)}
    for node in context.former.nodes("Vouchers", "vouchers"):
        codes = _codes(node)
        if not codes or _is_used_up(context, node, codes):
            continue
        key = codes[0]["code"]
        present = next((new[one["code"]] for one in codes if one["code"] in new), None)
        _name_what_is_lost(context, key, node, codes)

        def list_it(id_: str, fields: Fields, key: str = key) -> None:
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
            _voucher(node),
            found=(present["id"], _voucher(present)) if present else None,
            create_only=lambda codes=codes: {"addCodes": [one["code"] for one in codes]},  # type: ignore[misc]
            after=list_it,
        )
        yield key


def _codes(node: Node) -> list[Node]:
    return edges(node["codes"])


def _is_used_up(context: MoveContext, node: Node, codes: list[Node]) -> bool:
    """Nothing is left of it; for Saleor a limit of 0 is none."""
    used = max(one["used"] or 0 for one in codes)
    is_used_up = bool(node["usageLimit"]) and used >= node["usageLimit"]
    if is_used_up:
        context.report.count("voucher", "used up, not moved")
    return is_used_up


def _name_what_is_lost(context: MoveContext, key: str, node: Node, codes: list[Node]) -> None:
    if any(not one["isActive"] for one in codes):
        context.report.to_do.append(f"voucher {key}: some of its codes were switched off; look at them")
    if node["usageLimit"] and len(codes) > 1 and any(one["used"] for one in codes):
        context.report.to_do.append(
            f"voucher {key}: its codes were used a different number of times; look at the limit"
        )


def _voucher(node: Node) -> Fields:
    """`usageLimit`: what is left of it, counted where the voucher has one code."""
    codes = _codes(node)
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
