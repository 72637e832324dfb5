"""Before a payment: what each gateway says a shopper's browser needs to begin one (paymentGatewayInitialize)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from store.engine.checkout import payment, queries
from store.engine.errors import NotFound
from store.engine.events.sync_webhooks import NoAnswer, listening
from store.engine.money import quantize
from store.engine.orders.models import Order
from store.engine.payments import app_responses, gateways, transaction_sessions


@dataclass(slots=True)
class Opening:
    """`missing`: nobody of this id listens; `problem`: it was asked and did not answer as it should."""

    id: str
    data: Any = None
    missing: bool = False
    problem: str = ""


def openings(
    *,
    wanted: Mapping[str, Any] | None = None,
    amount: Decimal | None = None,
    checkout_id: UUID | None = None,
    order_id: UUID | None = None,
) -> list[Opening]:
    """What each gateway needs before a payment can begin; `wanted` are their ids with data for them, None: all."""
    paid_for = _seen(checkout_id, order_id)
    transaction_sessions.check_limit(**paid_for.ids())
    asked = {
        "source_object": paid_for.one,
        "amount": payment.left_to_pay(paid_for) if amount is None else quantize(amount, paid_for.currency),
    }
    if wanted is None:
        far = [gateways.Far(webhook.app) for webhook in listening(gateways.OPENING)]
        everyone: list[gateways.Gateway] = [*gateways.near(), *far]
        return [_opening(one, asked, None) for one in everyone]
    return [
        _opening(found, asked, data) if (found := _opener(one)) else Opening(one, missing=True)
        for one, data in wanted.items()
    ]


def _opener(gateway_id: str) -> gateways.Gateway | None:
    found = gateways.find(gateway_id)
    return None if isinstance(found, gateways.Far) and not found.hears(gateways.OPENING) else found


def _opening(gateway: gateways.Gateway, asked: dict[str, Any], data: Any) -> Opening:
    if not isinstance(gateway, gateways.Far):
        return Opening(gateway.id, gateway.configuration())
    try:
        return Opening(
            gateway.id, app_responses.of_opening(gateway.ask(gateways.OPENING, asked | {"data": data}))
        )
    except (NoAnswer, gateways.BadAnswer):
        return Opening(gateway.id, problem="Unable to process a payment gateway response.")


def _seen(checkout_id: UUID | None, order_id: UUID | None) -> payment.Source:
    """What is paid for, not locked."""
    found = queries.find(checkout_id) if checkout_id else None
    order = Order.objects.filter(pk=order_id).first() if order_id else None
    if found is None and order is None:
        raise NotFound("`Order` or `Checkout` not found.", field="id")
    return payment.Source(found, order)
