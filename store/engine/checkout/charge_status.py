"""How much of a checkout is paid. Pending amounts count for a checkout, unlike for an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.engine.checkout import queries
from store.engine.checkout.models import Checkout
from store.engine.checkout.quote import quote
from store.engine.payments.models import TransactionItem

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    """Saleor's charge and authorize status with the amounts behind them, in the checkout's currency."""

    charge_status: str
    authorize_status: str
    charged: Decimal
    authorized: Decimal


def transactions_of(checkout: Checkout) -> list[TransactionItem]:
    """The checkout's transactions, read once for each checkout object."""
    cached: list[TransactionItem] | None = checkout.__dict__.get("_transactions")
    if cached is None:
        rows = TransactionItem.objects.filter(checkout_id=checkout.pk)
        cached = checkout.__dict__["_transactions"] = list(rows)
    return cached


def payment_status(checkout: Checkout) -> PaymentStatus:
    """The payment status, calculated once for each checkout object (see `queries.clear_cached_prices`)."""
    cached: PaymentStatus | None = checkout.__dict__.get("_paid")
    if cached is None:
        rows = TransactionItem.objects.filter(checkout_id=checkout.pk).order_by()
        amounts = rows.values_list(
            "charged_value", "charge_pending_value", "authorized_value", "authorize_pending_value"
        )
        charged = authorized = ZERO
        for charge, charge_pending, authorization, authorization_pending in amounts:
            charged += charge + charge_pending
            authorized += authorization + authorization_pending
        has_lines = bool(queries.lines_of(checkout))
        cached = _status(quote(checkout).total.gross.amount, charged, authorized, has_lines=has_lines)
        checkout.__dict__["_paid"] = cached
    return cached


def status_for_total(total: Decimal, items: Sequence[TransactionItem], *, has_lines: bool) -> PaymentStatus:
    """The payment status of a gross total that is paid by these transactions."""
    charged = sum((item.charged_value + item.charge_pending_value for item in items), ZERO)
    authorized = sum((item.authorized_value + item.authorize_pending_value for item in items), ZERO)
    return _status(total, charged, authorized, has_lines=has_lines)


def _status(total: Decimal, charged: Decimal, authorized: Decimal, *, has_lines: bool) -> PaymentStatus:
    free = has_lines and total <= ZERO
    covered = charged + authorized
    if free or (covered and covered >= total):
        authorize = "FULL"
    else:
        authorize = "PARTIAL" if covered > ZERO else "NONE"
    if charged <= ZERO:
        charge = "FULL" if free else "NONE"
    elif charged == total:
        charge = "FULL"
    else:
        charge = "PARTIAL" if charged < total else "OVERCHARGED"
    return PaymentStatus(charge, authorize, charged, authorized)
