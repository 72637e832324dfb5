"""How much of a basket is paid. On a checkout, what is pending counts; on an order it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.engine.checkout import queries
from store.engine.checkout.models import Checkout
from store.engine.checkout.quote import quote
from store.engine.payments.models import TransactionItem

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Paid:
    charge_status: str
    authorize_status: str
    charged: Decimal
    authorized: Decimal


def transactions_of(checkout: Checkout) -> list[TransactionItem]:
    """Read once for each checkout object."""
    kept: list[TransactionItem] | None = checkout.__dict__.get("_transactions")
    if kept is None:
        rows = TransactionItem.objects.filter(checkout_id=checkout.pk)
        kept = checkout.__dict__["_transactions"] = list(rows)
    return kept


def paid(checkout: Checkout) -> Paid:
    """Worked out once for each checkout object."""
    kept: Paid | None = checkout.__dict__.get("_paid")
    if kept is None:
        rows = TransactionItem.objects.filter(checkout_id=checkout.pk).order_by()
        sums = rows.values_list(
            "charged_value", "charge_pending_value", "authorized_value", "authorize_pending_value"
        )
        charged = authorized = ZERO
        for charge, charge_pending, authorization, authorization_pending in sums:
            charged += charge + charge_pending
            authorized += authorization + authorization_pending
        has_lines = bool(queries.lines_of(checkout))
        kept = _paid(quote(checkout).total.gross.amount, charged, authorized, has_lines=has_lines)
        checkout.__dict__["_paid"] = kept
    return kept


def reckon(total: Decimal, items: Sequence[TransactionItem], *, has_lines: bool) -> Paid:
    charged = sum((item.charged_value + item.charge_pending_value for item in items), ZERO)
    authorized = sum((item.authorized_value + item.authorize_pending_value for item in items), ZERO)
    return _paid(total, charged, authorized, has_lines=has_lines)


def _paid(total: Decimal, charged: Decimal, authorized: Decimal, *, has_lines: bool) -> Paid:
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
    return Paid(charge, authorize, charged, authorized)
