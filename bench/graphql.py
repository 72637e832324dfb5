"""The same GraphQL documents against any Saleor: our engine and, if one runs, the real one."""

import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from graphql import parse, print_ast
from graphql.utilities import separate_operations

from bench.load import Visitor

DOCUMENTS = Path(__file__).with_name("documents")
ADDRESS = {
    "firstName": "Ada", "lastName": "Guest", "streetAddress1": "1600 Amphitheatre Pkwy", "city": "Mountain View",
    "postalCode": "94043", "country": "US", "countryArea": "CA", "phone": "+16502530000",
}  # fmt: skip


class Client:
    """One GraphQL client on a kept connection; raises on anything but a clean answer."""

    def __init__(self, url: str, path: str = "/graphql/", token: str | None = None) -> None:
        self.visitor, self.path = Visitor(url), path
        self.headers = {"Content-Type": "application/json"}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def ask(self, query: str, variables: dict[str, Any], operation: str | None = None) -> Any:
        body = {"query": alone(query, operation), "variables": variables, "operationName": operation}
        status, content, _ = self.visitor.send("POST", self.path, json.dumps(body).encode(), self.headers)
        answer = json.loads(content)
        if status != 200 or answer.get("errors"):
            raise RuntimeError(f"{status} {str(answer)[:300]}")
        for payload in answer["data"].values():
            if isinstance(payload, dict) and payload.get("errors"):
                raise RuntimeError(str(payload["errors"])[:300])
        return answer["data"]


@cache
def alone(text: str, operation: str | None) -> str:
    """One operation with the fragments it uses: more than that is refused."""
    return print_ast(separate_operations(parse(text))[operation]) if operation else text


def document(name: str) -> str:
    return (DOCUMENTS / f"{name}.graphql").read_text()


def read_case(url: str, name: str, variables: dict[str, Any]) -> Callable[[], Callable[[], None]]:
    text = document(name)

    def make() -> Callable[[], None]:
        client = Client(url)
        return lambda: client.ask(text, variables)

    return make


def checkout_case(
    url: str, channel: str, variants: list[str], token: str | None
) -> Callable[[], Callable[[], None]]:
    """A whole paid guest checkout in seven requests, two lines of different variants."""
    text = document("checkout")

    def make() -> Callable[[], None]:
        guest, app = Client(url), Client(url, token=token)

        def buy() -> None:
            first, second = random.sample(variants, 2)
            lines = [{"variantId": first, "quantity": 1}, {"variantId": second, "quantity": 2}]
            made = guest.ask(text, {"input": {"channel": channel, "lines": lines}}, "CheckoutCreate")
            id_ = made["checkoutCreate"]["checkout"]["id"]
            guest.ask(text, {"id": id_, "email": "ada.guest@example.com"}, "CheckoutEmail")
            guest.ask(text, {"id": id_, "a": ADDRESS}, "CheckoutShip")
            billed = guest.ask(text, {"id": id_, "a": ADDRESS}, "CheckoutBill")
            method = billed["checkoutBillingAddressUpdate"]["checkout"]["shippingMethods"][0]["id"]
            chosen = guest.ask(text, {"id": id_, "m": method}, "CheckoutDelivery")
            total = chosen["checkoutDeliveryMethodUpdate"]["checkout"]["totalPrice"]["gross"]
            paid = {"name": "bench", "pspReference": id_, "amountCharged": total}
            app.ask(text, {"id": id_, "t": paid}, "Transaction")
            order = guest.ask(text, {"id": id_}, "CheckoutDone")["checkoutComplete"]["order"]
            if order["chargeStatus"] != "FULL":
                raise RuntimeError(str(order))

        return buy

    return make
