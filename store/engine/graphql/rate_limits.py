"""How often a client may send what kind of request to the API: counted before it is executed.

Only requests that come over HTTP are counted (`remote-addr` is set by the view); the storefront's own are limited by
its pages. Staff and apps with a permission are not limited: a shop's own server asks for all its customers.
"""

from collections.abc import Mapping

from graphql import DocumentNode, FieldNode

from store.engine.accounts.jwt_tokens import InvalidToken
from store.engine.graphql.context import Requestor
from store.engine.graphql.query_cost import Cost
from store.engine.graphql.query_limits import root_fields
from store.rate_limits import Purpose, spend

PURPOSES: dict[str, Purpose] = {
    "tokenCreate": "login",
    "setPassword": "login",
    "passwordChange": "login",
    "accountRegister": "register",
    "requestPasswordReset": "reset",
    "sendConfirmationEmail": "reset",
    "requestEmailChange": "reset",
    "accountRequestDeletion": "reset",
    "confirmAccount": "reset",
    "checkoutCreate": "checkout",
    "checkoutCreateFromOrder": "checkout",
    "checkoutComplete": "checkout",
    "checkoutAddPromoCode": "checkout",
    "transactionInitialize": "checkout",
    "order": "order lookup",
}


def spend_request(
    document: DocumentNode, cost: Cost, headers: Mapping[str, str], requestor: Requestor
) -> None:
    """Count the request. Raises store.rate_limits.TooManyRequests."""
    address = headers.get("remote-addr", "")
    if not address or _is_privileged(requestor):
        return
    spend("graphql cost", address, cost=max(sum(cost), 1))
    for node in root_fields(document):
        if purpose := _purpose(node):
            spend(purpose, address)


def _purpose(node: FieldNode) -> Purpose | None:
    if any(argument.name.value == "search" for argument in node.arguments):
        return "search"
    return PURPOSES.get(node.name.value)


def _is_privileged(requestor: Requestor) -> bool:
    try:
        return bool(requestor.permissions)
    except InvalidToken:
        return False
