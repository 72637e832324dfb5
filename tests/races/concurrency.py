"""Concurrent buyers, each with a database connection of its own, through the API's entry point (`serve`).

Run as a program (`python -m tests.races.concurrency [<race> …]`) on the database that DATABASE_URL names: runs the
races one after the other, each in an empty shop, and prints the results as JSON. `--without-lock` removes each race's
lock, in a process of its own, to prove that it is the lock that prevents the loss.
"""

import importlib
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NoReturn
from uuid import UUID

import django

from tests.empty_tables import empty_tables

meeting_seconds = 1.0  # how long who has a lock waits for another who may wait for that lock


def main(races: list[str], *, without_lock: bool) -> dict[str, Any]:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    results = {}
    for race in races or (_races_with_removable_locks() if without_lock else RACES):
        results[race] = _run_without_lock(race) if without_lock else RACES[race]()
        empty_tables()
    return results


def _races_with_removable_locks() -> list[str]:
    """On SQLite, not those whose lock the transaction itself is."""
    from django.db import connection

    return [race for race in WITHOUT_LOCK if connection.vendor != "sqlite" or race not in ROW_LOCKS]


def _run_without_lock(race: str) -> dict[str, Any]:
    """In a fork: what is removed there is here for the next race, and nothing is imported or migrated again."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _write_result(race, writing)
    os.close(writing)
    with os.fdopen(reading) as result:
        text = result.read()
    if os.waitpid(child, 0)[1]:
        raise RuntimeError(f"{race} without its lock ended early")
    found: dict[str, Any] = json.loads(text)
    return found


def _write_result(race: str, writing: int) -> NoReturn:
    global meeting_seconds  # noqa: PLW0603 - of this process
    meeting_seconds = 10.0  # nobody waits for the lock
    status = 1
    try:
        WITHOUT_LOCK[race]()
        with os.fdopen(writing, "w") as result:
            json.dump(RACES[race](), result)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)  # without the clean-up of what belongs to the parent


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


def remove_gift_card_lock() -> None:
    """Every buyer has the balance that was read before the first one paid."""
    from store.engine.discounts import gift_cards
    from store.engine.discounts.models import GiftCard

    before: dict[int, Any] = {}

    def read_before(pks: Any) -> list[GiftCard]:
        cards = list(GiftCard.objects.filter(pk__in=list(pks)).order_by("pk"))
        for card in cards:
            card.current_balance_amount = before.setdefault(card.pk, card.current_balance_amount)
        return cards

    gift_cards.lock_all = read_before


def remove_refund_lock() -> None:
    """Every request sees what was charged before the first refund."""
    from store.engine.payments import transaction_events

    before: dict[Any, Any] = {}
    left_for = transaction_events.left_for
    transaction_events.left_for = lambda action, item: before.setdefault(
        (action, item.pk), left_for(action, item)
    )


def remove_payment_lock() -> None:
    """Every tab sees the payments that there were before it: none."""
    from store.engine.checkout import payment

    payment._transactions = lambda source: []


def remove_lot_lock() -> None:
    """Every parcel sees the lots that the line had before the first one left."""
    from store.engine.orders import fulfillment_lots

    before: dict[Any, int] = {}
    count = fulfillment_lots._count
    fulfillment_lots._count = lambda line, code: before.setdefault((line.pk, code), count(line, code))


def remove_checkout_lock() -> None:
    """Every tab sees the quantities that the cart had before the first change."""
    from store.engine.checkout import loaded_checkout
    from store.engine.checkout.models import Checkout

    before: dict[Any, int] = {}

    def read_before(pk: Any) -> loaded_checkout.LoadedCheckout:
        loaded = loaded_checkout.LoadedCheckout(Checkout.objects.get(pk=pk))
        for line in loaded.lines:
            line.quantity = before.setdefault(line.pk, line.quantity)
        return loaded

    loaded_checkout.lock = read_before


def join_what_belongs_to_locked_rows() -> None:
    """Who waited for a checkout or an order gets, with its row, what belonged to it before the wait."""
    from store.engine.checkout import queries as checkouts
    from store.engine.checkout.models import Checkout
    from store.engine.errors import NotFound
    from store.engine.orders import queries as orders
    from store.engine.orders.models import Order

    def lock_checkout(pk: Any) -> Checkout:
        rows = Checkout.objects.select_related("delivery", "billing_address", "shipping_address")
        return checkouts.with_channel(rows.select_for_update(of=("self",)).get(pk=pk))

    def lock_order(pk: Any) -> Order:
        found = Order.objects.select_related("channel").select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise NotFound("gone", field="order")
        return found

    checkouts.lock = lock_checkout
    orders.lock = lock_order


def remove_parcel_lock() -> None:
    """Every editor's form is compared with the number that the parcel had before the first one was saved."""
    from store.engine.orders import fulfillments
    from store.engine.orders.models import Fulfillment

    before: dict[int, str] = {}

    def read_before(pk: int) -> Any:
        parcel = Fulfillment.objects.select_related("order").get(pk=pk)
        parcel.tracking_number = before.setdefault(pk, parcel.tracking_number)
        return parcel, parcel.order

    fulfillments.lock = read_before


def remove_retention_lock() -> None:
    """The sweep deletes what was old when it looked, whoever came back since."""
    from store.engine.checkout import retention
    from store.engine.checkout.models import Checkout

    abandoned = retention._abandoned
    old: list[Any] = []

    def read_before() -> Any:
        if not old:
            old.extend(abandoned().values_list("pk", flat=True))
        return Checkout.objects.filter(pk__in=old)

    retention._abandoned = read_before


def remove_translated_slug_constraint() -> None:
    """The database takes a slug twice, so that only what was read before the write could refuse it."""
    from django.db import connection

    from store.engine.channels.models import Translation

    (constraint,) = [one for one in Translation._meta.constraints if "slug" in one.name]
    Translation._meta.constraints.remove(constraint)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Translation, constraint)


