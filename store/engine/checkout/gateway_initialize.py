"""What each payment gateway tells a shopper's browser before a payment begins (paymentGatewayInitialize)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from store.engine.checkout import payment, queries
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.errors import NotFound
from store.engine.events.sync_webhooks import NoResponse, first_webhook_per_app
from store.engine.money import quantize
from store.engine.orders.models import Order
from store.engine.payments import app_responses, gateways, transaction_sessions


@dataclass(slots=True)
class GatewayConfig:
    """Saleor's PaymentGatewayConfig. `not_found`: no gateway of this id is subscribed; `error`: its response was
    unusable.
    """

    id: str
    data: Any = None
    not_found: bool = False
    error: str = ""


def initialize_gateways(
    *,
    requested: Mapping[str, Any] | None = None,
    amount: Decimal | None = None,
    checkout_id: UUID | None = None,
    order_id: UUID | None = None,
) -> list[GatewayConfig]:
    """The configuration of each gateway in `requested` (id to data for it), or of all gateways when it is None.

    `amount` defaults to what is left to pay. Raises NotFound without checkout or order, OperationError at the
    transaction limit.
    """
    source = _find_source(checkout_id, order_id)
    ids = source.ids()
    transaction_sessions.check_limit(checkout_id=ids["checkout_id"], order_id=ids["order_id"])
    payload = {
        "source_object": source.row,
        "amount": payment.left_to_pay(source) if amount is None else quantize(amount, source.currency),
    }
    if requested is None:
        app_gateways = [
            gateways.AppGateway(webhook.app) for webhook in first_webhook_per_app(gateways.INITIALIZE_GATEWAY)
        ]
        all_gateways: list[gateways.Gateway] = [*gateways.local_gateways(), *app_gateways]
        return [_initialize(gateway, payload, None) for gateway in all_gateways]
    return [
        _initialize(found, payload, data)
        if (found := _find_gateway(gateway_id))
        else GatewayConfig(gateway_id, not_found=True)
        for gateway_id, data in requested.items()
    ]


def _find_gateway(gateway_id: str) -> gateways.Gateway | None:
    """The gateway of this id; None if there is none, or it is an app without a subscription."""
    gateway = gateways.find(gateway_id)
    if isinstance(gateway, gateways.AppGateway) and not gateway.is_subscribed(gateways.INITIALIZE_GATEWAY):
        return None
    return gateway


def _initialize(gateway: gateways.Gateway, payload: dict[str, Any], data: Any) -> GatewayConfig:
    if not isinstance(gateway, gateways.AppGateway):
        return GatewayConfig(gateway.id, gateway.configuration())
    try:
        return GatewayConfig(
            gateway.id,
            app_responses.parse_gateway_initialize(
                gateway.call(gateways.INITIALIZE_GATEWAY, payload | {"data": data})
            ),
        )
    except (NoResponse, gateways.InvalidResponse):
        return GatewayConfig(gateway.id, error="Unable to process a payment gateway response.")


def _find_source(checkout_id: UUID | None, order_id: UUID | None) -> payment.SourceObject:
    """The checkout or order to pay for, not locked."""
    checkout = queries.find(checkout_id) if checkout_id else None
    loaded = LoadedCheckout(checkout) if checkout else None
    order = Order.objects.filter(pk=order_id).first() if order_id else None
    if checkout is None and order is None:
        raise NotFound("`Order` or `Checkout` not found.", field="id")
    return payment.SourceObject(loaded, order)
