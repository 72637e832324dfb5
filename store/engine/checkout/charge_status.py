"""How much of a checkout is paid. Pending amounts count for a checkout, unlike for an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.engine.payments.models import TransactionItem
from store.engine.payments.transaction_amounts import covered_by

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    """Saleor's charge and authorize status with the amounts behind them, in the checkout's currency."""

    charge_status: str
    authorize_status: str
    charged: Decimal
    authorized: Decimal


def status_for_total(total: Decimal, items: Sequence[TransactionItem], *, has_lines: bool) -> PaymentStatus:
    """The payment status of a gross total that is paid by these transactions."""
    charged = sum((item.charged_value + item.charge_pending_value for item in items), ZERO)
    authorized = sum((item.authorized_value + item.authorize_pending_value for item in items), ZERO)
    covered = sum(map(covered_by, items), ZERO)
    free = has_lines and total <= ZERO
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