def remove_warehouse_lock() -> None:
    """Who receives, and who deletes an empty warehouse, only looks whether it is there; the deletion comes later."""
    from store.engine.stock import locking, warehouses
    from store.engine.stock.models import Warehouse

    def unlocked(pks: Any) -> list[Any]:
        return list(Warehouse.objects.filter(pk__in=list(pks)))

    delete = warehouses._delete

    def delete_later(warehouse: Any) -> None:
        time.sleep(0.3)
        delete(warehouse)

    locking.lock_warehouses = unlocked
    warehouses.lock_warehouses = unlocked
    warehouses._delete = delete_later


def remove_account_lock() -> None:
    """Every request has the account as it was read when the request began."""
    from store.engine.accounts.models import User

    User.lock = lambda self: None  # type: ignore[method-assign]


def remove_order_claim_lock() -> None:
    """An account is locked before the guest orders that it is about to get."""
    from store.engine.accounts import email_confirmation

    email_confirmation.locking_callbacks.clear()


def remove_row_lock() -> None:
    """Every editor has the row as it was read when the request began."""
    from store.engine import row_lock

    replace(row_lock.lock_row, lambda row: time.sleep(0.05))


def remove_account_deletion_lock() -> None:
    """An account is locked before its carts, and these when they are deleted."""
    from store.engine.accounts import account_deletion

    account_deletion.callbacks.clear()


def lock_warehouses_fully() -> None:
    """Whoever writes a row that refers to a warehouse waits for it at the commit, with stock rows in hand."""
    from store.engine.stock import locking
    from store.engine.stock.models import Warehouse

    def fully(pks: Any) -> list[Any]:
        return list(Warehouse.objects.filter(pk__in=list(pks)).order_by("pk").select_for_update())

    replace(locking.lock_warehouses, fully)


def remove_first_lock(module: str, lock: str) -> Callable[[], None]:
    """The operation begins with the stock rows, or with those of its first step, and meets the others in their way."""

    def remove() -> None:
        setattr(importlib.import_module(f"store.engine.{module}"), lock, lambda *_, **__: [True])

    return remove


def remove_deletion_lock() -> None:
    """A variant is deleted without a look at its places."""
    from store.engine.catalog import variant_deletion

    variant_deletion.callbacks.clear()


def replace(function: Callable[..., Any], by: Callable[..., Any], *, name: str = "") -> None:
    """In every module that has it by its name (`name`: another one than its own)."""
    name = name or function.__name__
    for module in list(sys.modules.values()):
        if vars(module).get(name) is function:
            setattr(module, name, by)


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


def ready_checkout(lines: list[tuple[Any, int]], *, promo: str = "") -> str:
    """Everything up to the payment; returns the checkout's id."""
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
    return str(pk)


def pay(pk: str) -> Any:
    return ask(
        "mutation($id:ID!,$g:PaymentGatewayToInitialize!)"
        "{transactionInitialize(id:$id,paymentGateway:$g){transactionEvent{type} errors{field code}}}",
        id=pk,
        g={"id": "saleor.io.dummy-payment-app", "data": {"event": {"type": "CHARGE_SUCCESS"}}},
    )


def paid_checkout(lines: list[tuple[Any, int]]) -> str:
    """Everything up to completion; returns the checkout's id."""
    pk = ready_checkout(lines)
    payment = pay(pk)
    assert payment["transactionEvent"]["type"] == "CHARGE_SUCCESS", payment
    return pk


def paid_at_one_moment(lines: list[tuple[Any, int]], *, promo: str, count: int) -> list[str]:
    """Checkouts with the same code, all charged by a payment app that asks nobody, so that none was the first."""
    from django.utils import timezone

    from store.engine.checkout.loaded_checkout import LoadedCheckout
    from store.engine.checkout.models import Checkout
    from store.engine.graphql.ids import from_global_id
    from store.engine.payments.models import TransactionItem

    ids, now = [ready_checkout(lines, promo=promo) for _ in range(count)], timezone.now()
    for pk in ids:
        checkout = Checkout.objects.get(pk=from_global_id(pk)[1])
        total = LoadedCheckout(checkout).quote.total.gross.amount
        item = TransactionItem.objects.create(checkout_id=checkout.pk, currency="USD", charged_value=total)
        TransactionItem.objects.filter(pk=item.pk).update(created_at=now)
    return ids


def pay_and_complete(pk: str) -> Any:
    paid = pay(pk)
    return paid if paid["errors"] else ask(COMPLETE, id=pk)


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
    checkouts = paid_at_one_moment([(variant, 1)], promo="ONCE", count=10)
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


def one_gift_card() -> dict[str, Any]:
    """A card of 20 in six checkouts, each of which is charged for the rest."""
    from decimal import Decimal

    from store.engine.discounts import gift_cards
    from store.engine.discounts.models import GiftCard, GiftCardEvent
    from store.engine.orders.models import Order
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=100)
    gift_cards.issue(amount=Decimal(20), currency="USD", code="GIFT-1234")
    checkouts = paid_at_one_moment([(variant, 1)], promo="GIFT-1234", count=6)
    answers = run_concurrently([lambda pk=pk: ask(COMPLETE, id=pk) for pk in checkouts])  # type: ignore[misc]
    return outcome(answers) | {
        "balance": str(GiftCard.objects.get().current_balance_amount),
        "uses": GiftCardEvent.objects.filter(type="USED_IN_ORDER").count(),
        "charged": str(sum(Order.objects.values_list("total_charged_amount", flat=True))),
        "ordered": str(sum(Order.objects.values_list("total_gross_amount", flat=True))),
    }


def one_code_is_paid_with_in_six_carts(kind: str) -> dict[str, Any]:
    """A gift card of 20, or a code for one use, in six carts that are paid and ordered at once."""
    from decimal import Decimal

    from store.engine.checkout.models import Checkout
    from store.engine.discounts import gift_cards
    from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
    from store.engine.payments.models import TransactionItem
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=100)
    if kind == "gift card":
        gift_cards.issue(amount=Decimal(20), currency="USD", code="ONE-CODE")
    else:
        voucher = Voucher.objects.create(name="single", single_use=True)
        VoucherCode.objects.create(voucher=voucher, code="ONE-CODE")
        VoucherChannelListing.objects.create(
            voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(20)
        )
    checkouts = [ready_checkout([(variant, 1)], promo="ONE-CODE") for _ in range(6)]
    answers = run_concurrently([lambda pk=pk: pay_and_complete(pk) for pk in checkouts])  # type: ignore[misc]
    charged = TransactionItem.objects.filter(charged_value__gt=0)
    return outcome(answers) | {
        "charged": [str(value) for value in charged.values_list("charged_value", flat=True)],
        "charged_without_order": charged.filter(order_id=None).count(),
        "marked_for_the_merchant": Checkout.objects.exclude(completion_problem="").count(),
    }


