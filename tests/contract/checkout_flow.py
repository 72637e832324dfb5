"""A guest's steps, each one mutation."""

from typing import Any

from tests.contract.fixture_data import ADDRESS, World

CHECKOUT = """fragment C on Checkout {
  id email chargeStatus authorizeStatus isShippingRequired
  shippingMethods { id name price { amount currency } }
  delivery { id shippingMethod { id name } }
  totalPrice { gross { amount currency } net { amount } tax { amount } }
  subtotalPrice { gross { amount } } shippingPrice { gross { amount } net { amount } }
  lines { id quantity totalPrice { gross { amount } net { amount } } unitPrice { gross { amount } } variant { id sku } }
  voucherCode discount { amount }
}"""
ORDER = """fragment O on Order {
  id number status chargeStatus authorizeStatus isPaid paymentStatus userEmail checkoutId
  total { gross { amount currency } net { amount } tax { amount } }
  lines { id productName productSku quantity unitPrice { gross { amount } } totalPrice { gross { amount } } metadata { key value } }
  fulfillments { id status trackingNumber }
}"""


def create(world: World, *lines: tuple[str, int], **given: Any) -> dict[str, Any]:
    wanted = {"channel": world.channel, "lines": [{"variantId": v, "quantity": q} for v, q in lines], **given}
    query = f"mutation($i:CheckoutCreateInput!){{checkoutCreate(input:$i){{checkout{{...C}} errors{{field message code}}}}}} {CHECKOUT}"  # fmt: skip
    checkout: dict[str, Any] = world.api.do(query, {"i": wanted})["checkout"]
    return checkout


def ready(world: World, *lines: tuple[str, int]) -> dict[str, Any]:
    """A checkout with everything but the money."""
    made = create(world, *lines, email="ada@example.com", shippingAddress=ADDRESS, billingAddress=ADDRESS)
    return choose_delivery(world, made["id"])


def choose_delivery(world: World, id_: str) -> dict[str, Any]:
    deliveries = world.api.do(
        "mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id shippingMethod{id name}} errors{field message code}}}",
        {"id": id_},
    )["deliveries"]
    query = f"mutation($id:ID!,$m:ID!){{checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){{checkout{{...C}} errors{{field message code}}}}}} {CHECKOUT}"  # fmt: skip
    checkout: dict[str, Any] = world.api.do(query, {"id": id_, "m": deliveries[0]["id"]})["checkout"]
    return checkout


def pay(world: World, checkout: dict[str, Any], amount: float | None = None) -> str:
    """Record a charge as an app does; the transaction's id."""
    total = checkout["totalPrice"]["gross"]
    charged = {"amount": total["amount"] if amount is None else amount, "currency": total["currency"]}
    made = world.do(
        "mutation($id:ID!,$t:TransactionCreateInput!){transactionCreate(id:$id,transaction:$t){transaction{id} errors{field message code}}}",
        id=checkout["id"], t={"name": "card", "pspReference": f"psp-{checkout['id'][-8:]}", "amountCharged": charged},
    )  # fmt: skip
    return str(made["transaction"]["id"])


COMPLETE = (
    f"mutation($id:ID!){{checkoutComplete(id:$id){{order{{...O}} errors{{field message code}}}}}} {ORDER}"
)


def complete(world: World, id_: str) -> dict[str, Any]:
    order: dict[str, Any] = world.api.do(COMPLETE, {"id": id_})["order"]
    return order


def buy(world: World, *lines: tuple[str, int]) -> dict[str, Any]:
    checkout = ready(world, *lines)
    pay(world, checkout)
    return complete(world, checkout["id"])


def stock_of(world: World, variant: str) -> tuple[int, int]:
    """(quantity, allocated) in the world's warehouse."""
    query = "query($id:ID!){productVariant(id:$id){stocks{quantity quantityAllocated}}}"
    (stock,) = world.api.ask(query, {"id": variant}, world.app)["productVariant"]["stocks"]
    return stock["quantity"], stock["quantityAllocated"]
