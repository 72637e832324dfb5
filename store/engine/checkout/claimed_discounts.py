"""Gift cards and voucher uses that baskets have claimed by being paid, before they are orders.

A gift card is used up before anything else is charged: a basket for which money was taken, or may have been, needs the
whole of its cards, and one use of its voucher, to become the order that was paid for. They are claimed until it is an
order or its money has gone back. What another basket has claimed before can neither be charged beside nor ordered with,
so that nobody pays for a basket that can't become an order.
"""

from datetime import datetime

from django.db.models import DateTimeField, Min, OuterRef, Q, QuerySet, Subquery, Sum

from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.discounts.gift_cards import NotSpendable
from store.engine.discounts.models import VoucherCode
from store.engine.discounts.voucher_eligibility import NotApplicable
from store.engine.payments.models import TransactionItem

CLAIMS = (
    Q(charged_value__gt=0)
    | Q(authorized_value__gt=0)
    | Q(charge_pending_value__gt=0)
    | Q(authorize_pending_value__gt=0)
    | Q(awaits_result=True)
)


def check_unclaimed(loaded: LoadedCheckout) -> None:
    """Raises NotSpendable or NotApplicable for what a basket that was paid before this one has claimed.

    Decided under the locks of `loaded_checkout.lock_for_payment`: two baskets with the same card or code pay one after
    the other, and each sees what the other has begun.
    """
    if loaded.gift_cards and _paid_before(loaded).filter(gift_cards__in=loaded.gift_cards).exists():
        raise NotSpendable(
            "A gift card of this order pays for another cart already. Remove it to go on.", field="giftCards"
        )
    if loaded.voucher_code is not None and _is_used_up(loaded, loaded.voucher_code):
        raise NotApplicable("The voucher is used by another cart that is being paid.", field="voucherCode")


def _is_used_up(loaded: LoadedCheckout, code: VoucherCode) -> bool:
    """Whether the claims of others leave this basket no use of the code."""
    voucher = code.voucher
    if not (voucher.single_use or voucher.apply_once_per_customer or voucher.usage_limit is not None):
        return False
    others = _paid_before(loaded)
    if voucher.single_use and others.filter(voucher_code=code.code).exists():
        return True
    of_voucher = others.filter(voucher_code__in=voucher.codes.values("code"))
    email = loaded.checkout.email
    if voucher.apply_once_per_customer and email and of_voucher.filter(email__iexact=email).exists():
        return True
    if voucher.usage_limit is None:
        return False
    used = voucher.codes.aggregate(all=Sum("used"))["all"] or 0
    return bool(used + of_voucher.count() >= voucher.usage_limit)


def _paid_before(loaded: LoadedCheckout) -> QuerySet[Checkout]:
    """The other baskets without an order for which money was taken, or may have been, before it was for this one."""
    payments = TransactionItem.objects.filter(CLAIMS, checkout_id=OuterRef("pk")).order_by()
    first = payments.values("checkout_id").annotate(first=Min("created_at")).values("first")
    others = Checkout.objects.filter(has_order=False).exclude(pk=loaded.checkout.pk)
    claimed = others.annotate(claimed_at=Subquery(first, output_field=DateTimeField()))
    own = _own_claim(loaded)
    return claimed.filter(claimed_at__isnull=False) if own is None else claimed.filter(claimed_at__lt=own)


def _own_claim(loaded: LoadedCheckout) -> datetime | None:
    own = TransactionItem.objects.filter(CLAIMS, checkout_id=loaded.checkout.pk)
    first: datetime | None = own.aggregate(first=Min("created_at"))["first"]
    return first
