"""A paid checkout of a guest, from the empty cart to the order, takes few SQL statements.

The documents are those of the benchmark. `pytest -s` prints the statements of each step.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.graphql import ADDRESS, extract_operation, read_document
from store.engine.events import app_tokens
from store.engine.events.models import App
from tests.engine import checkout_flow
from tests.engine.api_client import execute_field, gid
from tests.engine.checkout_flow import Shop

TRANSACTION_CONTROL = ("BEGIN", "COMMIT")
MOST = 56  # without BEGIN and COMMIT; one of them only every two seconds: who subscribes to events


class Purchase:
    """Two lines of different variants, bought step by step."""

    def __init__(self, shop: Shop, variants: list[str]) -> None:
        self.shop, self.variants, self.statements = shop, variants, list[str]()
        app = App.objects.create(name="pay", identifier="pay", permissions=["HANDLE_PAYMENTS"])
        self.token = app_tokens.issue_token(app)[1]

    def step(self, name: str, *, as_: str | None = None, **variables: object) -> dict[str, object]:
        document = extract_operation(read_document("checkout"), name)
        with CaptureQueriesContext(connection) as caught:
            payload: dict[str, object] = execute_field(document, as_=as_, **variables)
        assert payload["errors"] == []
        self.statements += [f"{name}: {query['sql']}" for query in caught.captured_queries]
        return payload

    def buy(self) -> None:
        self.statements.clear()
        lines = [{"variantId": pk, "quantity": n} for n, pk in enumerate(self.variants, start=1)]
        created = self.step("CheckoutCreate", input={"channel": self.shop.channel.slug, "lines": lines})
        checkout = {"id": created["checkout"]["id"]}  # type: ignore[index]
        self.step("CheckoutEmail", **checkout, email="ada.guest@example.com")
        self.step("CheckoutShip", **checkout, a=ADDRESS)
        billed = self.step("CheckoutBill", **checkout, a=ADDRESS)
        method = billed["checkout"]["shippingMethods"][0]["id"]  # type: ignore[index]
        chosen = self.step("CheckoutDelivery", **checkout, m=method)
        total = chosen["checkout"]["totalPrice"]["gross"]  # type: ignore[index]
        payment = {"name": "bench", "pspReference": checkout["id"], "amountCharged": total}
        self.step("Transaction", as_=self.token, **checkout, t=payment)
        order = self.step("CheckoutDone", **checkout)["order"]
        assert order["chargeStatus"] == "FULL"  # type: ignore[index]


@pytest.mark.django_db(transaction=True)
def test_a_paid_checkout_takes_few_statements() -> None:
    shop = checkout_flow.create_shop()
    purchase = Purchase(
        shop, [gid(shop.variant(sku, stock=100), "ProductVariant") for sku in ("CUP", "PUMP")]
    )
    purchase.buy()  # the catalog and the settings are in memory after that
    purchase.buy()
    own = [one for one in purchase.statements if not one.partition(": ")[2].startswith(TRANSACTION_CONTROL)]
    print(*purchase.statements, f"{len(purchase.statements)}, of them {len(own)} of our own", sep="\n")
    assert len(own) <= MOST, "\n".join(own)
