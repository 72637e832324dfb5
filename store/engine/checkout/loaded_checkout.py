"""A checkout with the rows that its price depends on.

Each part is read when it is first asked for, once. After a change take a new object (`changed`), so that a quote never
outlives what it was calculated from. `lock_for_payment` reads everything that money depends on under its lock.
"""

from collections.abc import Sequence
from functools import cached_property
from uuid import UUID

from store.engine.checkout import queries
from store.engine.checkout.charge_status import PaymentStatus, status_for_total
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.checkout.quote import Quote, calculate
from store.engine.discounts import gift_cards, voucher_eligibility
from store.engine.discounts.models import GiftCard, VoucherCode
from store.engine.payments.models import TransactionItem


class LoadedCheckout:
    """A checkout with its lines, gift cards, voucher code, transactions and quote."""

    def __init__(
        self, checkout: Checkout, *, lines: Sequence[CheckoutLine] | None = None, locked: bool = False
    ) -> None:
        self.checkout = checkout
        self.locked = locked  # read the rest FOR UPDATE; only within `lock_for_payment`
        self._lines = None if lines is None else list(lines)

    @property
    def lines(self) -> list[CheckoutLine]:
        """The lines with variant, product and product type."""
        if self._lines is None:
            self._lines = queries.read_lines(self.checkout)
        return self._lines

    @cached_property
    def voucher_code(self) -> VoucherCode | None:
        """The checkout's voucher code if it can be used now."""
        if not self.checkout.voucher_code:
            return None
        return voucher_eligibility.find_active_code(
            self.checkout.voucher_code, self.checkout.channel, lock=self.locked
        )

    @cached_property
    def gift_cards(self) -> list[GiftCard]:
        """All gift cards in primary-key order, also those that can't be spent any more."""
        if not self.checkout.has_gift_cards:
            return []
        if self.locked:
            return gift_cards.lock_all(self.checkout.gift_cards.values_list("pk", flat=True))
        return list(self.checkout.gift_cards.order_by("pk"))

    @cached_property
    def transactions(self) -> list[TransactionItem]:
        rows = TransactionItem.objects.filter(checkout_id=self.checkout.pk)
        return list(rows.select_for_update().order_by("pk") if self.locked else rows)

    @cached_property
    def quote(self) -> Quote:
        return calculate(self.checkout, self.lines, code=self.voucher_code, cards=self.gift_cards)

    @cached_property
    def payment_status(self) -> PaymentStatus:
        return status_for_total(self.quote.total.gross.amount, self.transactions, has_lines=bool(self.lines))

    @property
    def needs_shipping(self) -> bool:
        return queries.needs_shipping(self.lines)

    def changed(self, lines: Sequence[CheckoutLine] | None = None) -> "LoadedCheckout":
        """The checkout after a change: prices and payments are read again, and the lines unless these are given."""
        return LoadedCheckout(self.checkout, lines=self._lines if lines is None else lines)


def lock(pk: UUID) -> LoadedCheckout:
    """The checkout with its row locked until commit. Raises NotFound."""
    return LoadedCheckout(queries.lock(pk))


def lock_for_payment(pk: UUID) -> LoadedCheckout:
    """Lock what money depends on, then read it: the checkout, its voucher with the code, its gift cards in
    primary-key order, its transactions.

    Everybody locks in this order, then stock, then the customer's account, which comes after every cart
    (`accounts.account_deletion` keeps to it), so that there are no deadlocks. Raises NotFound.
    """
    loaded = LoadedCheckout(queries.lock(pk), locked=True)
    _ = loaded.voucher_code, loaded.gift_cards, loaded.transactions
    return loaded
