"""Conditions for querysets of orders: Saleor's `where`, the older `filter`, and `search`."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from store.engine.accounts.models import User
from store.engine.catalog.models import ProductType
from store.engine.channels.models import Channel
from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.list_arguments import (
    Condition,
    ListArguments,
    has_metadata,
    ids_in,
    in_range,
    matching,
    matching_ids,
    on_days,
    one_of,
)
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderEvent, OrderLine
from store.engine.payments.models import Payment, TransactionItem
from store.engine.stock.models import Warehouse
from store.saleor.whole_numbers import whole_number

STATUS_FILTER = {
    "READY_TO_FULFILL": Q(
        status__in=("UNFULFILLED", "PARTIALLY_FULFILLED"), charge_status__in=("FULL", "OVERCHARGED")
    ),
    "READY_TO_CAPTURE": Q(authorize_status="FULL") & ~Q(charge_status__in=("FULL", "OVERCHARGED")),
}


def _each_matched(rows: QuerySet[Any], columns: Mapping[str, Condition], parent: str) -> Condition:
    """The condition of a list of entries, each of which must be matched by some row of the order, as in Saleor."""
    entry = ListArguments(columns=columns)

    def condition(given: list[dict[str, Any]]) -> Q:
        found = Q()
        for nested in given:
            found &= Q(Exists(rows.filter(entry.where(nested), **{parent: OuterRef("pk")})))
        return found

    return condition


def _exists(rows: QuerySet[Any], parent: str = "order") -> Condition:
    """The condition of a flag: whether the order has such a row."""

    def condition(given: bool) -> Q:
        found = Q(Exists(rows.filter(**{parent: OuterRef("pk")})))
        return found if given else ~found

    return condition


def _price(column: str) -> Condition:
    def condition(given: dict[str, Any]) -> Q:
        currency = given.get("currency")
        return matching(column)(given["amount"]) & (Q(currency=currency) if currency else Q())

    return condition


def _address(column: str) -> Condition:
    def condition(given: dict[str, Any]) -> Q:
        country = given.get("country") or {}
        found = matching(f"{column}__phone")(given.get("phone_number") or {})
        found &= matching(f"{column}__country")(country)
        if country.get("not_one_of") is not None:
            found &= ~Q(**{f"{column}__country__in": country["not_one_of"]})
        return found

    return condition


def _checkout_ids(global_ids: list[str]) -> Q:
    return Q(checkout_token__in=[uuid_of(pk, "Checkout", field="checkoutIds") for pk in global_ids])


def _ids(global_ids: list[str]) -> Q:
    return Q(pk__in=[uuid_of(global_id, "Order", field="ids") for global_id in global_ids])


def _lines_count(given: dict[str, Any]) -> Q:
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    counted = lines.annotate(number=Count("pk"))
    if matches_zero(given):
        return ~Q(Exists(counted.exclude(matching("number")(given))))
    return Q(Exists(counted.filter(matching("number")(given))))


def matches_zero(given: dict[str, Any]) -> bool:
    """Whether 0 is meant, too: a draft may have no line."""
    named = [given["eq"]] if given.get("eq") is not None else given.get("one_of")
    bounds = given.get("range") or {}
    return (named is None or 0 in named) and (bounds.get("gte") or 0) <= 0 <= (bounds.get("lte") or 0)


def _warehouse(given: dict[str, Any]) -> Q:
    """Fulfillments of which a line was taken from such a warehouse."""
    columns = ListArguments(
        columns={
            "id": matching_ids("warehouse", Warehouse),
            "slug": matching("warehouse__slug"),
            "external_reference": matching("warehouse__external_reference"),
        }
    )
    return Q(Exists(FulfillmentLine.objects.filter(columns.where(given), fulfillment=OuterRef("pk"))))


def _customer(given: str) -> Q:
    words = given.strip()
    return (
        Q(user_email__icontains=words)
        | Q(user__email__icontains=words)
        | Q(user__first_name__icontains=words)
        | Q(user__last_name__icontains=words)
    )


def search_condition(words: str | None) -> Q:
    """Orders that match every word, by number, customer, SKU or product name."""
    found = Q()
    for word in (words or "").split():
        condition = _customer(word) | Q(billing_address__last_name__icontains=word)
        lines = OrderLine.objects.filter(
            Q(product_sku__icontains=word) | Q(product_name__icontains=word), order=OuterRef("pk")
        )
        condition |= Q(Exists(lines))
        if (number := whole_number(word.lstrip("#"))) is not None:
            condition |= Q(number=number)
        found &= condition
    return found


def _statuses(given: list[str]) -> Q:
    condition = Q(pk__in=[])
    for status in given:
        condition |= STATUS_FILTER.get(status, Q(status=status))
    return condition


PAYMENT_STATUS_FILTER = {
    "NOT_CHARGED": Q(charge_status="NONE"),
    "PARTIALLY_CHARGED": Q(charge_status="PARTIAL"),
    "FULLY_CHARGED": Q(charge_status__in=("FULL", "OVERCHARGED")),
}


def _payment_statuses(given: list[str]) -> Q:
    """Of the older Payment, as far as an order has one; else of what is charged."""
    payments = Payment.objects.filter(order_id=OuterRef("pk"), is_active=True)
    condition = Q(Exists(payments.filter(charge_status__in=given)))
    for status in given:
        if status in PAYMENT_STATUS_FILTER:
            condition |= PAYMENT_STATUS_FILTER[status] & ~Q(Exists(payments))
    return condition


def _numbers(given: list[str]) -> Q:
    return Q(number__in=[number for text in given if (number := whole_number(text)) is not None])


_TRANSACTIONS = TransactionItem.objects.all()
SHARED: dict[str, Condition] = {
    "ids": _ids,
    "updated_at": in_range("updated_at"),
    "metadata": has_metadata,
    "is_click_and_collect": lambda given: Q(collection_point_name__isnull=not given),
}
WHERE = ListArguments(
    columns=SHARED
    | {
        "number": matching("number"),
        "channel_id": matching_ids("channel", Channel),
        "created_at": in_range("created_at"),
        "user": matching_ids("user", User),
        "user_email": matching("user_email"),
        "authorize_status": matching("authorize_status"),
        "charge_status": matching("charge_status"),
        "status": matching("status"),
        "checkout_token": matching("checkout_token"),
        "checkout_id": lambda given: _checkout_ids(
            [given["eq"]] if given.get("eq") is not None else given.get("one_of") or []
        ),
        "is_gift_card_used": _exists(Order.gift_cards.through.objects.all()),
        "is_gift_card_bought": _exists(OrderLine.objects.filter(is_gift_card=True)),
        "voucher_code": matching("voucher_code"),
        "has_invoices": lambda given: Q(pk__in=[]) if given else Q(),  # see out_of_scope.toml
        "has_fulfillments": _exists(Fulfillment.objects.all()),
        "fulfillments": _each_matched(
            Fulfillment.objects.all(),
            {
                "status": matching("status"),
                "metadata": has_metadata,
                "warehouse": _warehouse,
            },
            "order",
        ),
        "lines": _each_matched(OrderLine.objects.all(), {"metadata": has_metadata}, "order"),
        "lines_count": _lines_count,
        "transactions": _each_matched(
            _TRANSACTIONS,
            {"psp_reference": matching("psp_reference"), "metadata": has_metadata},
            "order_id",
        ),
        "total_gross": _price("total_gross_amount"),
        "total_net": _price("total_net_amount"),
        "product_type_id": lambda given: Q(
            Exists(
                OrderLine.objects.filter(
                    matching_ids("variant__product__product_type", ProductType)(given), order=OuterRef("pk")
                )
            )
        ),
        "events": _each_matched(
            OrderEvent.objects.all(), {"date": in_range("date"), "type": matching("type")}, "order"
        ),
        "billing_address": _address("billing_address"),
        "shipping_address": _address("shipping_address"),
    }
)
FILTER = ListArguments(
    columns=SHARED
    | {
        "payment_status": _payment_statuses,
        "status": _statuses,
        "customer": _customer,
        "created": on_days("created_at"),
        "search": search_condition,
        "channels": ids_in("channel", Channel),
        "authorize_status": one_of("authorize_status"),
        "charge_status": one_of("charge_status"),
        "checkout_tokens": one_of("checkout_token"),
        "checkout_ids": _checkout_ids,
        "gift_card_used": WHERE.columns["is_gift_card_used"],
        "gift_card_bought": WHERE.columns["is_gift_card_bought"],
        "numbers": _numbers,
    }
)
