"""Customers with their addresses. Passwords are known to nobody, so each sets a new one."""

from collections.abc import Iterator

from store.move.context import MoveContext
from store.move.kinds import Fields
from store.move.postal import address_input
from store.move.shop_api import Mutation, Node
from store.move.trade.references import reference
from store.seed.write.context import ObjectRefused

_CREATE = Mutation("customerCreate", "user", {"input": "UserCreateInput!"})
_ADDRESS = Mutation("addressCreate", "address", {"userId": "ID!", "input": "AddressInput!"})


def move_customers(context: MoveContext) -> Iterator[str]:
    """Known by their address in small letters. One who is in the new shop already stays as there."""
    new = {node["email"].lower(): node for node in context.new.nodes("Customers", "customers")}
    for node in context.former.nodes("Customers", "customers"):
        email = node["email"].lower()
        try:
            _move_customer(context, email, node, new.get(email))
        except ObjectRefused as error:  # one does not keep the others from being moved
            context.report.to_do.append(f"customer {email} was not moved as a whole: {error.reason}")
        yield email
    if "created" in context.report.counts.get("customer", ()):
        context.report.to_do.append(
            "customers set a new password once, with “Forgot your password?”; tell them"
        )


def _move_customer(context: MoveContext, email: str, node: Node, present: Node | None) -> None:
    """Raises ObjectRefused."""
    id_ = present["id"] if present else context.mutate("customer", email, _CREATE, input=_customer(node)).id
    context.report.count("customer", "unchanged" if present else "created")
    if present is None or present["externalReference"] == reference(node["id"]):
        _move_addresses(context, id_, node, (present or {}).get("addresses") or [])


def _customer(node: Node) -> Fields:
    defaults = {
        "defaultBillingAddress": next(
            (one for one in node["addresses"] if one["isDefaultBillingAddress"]), None
        ),
        "defaultShippingAddress": next(
            (one for one in node["addresses"] if one["isDefaultShippingAddress"]), None
        ),
    }
    return {
        "email": node["email"],
        "firstName": node["firstName"],
        "lastName": node["lastName"],
        "isActive": node["isActive"],
        "isConfirmed": node["isConfirmed"],
        "note": node["note"] or "",
        "languageCode": node["languageCode"],
        "externalReference": reference(node["id"]),
        "metadata": plain_metadata(node["metadata"]),
        "privateMetadata": plain_metadata(node["privateMetadata"]),
        **{name: address_input(address) for name, address in defaults.items() if address},
    }


def plain_metadata(items: list[Node]) -> list[Fields]:
    return [{"key": one["key"], "value": one["value"]} for one in items]


def _move_addresses(context: MoveContext, user_id: str, node: Node, present: list[Node]) -> None:
    """Those of the address book that are not there yet; the two defaults were made with the customer."""
    known = [address_input(one) for one in present] or [
        address_input(one)
        for one in node["addresses"]
        if one["isDefaultBillingAddress"] or one["isDefaultShippingAddress"]
    ]
    for address in node["addresses"]:
        given = address_input(address)
        if given not in known:
            known.append(given)
            context.mutate("address", node["email"], _ADDRESS, userId=user_id, input=given)
            context.report.count("address", "created")
