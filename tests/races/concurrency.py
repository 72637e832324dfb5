"""Concurrent buyers, each with a database connection of its own, through the API's entry point (`serve`).

Run as a program (`python -m tests.races.concurrency [<race> …]`) on the database that DATABASE_URL names: runs the
races one after the other, each in an empty shop, and prints the results as JSON. `--without-lock` removes the lock on
stock, in this process only, to prove that the lock prevents overselling.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django


def main(races: list[str], *, without_lock: bool) -> dict[str, Any]:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    if without_lock:
        remove_stock_lock()
    results = {}
    for race in races or RACES:
        results[race] = RACES[race]()
        call_command("flush", verbosity=0, interactive=False)
    return results


# --- the lock --------------------------------------------------------------------------------------------
def remove_stock_lock() -> None:
    """Read stock without a lock, and write it a moment later."""
    from django.db import connection

    from store.engine.stock import allocations
    from store.engine.stock.models import Stock

    def unlocked(*, variant_ids: Any = (), warehouse_ids: Any = (), stock_ids: Any = ()) -> list[Any]:
        rows = Stock.objects.filter(variant_id__in=list(variant_ids)).select_related("variant", "warehouse")
        found = list(rows.order_by("pk"))
        time.sleep(0.05)
        return found

    before: dict[int, tuple[int, int]] = {}

    def read_before(*, variant_ids: Any = (), warehouse_ids: Any = (), stock_ids: Any = ()) -> list[Any]:
        """On SQLite the transaction itself is the lock, so each buyer uses values read before the transaction
        began.
        """
        rows = list(
            Stock.objects.filter(variant_id__in=list(variant_ids)).select_related("variant", "warehouse")
        )
        for row in rows:
            row.quantity, row.quantity_allocated = before.setdefault(
                row.pk, (row.quantity, row.quantity_allocated)
            )
        return rows

    allocations.lock_stocks = read_before if connection.vendor == "sqlite" else unlocked


# --- the steps of a purchase --------------------------------------------------------------------------------
def ask(query: str, **variables: Any) -> dict[str, Any]:
    from store.engine.graphql.serve import serve

    body = json.dumps({"query": query, "variables": variables}).encode()
    answer: dict[str, Any] = json.loads(serve(body, {"content-type": "application/json"}).body)
    if answer.get("errors"):
        raise AssertionError(answer["errors"])
    (value,) = answer["data"].values()
    return value  # type: ignore[no-any-return]


ADDRESS = {
    "firstName": "Ada",
    "lastName": "Guest",
    "streetAddress1": "1600 Amphitheatre Pkwy",
    "city": "Mountain View",
    "postalCode": "94043",
    "country": "US",
    "countryArea": "CA",
}
COMPLETE = "mutation($id:ID!){checkoutComplete(id:$id){order{id number} errors{field code}}}"


def paid_checkout(lines: list[tuple[Any, int]], *, promo: str = "") -> str:
    """Everything up to completion; returns the checkout's id."""
    from store.engine.graphql.ids import to_global_id

    lines_input = [
        {"variantId": to_global_id("ProductVariant", variant.pk), "quantity": n} for variant, n in lines
    ]
    created = ask(
        "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id} errors{field code}}}",
        i={
            "channel": "default-channel",
            "email": "ada@example.com",
            "lines": lines_input,
            "shippingAddress": ADDRESS,
            "billingAddress": ADDRESS,
        },
    )
    pk = created["checkout"]["id"]
    if promo:
        ask(
            "mutation($id:ID!,$c:String!){checkoutAddPromoCode(id:$id,promoCode:$c){errors{code}}}",
            id=pk,
            c=promo,
        )
    options = ask("mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id}}}", id=pk)
    ask(
        "mutation($id:ID!,$m:ID){checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){errors{code}}}",
        id=pk,
        m=options["deliveries"][0]["id"],
    )
    payment = ask(
        "mutation($id:ID!,$g:PaymentGatewayToInitialize!)"
        "{transactionInitialize(id:$id,paymentGateway:$g){transactionEvent{type} errors{code}}}",
        id=pk,
        g={"id": "saleor.io.dummy-payment-app", "data": {"event": {"type": "CHARGE_SUCCESS"}}},
    )
    assert payment["transactionEvent"]["type"] == "CHARGE_SUCCESS", payment
    return str(pk)