def one_gift_card_is_paid_with_in_six_carts() -> dict[str, Any]:
    return one_code_is_paid_with_in_six_carts("gift card")


def one_code_for_one_use_is_paid_with_in_six_carts() -> dict[str, Any]:
    return one_code_is_paid_with_in_six_carts("voucher")


def once_per_customer() -> dict[str, Any]:
    """A code for one order of each customer, in four checkouts of one customer."""
    from decimal import Decimal

    from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode, VoucherCustomer
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=100)
    voucher = Voucher.objects.create(name="first order", apply_once_per_customer=True)
    VoucherCode.objects.create(voucher=voucher, code="FIRST")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(5)
    )
    checkouts = paid_at_one_moment([(variant, 1)], promo="FIRST", count=4)
    answers = run_concurrently([lambda pk=pk: ask(COMPLETE, id=pk) for pk in checkouts])  # type: ignore[misc]
    return outcome(answers) | {"customers": VoucherCustomer.objects.count()}


def single_use_codes() -> dict[str, Any]:
    """A code that dies with its first use, in four checkouts."""
    from decimal import Decimal

    from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=100)
    voucher = Voucher.objects.create(name="single", single_use=True)
    VoucherCode.objects.create(voucher=voucher, code="SINGLE")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(5)
    )
    checkouts = paid_at_one_moment([(variant, 1)], promo="SINGLE", count=4)
    answers = run_concurrently([lambda pk=pk: ask(COMPLETE, id=pk) for pk in checkouts])  # type: ignore[misc]
    return outcome(answers) | {"active": VoucherCode.objects.get().is_active}


def refund_four_times() -> dict[str, Any]:
    """The whole payment of an order requested back by four people."""
    from store.engine.checkout import payment
    from store.engine.payments.models import TransactionEvent, TransactionItem
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    order = checkout_flow.place_order(shop, (shop.variant("CUP"), 1))
    item = TransactionItem.objects.get(order_id=order.pk)

    def refund() -> dict[str, Any]:
        from store.engine.errors import OperationError

        try:
            payment.request_action(transaction_id=item.pk, action="REFUND")
        except OperationError as refused:
            return {"errors": [{"code": refused.code}]}
        return {}

    answers = run_concurrently([refund] * 4)
    done = TransactionEvent.objects.filter(type="REFUND_SUCCESS")
    item.refresh_from_db()
    return outcome(answers) | {
        "refunds": done.count(),
        "refunded": str(sum(done.values_list("amount_value", flat=True))),
        "charged": str(item.charged_value),
    }


def granted_refund_four_times() -> dict[str, Any]:
    """Four refunds of the whole amount are granted, and all are requested at once."""
    from decimal import Decimal

    from store.engine.errors import OperationError
    from store.engine.orders import granted_refunds
    from store.engine.payments.models import TransactionEvent, TransactionItem
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    order = checkout_flow.place_order(shop, (shop.variant("CUP"), 1))
    item = TransactionItem.objects.get(order_id=order.pk)
    granted = [
        granted_refunds.grant(order_id=order.pk, amount=Decimal("36.79"), transaction_id=item.pk)
        for _ in range(4)
    ]

    def request(pk: int) -> dict[str, Any]:
        try:
            granted_refunds.request_refund(granted_refund_id=pk)
        except OperationError as refused:
            return {"errors": [{"code": refused.code}]}
        return {}

    answers = run_concurrently([lambda pk=refund.pk: request(pk) for refund in granted])  # type: ignore[misc]
    done = TransactionEvent.objects.filter(type="REFUND_SUCCESS")
    return outcome(answers) | {"refunds": done.count()}


def two_tabs() -> dict[str, Any]:
    """The same checkout paid in two tabs, with a payment app that takes a second; each tab has a key of its own."""
    from django.conf import settings

    from store.engine.checkout import payment
    from store.engine.errors import OperationError
    from store.engine.events.models import App, Webhook, WebhookEvent
    from store.engine.payments.models import TransactionItem
    from tests.engine import checkout_flow
    from tests.payment_app import QUERY, PaymentApp, app_response

    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES = True
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    cards = PaymentApp()
    app = App.objects.create(name="Cards", identifier="cards.example", permissions=["HANDLE_PAYMENTS"])
    webhook = Webhook.objects.create(app=app, target_url=cards.url, subscription_query=QUERY)
    WebhookEvent.objects.create(webhook=webhook, event_type="TRANSACTION_INITIALIZE_SESSION")

    def answer_slowly(body: dict[str, Any]) -> dict[str, Any]:
        time.sleep(1)
        return app_response("CHARGE_SUCCESS", psp=body["transaction"]["id"])

    cards.responses = [answer_slowly] * 2

    def pay(key: str) -> dict[str, Any]:
        try:
            payment.initialize(gateway_id="cards.example", checkout_id=checkout.pk, idempotency_key=key)
        except OperationError as refused:
            return {"errors": [{"code": refused.code}]}
        return {}

    answers = run_concurrently([lambda: pay("first tab"), lambda: pay("second tab")])
    cards.close()
    charged = str(sum(item.charged_value for item in TransactionItem.objects.all()))
    return outcome(answers) | {"calls": len(cards.received), "charged": charged}


def stock_is_counted_while_it_is_sold() -> dict[str, Any]:
    """Ten orders, while the merchant sets the stock to 100 six times."""
    from store.engine.stock import quantities
    from store.engine.stock.models import Stock
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=50)
    stock = Stock.objects.get()
    checkouts = [paid_checkout([(variant, 1)]) for _ in range(10)]

    def count() -> dict[str, Any]:
        quantities.change_quantity(stock_id=stock.pk, quantity=100)
        return {}

    buy: list[Callable[[], Any]] = [lambda pk=pk: ask(COMPLETE, id=pk) for pk in checkouts]  # type: ignore[misc]
    return outcome(run_concurrently([*buy, *[count] * 6]))


