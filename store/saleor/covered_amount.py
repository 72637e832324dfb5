"""How much of a total its payments cover: one rule for what a shopper is asked to pay and what the engine lets be paid.

A charge is taken from what was authorized before, so that both add up: of 60 that were authorized, 40 charged leave 20
authorized. What is pending counts too, since the money is on its way.
"""

from decimal import Decimal


def covered_amount(
    *, charged: Decimal, charge_pending: Decimal, authorized: Decimal, authorize_pending: Decimal
) -> Decimal:
    """Of one payment or of several together, in their currency; below 0 where more was charged back than charged."""
    return charged + charge_pending + authorized + authorize_pending
