"""Gift cards with what is left on them, under the same codes."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from store.move.context import MoveContext
from store.move.kinds import Fields, by_key
from store.move.shop_api import Mutation, Node
from store.move.trade.customers import plain_metadata
from store.seed.write.context import ObjectRefused

_CREATE = Mutation("giftCardCreate", "giftCard", {"input": "GiftCardCreateInput!"})


def move_gift_cards(context: MoveContext) -> Iterator[str]:
    """A card whose code is in the new shop stays as there. Saleor makes none that is used up."""
    new = by_key(list(context.new.nodes("GiftCards", "giftCards")), "code")
    for node in context.former.nodes("GiftCards", "giftCards"):
        shown = f"…{node['code'][-4:]}"
        present = new.get(node["code"])
        if present is None and not node["currentBalance"]["amount"]:
            context.report.count("gift-card", "used up, not moved")
            continue
        if present is None:
            if not _create(context, shown, node):
                continue
        elif present["currentBalance"] != node["currentBalance"]:
            context.report.notes.append(
                f"gift card {shown}: {_money(node)} are left in the former shop and {_money(present)} in the new one"
            )
        context.report.count("gift-card", "unchanged" if present else "created")
        yield shown


def _create(context: MoveContext, shown: str, node: Node) -> bool:
    """False for one that stays behind; it does not keep the others from being moved."""
    if node["expiryDate"] and date.fromisoformat(node["expiryDate"]) <= timezone.now().date():
        context.report.to_do.append(
            f"gift card {shown} with {_money(node)} expired on {node['expiryDate']}: Saleor takes none that has; "
            "make a new one if you honour it"
        )
        context.report.count("gift-card", "expired, not moved")
        return False
    try:
        context.mutate("gift-card", shown, _CREATE, input=_card(node))
    except ObjectRefused as error:
        context.report.to_do.append(f"gift card {shown} with {_money(node)} was not moved: {error.reason}")
        context.report.count("gift-card", "not moved")
        return False
    return True


def _card(node: Node) -> Fields:
    return {
        "code": node["code"],
        "balance": node["currentBalance"],
        "isActive": node["isActive"],
        "addTags": [tag["name"] for tag in node["tags"]],
        **({"expiryDate": node["expiryDate"]} if node["expiryDate"] else {}),
        "metadata": plain_metadata(node["metadata"]),
        "privateMetadata": plain_metadata(node["privateMetadata"]),
    }


def _money(node: Node) -> str:
    return f"{node['currentBalance']['amount']:.2f} {node['currentBalance']['currency']}"