def reservations_of_the_last_items() -> dict[str, Any]:
    """Eight carts want one of three items, in a shop that reserves stock for carts."""
    from store.engine.channels.models import ShopSettings
    from store.engine.errors import OperationErrors
    from store.engine.stock.errors import InsufficientStock
    from store.engine.stock.models import Reservation
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=3)
    settings, _ = ShopSettings.objects.get_or_create(pk=1)
    settings.reserve_stock_duration_anonymous_user = 60
    settings.save()

    def put_into_a_cart() -> dict[str, Any]:
        try:
            checkout_flow.create_checkout(shop, (variant, 1))
        except (InsufficientStock, OperationErrors):
            return {"errors": [{"code": "INSUFFICIENT_STOCK"}]}
        return {}

    result = outcome(run_concurrently([put_into_a_cart] * 8))
    reserved = sum(Reservation.objects.values_list("quantity_reserved", flat=True))
    settings.reserve_stock_duration_anonymous_user = None
    settings.save()
    return result | {"reserved": reserved}


def _send_pieces(keys: list[str | None]) -> dict[str, Any]:
    """One piece of an order of eight for each key, all from one lot, at the same moment."""
    from store.engine.errors import OperationError
    from store.engine.orders import fulfillments
    from store.engine.orders.models import Fulfillment, OrderLine
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    order = checkout_flow.place_order(shop, (shop.variant("CUP", stock=10), 8))
    line = fulfillments.FulfillLine(order.lines.get().pk, shop.warehouse.pk, 1, {"LOT-A": 1})

    def send(key: str | None) -> dict[str, Any]:
        try:
            _, parcels = fulfillments.fulfill(order_id=order.pk, fulfill_lines=[line], request_key=key)
        except OperationError as refused:
            return {"errors": [{"code": refused.code}]}
        return {"order": {"id": str(parcels[0].pk)}}

    answers = run_concurrently([lambda key=key: send(key) for key in keys])  # type: ignore[misc]
    numbers = sorted(Fulfillment.objects.values_list("fulfillment_order", flat=True))
    return outcome(answers) | {"parcels": numbers, "lots": OrderLine.objects.get().metadata}


def one_cart_in_eight_tabs() -> dict[str, Any]:
    """A cart of one piece; eight tabs add one each."""
    from store.engine.checkout import lines
    from store.engine.checkout.models import CheckoutLine
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=100)
    checkout = checkout_flow.create_checkout(shop, (variant, 1))

    def add() -> dict[str, Any]:
        lines.add_lines(checkout_id=checkout.pk, line_inputs=[lines.LineInput(variant.pk, 1)])
        return {}

    answers = run_concurrently([add] * 8)
    return outcome(answers) | {"lines": list(CheckoutLine.objects.values_list("quantity", flat=True))}


def cart_is_changed_while_it_is_ordered() -> dict[str, Any]:
    """Six paid carts; each is completed in one tab, while another tab adds a piece."""
    from store.engine.checkout import lines
    from store.engine.checkout.models import Checkout, CheckoutLine
    from store.engine.errors import OperationError
    from store.engine.orders.models import Order
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=100)
    checkouts = [paid_checkout([(variant, 2)]) for _ in range(6)]

    def add(global_id: str) -> dict[str, Any]:
        from store.engine.graphql.ids import pk_of

        pk = UUID(pk_of(global_id, "Checkout"))
        try:
            lines.add_lines(checkout_id=pk, line_inputs=[lines.LineInput(variant.pk, 1)])
        except OperationError as refused:
            return {"errors": [{"code": refused.code}]}
        return {}

    steps: list[Callable[[], Any]] = []
    for pk in checkouts:
        steps += [lambda pk=pk: ask(COMPLETE, id=pk), lambda pk=pk: add(pk)]  # type: ignore[misc]
    result = outcome(run_concurrently(steps))
    orders = Order.objects.all()
    return result | {
        "open": sum(order.total_gross_amount != order.total_charged_amount for order in orders),
        "ordered": sorted({line.quantity for order in orders for line in order.lines.all()}),
        "checkouts_left": Checkout.objects.count(),
        "lines_left": sorted(set(CheckoutLine.objects.values_list("quantity", flat=True))),
    }


def _wait_for_a_commit(
    first: Callable[[], Any], last_write: tuple[type, str], second: Callable[[], Any]
) -> dict[str, Any]:
    """The second begins when the first has made its last write (a class and its method), and has a moment to come to
    the rows that the first holds before that is committed.
    """
    from unittest.mock import patch

    model, name = last_write
    write, is_written, first_thread = getattr(model, name), threading.Event(), threading.local()

    def write_and_stay(*arguments: Any, **options: Any) -> Any:
        answer = write(*arguments, **options)
        if hasattr(first_thread, "is_here"):
            is_written.set()
            time.sleep(0.5)
        return answer

    def begin() -> Any:
        first_thread.is_here = True
        return errors_of(first)

    def follow() -> Any:
        is_written.wait(timeout=120)
        return second()

    with patch.object(model, name, write_and_stay):
        return outcome(run_concurrently([begin, follow]))


def address_changes_while_the_cart_is_ordered() -> dict[str, Any]:
    """A cart with prices that include tax, paid with an address in the USA; one tab sends it to Germany, another one
    completes it at the same moment.
    """
    from decimal import Decimal

    from store.engine.accounts.address_validation import Checks
    from store.engine.checkout import contact
    from store.engine.checkout.models import Checkout
    from store.engine.graphql.ids import pk_of
    from store.engine.orders.models import Order
    from store.engine.taxes.models import TaxClassCountryRate
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop(entered_with_tax=True)
    TaxClassCountryRate.objects.create(tax_class=shop.tax_class, country="DE", rate=Decimal(19))
    shop.zone.countries = ["US", "DE"]
    shop.zone.save()
    checkout_id = paid_checkout([(shop.variant("CUP", stock=10), 1)])
    pk = UUID(pk_of(checkout_id, "Checkout"))
    germany = {
        "first_name": "Ada",
        "last_name": "Guest",
        "street_address_1": "Hauptstraße 1",
        "city": "Berlin",
        "postal_code": "10115",
        "country": "DE",
    }
    result = _wait_for_a_commit(
        lambda: contact.set_shipping_address(checkout_id=pk, given=germany, checks=Checks()),
        (Checkout, "save"),
        lambda: ask(COMPLETE, id=checkout_id),
    )
    countries = list(Order.objects.values_list("shipping_address__country", flat=True))
    rates = [str(rate) for rate in Order.objects.values_list("lines__tax_rate", flat=True)]
    return result | {"countries": countries, "rates": rates}