def run_concurrently(steps: list[Callable[[], Any]]) -> list[Any]:
    """Start all steps at the same moment, each in a thread with its own connection."""
    from django.db import connection

    barrier = threading.Barrier(len(steps))

    def run(step: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=120)
            return step()
        except Exception as error:  # an unexpected error is a result, too
            return {"failed": repr(error)}
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as executor:
        return list(executor.map(run, steps))


def outcome(answers: list[dict[str, Any]]) -> dict[str, Any]:
    from store.engine.orders.models import Order
    from store.engine.stock.models import Allocation, Stock

    return {
        "orders": Order.objects.count(),
        "numbers": len(set(Order.objects.values_list("number", flat=True))),
        "answered": sorted({a["order"]["id"] for a in answers if a.get("order")}),
        "refused": sorted(error["code"] for a in answers for error in a.get("errors", [])),
        "failed": [a["failed"] for a in answers if "failed" in a],
        "allocated": list(Stock.objects.order_by("pk").values_list("quantity_allocated", flat=True)),
        "allocation_rows": [
            sum(Allocation.objects.filter(stock=pk).values_list("quantity", flat=True))
            for pk in Stock.objects.order_by("pk").values_list("pk", flat=True)
        ],
        "quantity": list(Stock.objects.order_by("pk").values_list("quantity", flat=True)),
    }


# --- the races -------------------------------------------------------------------------------------------
def last_items() -> dict[str, Any]:
    """Fifty buyers with paid checkouts, ten items in stock."""
    from store.engine.checkout.models import Checkout
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("LAST", stock=10)
    checkouts = [paid_checkout([(variant, 1)]) for _ in range(50)]
    answers = run_concurrently([lambda pk=pk: ask(COMPLETE, id=pk) for pk in checkouts])  # type: ignore[misc]
    marked = Checkout.objects.exclude(completion_problem="").count()
    return outcome(answers) | {"checkouts_left": Checkout.objects.count(), "marked_for_the_merchant": marked}


def same_checkout() -> dict[str, Any]:
    """One checkout, completed by twelve requests."""
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    checkout_id = paid_checkout([(shop.variant("ONE", stock=10), 2)])
    return outcome(run_concurrently([lambda: ask(COMPLETE, id=checkout_id)] * 12))


def opposite_line_order() -> dict[str, Any]:
    """Half the buyers order A then B, the other half B then A: no deadlock may occur."""
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    a, b = shop.variant("A", stock=100), shop.variant("B", stock=100)
    orders = [[(a, 1), (b, 1)], [(b, 1), (a, 1)]]
    checkouts = [paid_checkout(orders[n % 2]) for n in range(24)]
    return outcome(run_concurrently([lambda pk=pk: ask(COMPLETE, id=pk) for pk in checkouts]))  # type: ignore[misc]


def last_voucher() -> dict[str, Any]:
    """A code that may be used once, in ten checkouts."""
    from decimal import Decimal

    from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=100)
    voucher = Voucher.objects.create(name="once", usage_limit=1)
    VoucherCode.objects.create(voucher=voucher, code="ONCE")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(5)
    )
    checkouts = [paid_checkout([(variant, 1)], promo="ONCE") for _ in range(10)]
    answers = run_concurrently([lambda pk=pk: ask(COMPLETE, id=pk) for pk in checkouts])  # type: ignore[misc]
    return outcome(answers) | {"used": VoucherCode.objects.get().used}


def duplicate_payment() -> dict[str, Any]:
    """The same payment requested ten times concurrently: money is moved once."""
    from store.engine.checkout import payment
    from store.engine.payments.models import TransactionItem
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))

    def pay() -> dict[str, Any]:
        done = payment.initialize(
            gateway_id=checkout_flow.DUMMY,
            data=checkout_flow.SUCCESS,
            checkout_id=checkout.pk,
            idempotency_key="one key",
        )
        return {"order": {"id": str(done.transaction.pk)}}

    answers = run_concurrently([pay] * 10)
    items = TransactionItem.objects.all()
    charged = str(sum(item.charged_value for item in items))
    return outcome(answers) | {"transactions": items.count(), "charged": charged}


RACES: dict[str, Callable[[], dict[str, Any]]] = {
    race.__name__: race
    for race in (last_items, same_checkout, opposite_line_order, last_voucher, duplicate_payment)
}

if __name__ == "__main__":
    wanted = [name for name in sys.argv[1:] if not name.startswith("--")]
    print(json.dumps(main(wanted, without_lock="--without-lock" in sys.argv)))
