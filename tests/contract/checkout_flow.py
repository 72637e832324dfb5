"""The steps of a guest checkout, each one mutation."""

from typing import Any

from tests.contract.fixture_data import ADDRESS, ShopSetup

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


def create(shop: ShopSetup, *lines: tuple[str, int], **input_fields: Any) -> dict[str, Any]:
    input_data = {
        "channel": shop.channel,
        "lines": [{"variantId": v, "quantity": q} for v, q in lines],
        **input_fields,
    }
    query = f"mutation($i:CheckoutCreateInput!){{checkoutCreate(input:$i){{checkout{{...C}} errors{{field message code}}}}}} {CHECKOUT}"  # fmt: skip
    checkout: dict[str, Any] = shop.api.mutate(query, {"i": input_data})["checkout"]
    return checkout


def create_payable(shop: ShopSetup, *lines: tuple[str, int]) -> dict[str, Any]:
    """A checkout that lacks nothing but the payment."""
    made = create(shop, *lines, email="ada@example.com", shippingAddress=ADDRESS, billingAddress=ADDRESS)
    return choose_delivery(shop, made["id"])


def choose_delivery(shop: ShopSetup, id_: str) -> dict[str, Any]:
    deliveries = shop.api.mutate(
        "mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id shippingMethod{id name}} errors{field message code}}}",
        {"id": id_},
    )["deliveries"]
    query = f"mutation($id:ID!,$m:ID!){{checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){{checkout{{...C}} errors{{field message code}}}}}} {CHECKOUT}"  # fmt: skip
    checkout: dict[str, Any] = shop.api.mutate(query, {"id": id_, "m": deliveries[0]["id"]})["checkout"]
    return checkout


def pay(shop: ShopSetup, checkout: dict[str, Any], amount: float | None = None) -> str:
    """Record a charge as an app does, of the whole total if `amount` is None; returns the transaction's id."""
    total = checkout["totalPrice"]["gross"]
    charged = {"amount": total["amount"] if amount is None else amount, "currency": total["currency"]}
    made = shop.mutate(
        "mutation($id:ID!,$t:TransactionCreateInput!){transactionCreate(id:$id,transaction:$t){transaction{id} errors{field message code}}}",
        id=checkout["id"], t={"name": "card", "pspReference": f"psp-{checkout['id'][-8:]}", "amountCharged": charged},
    )  # fmt: skip
    return str(made["transaction"]["id"])


COMPLETE = (
    f"mutation($id:ID!){{checkoutComplete(id:$id){{order{{...O}} errors{{field message code}}}}}} {ORDER}"
)


def complete(shop: ShopSetup, id_: str) -> dict[str, Any]:
    order: dict[str, Any] = shop.api.mutate(COMPLETE, {"id": id_})["order"]
    return order


def buy(shop: ShopSetup, *lines: tuple[str, int]) -> dict[str, Any]:
    checkout = create_payable(shop, *lines)
    pay(shop, checkout)
    return complete(shop, checkout["id"])


def stock_of(shop: ShopSetup, variant: str) -> tuple[int, int]:
    """(quantity, allocated) of a variant in the only warehouse."""
    query = "query($id:ID!){productVariant(id:$id){stocks{quantity quantityAllocated}}}"
    (stock,) = shop.api.execute(query, {"id": variant}, shop.app_token)["productVariant"]["stocks"]
    return stock["quantity"], stock["quantityAllocated"]