def an_order_moves_to_another_channel_while_it_is_cancelled() -> dict[str, Any]:
    """The channel of an order is merged into another one; the order is cancelled at the same moment."""
    from store.engine.channels.models import Channel
    from store.engine.checkout import channel_deletion
    from store.engine.orders import cancellation
    from store.engine.orders.models import Order
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    order = checkout_flow.place_order(shop, (shop.variant("CUP", stock=10), 1))
    other = Channel.objects.create(
        name="Other", slug="other", currency_code="USD", default_country="US", is_active=True
    )
    result = _wait_for_a_commit(
        lambda: channel_deletion.delete(channel=shop.channel, target=other),
        (Channel, "delete"),
        lambda: errors_of(lambda: cancellation.cancel(order_id=order.pk)),
    )
    return result | {"states": list(Order.objects.values_list("status", "channel__slug"))}


def eight_editors_of_one_parcel() -> dict[str, Any]:
    """Eight people saw a parcel without tracking number, and each saves another one."""
    from store.engine.errors import OperationError
    from store.engine.orders import fulfillments
    from tests.engine.orders import order_flow

    shop, order = order_flow.bought(2)
    parcel = order_flow.send(shop, order, 2)

    def save(number: str) -> dict[str, Any]:
        try:
            fulfillments.update_tracking(
                fulfillment_id=parcel.pk, tracking_number=number, seen={"tracking_number": ""}
            )
        except OperationError as refused:
            return {"errors": [{"code": type(refused).__name__}]}
        return {"order": {"id": number}}

    answers = run_concurrently([lambda n=n: save(f"TRACK-{n}") for n in range(8)])  # type: ignore[misc]
    parcel.refresh_from_db()
    return outcome(answers) | {"number": parcel.tracking_number}


def shoppers_come_back_during_the_sweep() -> dict[str, Any]:
    """Eight carts of last year; the sweep has found them when four shoppers add a piece, four more meet it."""
    from django.utils import timezone

    from store.engine.checkout import lines, retention
    from store.engine.checkout.models import Checkout
    from store.engine.errors import NotFound
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=100)
    carts = [checkout_flow.create_checkout(shop, (variant, 1)).pk for _ in range(8)]
    Checkout.objects.update(last_change=timezone.now().replace(year=2025, day=1))
    came_back = threading.Semaphore(0)
    delete = retention._delete

    def delete_later(pks: Any, deletable: Any) -> int:
        for _ in range(4):
            came_back.acquire(timeout=60)
        return delete(pks, deletable)

    def come_back(pk: Any) -> dict[str, Any]:
        try:
            lines.add_lines(checkout_id=pk, line_inputs=[lines.LineInput(variant.pk, 1)])
        except NotFound as gone:
            return {"errors": [{"code": gone.code}]}
        finally:
            came_back.release()
        return {"order": {"id": str(pk)}}

    def sweep() -> dict[str, Any]:
        retention.delete_abandoned()
        return {}

    retention._delete = delete_later
    result = outcome(run_concurrently([sweep, *[lambda pk=pk: come_back(pk) for pk in carts]]))  # type: ignore[misc]
    retention._delete = delete
    return result | {"left": sorted(str(pk) for pk in Checkout.objects.values_list("pk", flat=True))}


def six_translators_want_one_slug() -> dict[str, Any]:
    """Six categories are given the same German slug at the same moment."""
    from store.engine.catalog.models import Category
    from store.engine.channels import translations
    from store.engine.channels.models import Translation
    from store.engine.errors import OperationError

    categories = [Category.objects.create(name=f"C{n}", slug=f"c{n}") for n in range(6)]

    def translate(pk: int) -> dict[str, Any]:
        try:
            translations.translate(
                kind="Category", pk=pk, language="DE", values={"name": f"Name {pk}", "slug": "saetze"}
            )
        except OperationError as refused:
            return {"errors": [{"code": refused.code}]}
        return {"order": {"id": str(pk)}}

    result = outcome(run_concurrently([lambda pk=one.pk: translate(pk) for one in categories]))  # type: ignore[misc]
    return result | {"names": [row.values["name"] for row in Translation.objects.filter(slug="saetze")]}


def first_stock_for_warehouses_that_are_deleted() -> dict[str, Any]:
    """Six empty warehouses: for each, one person receives five pieces and another deletes it, at the same moment."""
    from django.db import transaction

    from store.engine.accounts.models import Address
    from store.engine.errors import OperationError
    from store.engine.stock import stock_adjustments, warehouses
    from store.engine.stock.models import Stock, Warehouse
    from tests.engine import checkout_flow

    variant = checkout_flow.create_shop().variant("CUP")
    places = [
        Warehouse.objects.create(name=f"W{n}", slug=f"w{n}", address=Address.objects.create())
        for n in range(6)
    ]

    def receive(place: Warehouse) -> dict[str, Any]:
        try:
            with transaction.atomic(durable=True):
                stock_adjustments.receive(variant_id=variant.pk, warehouse_id=place.pk, quantity=5)
        except OperationError as refused:
            return {"errors": [{"code": refused.code}]}
        return {"order": {"id": place.slug}}

    def delete(place: Warehouse) -> dict[str, Any]:
        try:
            warehouses.delete_empty(warehouse=place)
        except OperationError as refused:
            return {"errors": [{"code": refused.code}]}
        return {}

    steps: list[Callable[[], Any]] = []
    for place in places:
        steps += [lambda place=place: receive(place), lambda place=place: delete(place)]  # type: ignore[misc]
    result = outcome(run_concurrently(steps))
    there = Stock.objects.filter(warehouse__in=[place.pk for place in places], quantity=5)
    return result | {"there": sorted(there.values_list("warehouse__slug", flat=True))}


