"""Gift cards with what is left on them, under the same codes."""

from collections.abc import Iterator

from store.move.context import MoveContext
from store.move.kinds import Fields, by_key
from store.move.shop_api import Mutation, Node
from store.move.trade.customers import plain_metadata

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
            context.mutate("gift-card", shown, _CREATE, input=_card(node))
        elif present["currentBalance"] != node["currentBalance"]:
            context.report.notes.append(
                f"gift card {shown}: {_money(node)} are left in the former shop and {_money(present)} in the new one"
            )
        context.report.count("gift-card", "unchanged" if present else "created")
        yield shown


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
