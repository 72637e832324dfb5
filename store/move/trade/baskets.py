"""Open baskets: what lies in them, for whom, and their codes. Delivery and payment are chosen anew.

One whose money is on its way is left to a person: the payment knows the former basket. A basket says in its metadata
which one it was, so that a run that was killed finds it; what its codes are is looked at until they are all in it, and
not later, when its shopper may have taken one out.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from store.move.context import MoveContext
from store.move.kinds import Fields
from store.move.postal import address_input
from store.move.shop_api import Mutation, Node
from store.move.trade.customers import plain_metadata
from store.moved_ids import lookup
from store.saleor.events import parse_datetime
from store.seed.write.context import ObjectRefused

MOVED_FROM = "moved_from"  # in the private metadata of the new basket
KEPT = timedelta(days=60)  # as long as the cookie that holds a cart
_CREATE = Mutation("checkoutCreate", "checkout", {"input": "CheckoutCreateInput!"})
_CODE = Mutation("checkoutAddPromoCode", "checkout", {"id": "ID!", "promoCode": "String!"})


def move_baskets(context: MoveContext) -> Iterator[str]:
    made = {_moved_from(node): node for node in context.new.nodes("Checkouts", "checkouts")}
    for node in context.former.nodes("Checkouts", "checkouts"):
        if _is_worth_it(node):
            _move_basket(context, node, made.get(node["id"]))
        yield node["id"]


def _moved_from(node: Node) -> str:
    return next((str(one["value"]) for one in node["privateMetadata"] if one["key"] == MOVED_FROM), "")


def _is_worth_it(node: Node) -> bool:
    created = parse_datetime(node["created"])
    return bool(node["lines"]) and created is not None and created > timezone.now() - KEPT


def _move_basket(context: MoveContext, node: Node, made: Node | None) -> None:
    """`made`: the basket that a run has made of it before it was killed."""
    if any(_may_be_money(one) for one in node["transactions"] or ()):
        context.report.to_do.append(
            f"the basket of {node['email'] or node['id']} has a payment that did not fail for good, and is no order "
            "yet: look at the provider; complete it in the former shop, or send the money back"
        )
        context.report.count("basket", "not moved")
        return
    if lookup.new_id(node["id"]):
        context.report.count("basket", "unchanged")
        return
    try:
        id_ = (
            made["id"]
            if made
            else context.mutate("basket", node["id"], _CREATE, input=_basket(context, node)).id
        )
    except ObjectRefused as error:
        context.report.notes.append(
            f"the basket of {node['email'] or 'somebody unknown'} was not moved: {error.reason}"
        )
        context.report.count("basket", "not moved")
        return
    context.report.count("basket", "created")
    if context.is_dry:
        return
    present = _used_codes(made) if made else []
    for code in _used_codes(node):
        if code in present:
            continue
        try:
            context.mutate("basket", node["id"], _CODE, id=id_, promoCode=code)
        except ObjectRefused as error:
            context.report.notes.append(
                f"a code of the basket of {node['email'] or 'somebody'}: {error.reason}"
            )
    lookup.note(node["id"], id_, shop=context.report.new_shop)


def _used_codes(node: Node) -> list[str]:
    return [code for code in (node["voucherCode"], *(one["code"] for one in node["giftCards"])) if code]


_MONEY = ("chargedAmount", "chargePendingAmount", "authorizedAmount", "authorizePendingAmount")
_OVER = ("AUTHORIZATION_FAILURE", "CHARGE_FAILURE", "CANCEL_SUCCESS", "REFUND_SUCCESS")


def _may_be_money(payment: Node) -> bool:
    """Whether money may have moved: also a payment without a result, whose buyer is at the bank just now."""
    told = sorted(payment["events"], key=lambda one: str(one["createdAt"]))
    told = [one for one in told if one["type"] not in (None, "INFO")]
    is_over = bool(told) and told[-1]["type"] in _OVER
    return not is_over or any(payment[name]["amount"] for name in _MONEY)


def _basket(context: MoveContext, node: Node) -> Fields:
    lines = [
        {
            "variantId": context.ids["product-variant"].get(line["variant"]["sku"]),
            "quantity": line["quantity"],
            "metadata": plain_metadata(line["metadata"]),
        }
        for line in node["lines"]
    ]
    addresses = {
        name: address_input(node[name]) for name in ("shippingAddress", "billingAddress") if node[name]
    }
    return {
        "channel": node["channel"]["slug"],
        "languageCode": node["languageCode"],
        "lines": [line for line in lines if line["variantId"]],
        **({"email": node["email"]} if node["email"] else {}),
        **addresses,
        "metadata": plain_metadata(node["metadata"]),
        "privateMetadata": [
            *plain_metadata(node["privateMetadata"]),
            {"key": MOVED_FROM, "value": node["id"]},
        ],
    }