@contextmanager
def locks_met_by(meet: Callable[[str], None], also: tuple[Callable[..., Any], ...] = ()) -> Iterator[None]:
    """Whoever gets a lock of warehouses, of stock rows, of a cart that is completed or of an account that is deleted or
    confirmed, or one of `also`, calls `meet` with the lock's name before the next step.
    """
    from store.engine.accounts import account_deletion, email_confirmation
    from store.engine.checkout import loaded_checkout
    from store.engine.stock import locking

    def then_meet(lock: Callable[..., Any]) -> Callable[..., Any]:
        def met(*arguments: Any, **named: Any) -> Any:
            found = lock(*arguments, **named)
            meet(lock.__name__)
            return found

        return met

    locks = (
        locking.lock_warehouses,
        locking.lock_stocks,
        loaded_checkout.lock_for_payment,
        account_deletion.lock_account,
        email_confirmation.lock_account,
        *also,
    )
    met = [then_meet(lock) for lock in locks]
    for lock, by in zip(locks, met, strict=True):
        replace(lock, by, name=lock.__name__)
    try:
        yield
    finally:
        for lock, by in zip(locks, met, strict=True):
            replace(by, lock, name=lock.__name__)


def together(
    first: Callable[[], Any], second: Callable[[], Any], *, also: tuple[Callable[..., Any], ...] = ()
) -> dict[str, Any]:
    """The outcome of two steps; each is refused with OperationError, InsufficientStock, or not at all.

    The second begins when the first has its first lock, and the first goes on when the second has one, too: so two who
    lock in opposite orders stand in each other's way every time. Where the second waits for the very lock that the
    first has, the first goes on after a moment.
    """
    has_lock = {name: threading.Event() for name in ("first", "second")}
    thread = threading.local()

    def meet(_lock: str) -> None:
        has_lock[thread.name].set()
        if thread.name == "first":
            has_lock["second"].wait(timeout=meeting_seconds)

    def begin(name: str, step: Callable[[], Any]) -> dict[str, Any]:
        thread.name = name
        if name == "second":
            has_lock["first"].wait(timeout=120)
        return errors_of(step)

    with locks_met_by(meet, also):
        return outcome(run_concurrently([lambda: begin("first", first), lambda: begin("second", second)]))


def errors_of(step: Callable[[], Any]) -> dict[str, Any]:
    from store.engine.errors import OperationError
    from store.engine.stock.errors import InsufficientStock

    try:
        step()
    except InsufficientStock:
        return {"errors": [{"code": "INSUFFICIENT_STOCK"}]}
    except OperationError as refused:
        return {"errors": [{"code": refused.code}]}
    return {}


def receive_five(variant: Any, warehouse: Any) -> None:
    from django.db import transaction

    from store.engine.stock import stock_adjustments

    with transaction.atomic(durable=True):
        stock_adjustments.receive(
            variant_id=variant.pk,
            warehouse_id=warehouse.pk,
            quantity=5,
            lot=stock_adjustments.LotDetails("LOT-A"),
        )


def a_parcel_leaves_a_warehouse_that_is_deleted_as_empty() -> dict[str, Any]:
    """Of the ten pieces there one is sent, while somebody who believes the place empty deletes it."""
    from store.engine.stock import warehouses
    from tests.engine.orders import order_flow

    shop, order = order_flow.bought(1)
    return together(
        lambda: order_flow.send(shop, order, 1),
        lambda: warehouses.delete_empty(warehouse=shop.warehouse),
    )


def a_parcel_leaves_a_warehouse_that_is_deleted() -> dict[str, Any]:
    from store.engine.orders.models import FulfillmentLine
    from store.engine.stock import warehouses
    from tests.engine.orders import order_flow

    shop, order = order_flow.bought(1)
    result = together(
        lambda: order_flow.send(shop, order, 1), lambda: warehouses.delete(warehouse=shop.warehouse)
    )
    return result | {"parcels": list(FulfillmentLine.objects.values_list("warehouse", flat=True))}


def a_shelf_is_counted_while_a_delivery_arrives() -> dict[str, Any]:
    """Ten pieces are shown, eight are counted, and five arrive."""
    from store.engine.admin import stock
    from store.engine.stock.models import Stock
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=10)
    row = Stock.objects.get()
    return together(
        lambda: stock.recount(stock_id=row.pk, seen=10, quantity=8, note="counted"),
        lambda: receive_five(variant, shop.warehouse),
    )


def a_return_comes_in_while_a_delivery_arrives() -> dict[str, Any]:
    """Of two pieces one was sent: both are given back, and five new ones arrive."""
    from store.engine.orders import returns
    from store.engine.orders.models import FulfillmentLine
    from tests.engine.orders import order_flow

    shop, order = order_flow.bought(2)
    receive_five(shop.variants["CUP"], shop.warehouse)
    order_flow.send(shop, order, 1)
    sent, line = FulfillmentLine.objects.get(), order.lines.get()
    return together(
        lambda: returns.return_products(
            order_id=order.pk,
            order_lines=[returns.ReturnLine(line.pk, 1)],
            fulfillment_lines=[returns.ReturnLine(sent.pk, 1)],
            restock_to=shop.warehouse.pk,
        ),
        lambda: receive_five(shop.variants["CUP"], shop.warehouse),
    )


