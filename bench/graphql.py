"""GraphQL load cases with documents that both the engine and Saleor serve."""

import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from graphql import parse, print_ast
from graphql.utilities import separate_operations

from bench.load import HttpClient

DOCUMENTS = Path(__file__).with_name("documents")
ADDRESS = {
    "firstName": "Ada", "lastName": "Guest", "streetAddress1": "1600 Amphitheatre Pkwy", "city": "Mountain View",
    "postalCode": "94043", "country": "US", "countryArea": "CA", "phone": "+16502530000",
}  # fmt: skip


class Client:
    """A GraphQL client on one keep-alive connection."""

    def __init__(self, url: str, path: str = "/graphql/", token: str | None = None) -> None:
        self.http_client, self.path = HttpClient(url), path
        self.headers = {"Content-Type": "application/json"}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def execute(self, query: str, variables: dict[str, Any], operation: str | None = None) -> Any:
        """`data` of the response; raises RuntimeError on any status or payload error."""
        body = {
            "query": extract_operation(query, operation),
            "variables": variables,
            "operationName": operation,
        }
        status, content, _ = self.http_client.send("POST", self.path, json.dumps(body).encode(), self.headers)
        response = json.loads(content)
        if status != 200 or response.get("errors"):
            raise RuntimeError(f"{status} {str(response)[:300]}")
        for payload in response["data"].values():
            if isinstance(payload, dict) and payload.get("errors"):
                raise RuntimeError(str(payload["errors"])[:300])
        return response["data"]


@cache
def extract_operation(text: str, operation: str | None) -> str:
    """The operation with the fragments it uses; a document with unused ones would be refused."""
    return print_ast(separate_operations(parse(text))[operation]) if operation else text


def read_document(name: str) -> str:
    return (DOCUMENTS / f"{name}.graphql").read_text()


def read_case(url: str, name: str, variables: dict[str, Any]) -> Callable[[], Callable[[], None]]:
    text = read_document(name)

    def make_action() -> Callable[[], None]:
        client = Client(url)
        return lambda: client.execute(text, variables)

    return make_action


def checkout_case(
    url: str, channel: str, variants: list[str], token: str | None
) -> Callable[[], Callable[[], None]]:
    """A whole paid guest checkout in seven requests, two lines of different variants."""
    text = read_document("checkout")

    def make_action() -> Callable[[], None]:
        guest, app = Client(url), Client(url, token=token)

        def buy() -> None:
            first, second = random.sample(variants, 2)
            lines = [{"variantId": first, "quantity": 1}, {"variantId": second, "quantity": 2}]
            created = guest.execute(text, {"input": {"channel": channel, "lines": lines}}, "CheckoutCreate")
            checkout_id = created["checkoutCreate"]["checkout"]["id"]
            guest.execute(text, {"id": checkout_id, "email": "ada.guest@example.com"}, "CheckoutEmail")
            guest.execute(text, {"id": checkout_id, "a": ADDRESS}, "CheckoutShip")
            billed = guest.execute(text, {"id": checkout_id, "a": ADDRESS}, "CheckoutBill")
            method = billed["checkoutBillingAddressUpdate"]["checkout"]["shippingMethods"][0]["id"]
            chosen = guest.execute(text, {"id": checkout_id, "m": method}, "CheckoutDelivery")
            total = chosen["checkoutDeliveryMethodUpdate"]["checkout"]["totalPrice"]["gross"]
            transaction = {"name": "bench", "pspReference": checkout_id, "amountCharged": total}
            app.execute(text, {"id": checkout_id, "t": transaction}, "Transaction")
            order = guest.execute(text, {"id": checkout_id}, "CheckoutDone")["checkoutComplete"]["order"]
            if order["chargeStatus"] != "FULL":
                raise RuntimeError(str(order))

        return buy

    return make_action