def variants_are_updated_while_stock_is_moved() -> dict[str, Any]:
    """An update of two variants names the second warehouse first, a person carries pieces from the first to it."""
    from django.db import transaction

    from store.engine.accounts.models import Address
    from store.engine.stock import stock_adjustments, variant_creation
    from store.engine.stock.models import Stock, Warehouse
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variants = [shop.variant("BALL", sort_order=0), shop.variant("CUP", sort_order=0)]
    Warehouse.objects.create(name="Two", slug="two", address=Address.objects.create())
    first, second = Warehouse.objects.order_by("pk")
    Stock.objects.all().delete()
    for place in (first, second):
        for variant in variants:
            Stock.objects.create(warehouse=place, variant=variant, quantity=10)

    def move() -> None:
        with transaction.atomic(durable=True):
            stock_adjustments.move(
                variant_id=variants[0].pk, source_id=first.pk, target_id=second.pk, quantity=4
            )

    def update() -> None:
        inputs = [
            variant_creation.VariantUpdateInput(variants[1], {}, stocks={second.pk: 20}),
            variant_creation.VariantUpdateInput(variants[1], {}, stocks={first.pk: 20}),
        ]
        done = variant_creation.bulk_update(product=variants[1].product, inputs=inputs)
        assert not any(result.errors for result in done), done

    return together(update, move)


def first_stock_arrives_of_a_variant_that_is_deleted() -> dict[str, Any]:
    """Five pieces go to a warehouse that has none of it yet; the variant is deleted while they are booked."""
    from store.engine.accounts.models import Address
    from store.engine.catalog import variants
    from store.engine.stock.models import Stock, Warehouse
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=10)
    other = Warehouse.objects.create(name="Two", slug="two", address=Address.objects.create())

    looked, deleted = threading.Event(), threading.Event()

    def meet(lock: str) -> None:
        if (
            lock == "lock_stocks" and not looked.is_set()
        ):  # the delivery has found its variant and no row of it
            looked.set()
            deleted.wait(timeout=meeting_seconds)

    def delete() -> None:
        looked.wait(timeout=120)
        variants.delete(variant=variant)
        deleted.set()

    with locks_met_by(meet):
        steps = (lambda: receive_five(variant, other), delete)
        result = outcome(run_concurrently([lambda step=step: errors_of(step) for step in steps]))  # type: ignore[misc]
    return result | {"left": Stock.objects.count()}


def an_account_is_deleted_while_its_cart_is_ordered() -> dict[str, Any]:
    """The customer, who asked for the account's end, orders in another tab and saves the addresses."""
    from store.engine.accounts import staff
    from store.engine.accounts.models import Address, User
    from store.engine.checkout import complete
    from store.engine.checkout.models import Checkout
    from store.engine.orders.models import Order
    from tests.engine import checkout_flow

    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    user = User.objects.create_user(checkout.email, "a long way home")
    own = {"user": user, "save_billing_address": True, "save_shipping_address": True}
    Checkout.objects.filter(pk=checkout.pk).update(**own)
    checkout_flow.pay(checkout)
    result = together(
        lambda: complete.complete(checkout_id=checkout.pk), lambda: staff.delete_customer(user=user)
    )
    return result | {
        "users": User.objects.count(),
        "of_nobody": Order.objects.filter(user=None).count(),
        "in_address_book": Address.objects.exclude(users=None).count(),
    }


def an_account_is_confirmed_while_its_guest_draft_is_completed() -> dict[str, Any]:
    """Staff complete a draft for an address whose owner confirms it, and the addresses go to the address book."""
    from store.engine.accounts import customer_accounts, email_tokens
    from store.engine.accounts.models import User
    from store.engine.orders import draft_orders, queries
    from store.engine.orders.models import Order
    from store.engine.stock.models import Allocation, Stock
    from tests.engine.orders import order_flow

    _shop, order = order_flow.bought(1)
    user = User.objects.create_user(order.user_email, "a long way home", is_confirmed=False)
    own = {"status": "DRAFT", "user": None, "save_billing_address": True, "save_shipping_address": True}
    Order.objects.filter(pk=order.pk).update(**own)
    Allocation.objects.all().delete()
    Stock.objects.update(quantity_allocated=0)
    token = email_tokens.confirmation.make_token(user)
    result = together(
        lambda: draft_orders.complete(order_id=order.pk),
        lambda: customer_accounts.confirm(email=user.email, token=token),
        also=(queries.lock,),
    )
    return result | {"of_the_account": Order.objects.filter(user=user).count()}


def ten_editors_of_one_row() -> dict[str, Any]:
    """Each of eight people gives a product another key of its metadata; a ninth edits its name, a tenth its rating."""
    from store.engine.catalog import products
    from store.engine.catalog.models import Product
    from tests.engine import checkout_flow

    checkout_flow.create_shop().variant("CUP")
    edits: list[dict[str, Any]] = [{"metadata": {f"key {n}": "1"}} for n in range(8)]
    edits += [{"name": "Renamed"}, {"rating": 4.5}]
    read = [Product.objects.get() for _ in edits]

    def edit(row: Product, given: dict[str, Any]) -> dict[str, Any]:
        products.update(product=row, given=given)
        return {}

    pairs = zip(read, edits, strict=True)
    steps: list[Callable[[], Any]] = [lambda row=row, given=given: edit(row, given) for row, given in pairs]  # type: ignore[misc]
    result = outcome(run_concurrently(steps))
    now = Product.objects.get()
    return result | {"keys": len(now.metadata), "name": now.name, "rating": now.rating}


def parcels_of_one_lot() -> dict[str, Any]:
    """Eight parcels of one order line, sent at the same moment."""
    return _send_pieces([None] * 8)


def one_form_sent_eight_times() -> dict[str, Any]:
    """The same form of a parcel, sent eight times at the same moment."""
    return _send_pieces(["form 1"] * 8)


def a_password_link_opened_by_six() -> dict[str, Any]:
    """Six people use one link that sets a password; three others edit the name of the account."""
    from store.engine.accounts import customer_accounts, email_tokens, passwords
    from store.engine.accounts.models import User
    from store.engine.errors import OperationError

    user = User.objects.create_user("ada@example.com", "a long way home")
    token = email_tokens.password_reset.make_token(user)
    read = [User.objects.get() for _ in range(3)]

    def set_password(number: int) -> dict[str, Any]:
        try:
            passwords.reset(email=user.email, password=f"another long way home {number}", token=token)
        except OperationError as refused:
            return {"errors": [{"code": refused.field}]}
        return {"order": {"id": number}}

    def edit(earlier: User) -> dict[str, Any]:
        customer_accounts.update(user=earlier, given={"first_name": "Adele"})
        return {}

    steps: list[Callable[[], Any]] = [lambda n=n: set_password(n) for n in range(6)]  # type: ignore[misc]
    result = outcome(run_concurrently([*steps, *[lambda one=one: edit(one) for one in read]]))  # type: ignore[misc]
    now = User.objects.get()
    return result | {"set": [n for n in range(6) if now.check_password(f"another long way home {n}")]}


def one_piece_returned_four_times() -> dict[str, Any]:
    """Four people enter the return of one and the same piece."""
    from store.engine.errors import OperationError
    from store.engine.orders import returns
    from store.engine.orders.models import FulfillmentLine
    from tests.engine.orders import order_flow

    shop, order = order_flow.bought(1)
    order_flow.send(shop, order, 1)
    sent = FulfillmentLine.objects.get()

    def give_back() -> dict[str, Any]:
        try:
            returns.return_products(
                order_id=order.pk,
                fulfillment_lines=[returns.ReturnLine(sent.pk, 1)],
                restock_to=shop.warehouse.pk,
                refund=True,
            )
        except OperationError as refused:
            return {"errors": [{"code": refused.code}]}
        return {"order": {"id": "returned"}}

    result = outcome(run_concurrently([give_back] * 4))
    order.refresh_from_db()
    returned = FulfillmentLine.objects.filter(fulfillment__status="REFUNDED_AND_RETURNED")
    pieces = sum(returned.values_list("quantity", flat=True))
    return result | {"returned": pieces, "charged": str(order.total_charged_amount)}


RACES: dict[str, Callable[[], dict[str, Any]]] = {
    race.__name__: race
    for race in (
        last_items,
        same_checkout,
        opposite_line_order,
        last_voucher,
        once_per_customer,
        single_use_codes,
        one_gift_card,
        one_gift_card_is_paid_with_in_six_carts,
        one_code_for_one_use_is_paid_with_in_six_carts,
        duplicate_payment,
        two_tabs,
        refund_four_times,
        granted_refund_four_times,
        stock_is_counted_while_it_is_sold,
        reservations_of_the_last_items,
        one_cart_in_eight_tabs,
        cart_is_changed_while_it_is_ordered,
        address_changes_while_the_cart_is_ordered,
        an_order_moves_to_another_channel_while_it_is_cancelled,
        eight_editors_of_one_parcel,
        shoppers_come_back_during_the_sweep,
        six_translators_want_one_slug,
        first_stock_for_warehouses_that_are_deleted,
        a_parcel_leaves_a_warehouse_that_is_deleted_as_empty,
        a_parcel_leaves_a_warehouse_that_is_deleted,
        a_shelf_is_counted_while_a_delivery_arrives,
        a_return_comes_in_while_a_delivery_arrives,
        variants_are_updated_while_stock_is_moved,
        first_stock_arrives_of_a_variant_that_is_deleted,
        an_account_is_deleted_while_its_cart_is_ordered,
        an_account_is_confirmed_while_its_guest_draft_is_completed,
        ten_editors_of_one_row,
        parcels_of_one_lot,
        one_form_sent_eight_times,
        a_password_link_opened_by_six,
        one_piece_returned_four_times,
    )
}
WITHOUT_LOCK: dict[str, Callable[[], None]] = {
    "last_items": remove_stock_lock,
    "one_gift_card": remove_gift_card_lock,
    "two_tabs": remove_payment_lock,
    "refund_four_times": remove_refund_lock,
    "granted_refund_four_times": remove_refund_lock,
    "one_cart_in_eight_tabs": remove_checkout_lock,
    "address_changes_while_the_cart_is_ordered": join_what_belongs_to_locked_rows,
    "an_order_moves_to_another_channel_while_it_is_cancelled": join_what_belongs_to_locked_rows,
    "eight_editors_of_one_parcel": remove_parcel_lock,
    "shoppers_come_back_during_the_sweep": remove_retention_lock,
    "six_translators_want_one_slug": remove_translated_slug_constraint,
    "first_stock_for_warehouses_that_are_deleted": remove_warehouse_lock,
    "a_parcel_leaves_a_warehouse_that_is_deleted_as_empty": lock_warehouses_fully,
    "a_parcel_leaves_a_warehouse_that_is_deleted": lock_warehouses_fully,
    "a_shelf_is_counted_while_a_delivery_arrives": remove_first_lock("admin.stock", "lock_warehouses"),
    "a_return_comes_in_while_a_delivery_arrives": remove_first_lock("orders.returns", "lock_warehouses"),
    "variants_are_updated_while_stock_is_moved": remove_first_lock("stock.variant_creation", "lock_for_rows"),
    "first_stock_arrives_of_a_variant_that_is_deleted": remove_deletion_lock,
    "an_account_is_deleted_while_its_cart_is_ordered": remove_account_deletion_lock,
    "an_account_is_confirmed_while_its_guest_draft_is_completed": remove_order_claim_lock,
    "ten_editors_of_one_row": remove_row_lock,
    "parcels_of_one_lot": remove_lot_lock,
    "a_password_link_opened_by_six": remove_account_lock,
}

# Who leaves these locks away loses something, or waits in a circle, on PostgreSQL; SQLite has one transaction at a time.
ROW_LOCK_RACES = (
    "a_parcel_leaves_a_warehouse_that_is_deleted_as_empty",
    "a_parcel_leaves_a_warehouse_that_is_deleted",
    "a_shelf_is_counted_while_a_delivery_arrives",
    "a_return_comes_in_while_a_delivery_arrives",
    "variants_are_updated_while_stock_is_moved",
    "first_stock_arrives_of_a_variant_that_is_deleted",
    "an_account_is_deleted_while_its_cart_is_ordered",
    "an_account_is_confirmed_while_its_guest_draft_is_completed",
)
ROW_LOCKS = {
    *ROW_LOCK_RACES,
    "address_changes_while_the_cart_is_ordered",
    "an_order_moves_to_another_channel_while_it_is_cancelled",
    "first_stock_for_warehouses_that_are_deleted",
}

if __name__ == "__main__":
    wanted = [name for name in sys.argv[1:] if not name.startswith("--")]
    print(json.dumps(main(wanted, without_lock="--without-lock" in sys.argv)))
