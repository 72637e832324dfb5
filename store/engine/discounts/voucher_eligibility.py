"""Finds a voucher by its code, checks whether it applies, and records its use."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q, Sum
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode, VoucherCustomer
from store.engine.discounts.voucher_arithmetic import VoucherInfo
from store.engine.errors import OperationError
from store.engine.money import quantize


class NotApplicable(OperationError):
    """The code exists, but does not apply to this order or customer."""

    code = "VOUCHER_NOT_APPLICABLE"


def find_active_code(
    code: str, channel: Channel, *, at: datetime | None = None, lock: bool = False
) -> VoucherCode | None:
    """The code if its voucher is active in this channel at `at` (default: now) and has uses left.

    With `lock`, voucher and code are locked until commit, in this order, and read after it.
    """
    at = at or timezone.now()
    codes = VoucherCode.objects.select_related("voucher")
    if lock:
        vouchers = VoucherCode.objects.filter(code=code).values("voucher_id")
        list(Voucher.objects.select_for_update().filter(pk__in=vouchers))
        codes = codes.select_for_update(of=("self",))
    voucher_code = codes.filter(
        Q(voucher__end_date=None) | Q(voucher__end_date__gte=at),
        code=code,
        is_active=True,
        voucher__start_date__lte=at,
        voucher__channel_listings__channel=channel,
    ).first()
    return voucher_code if voucher_code and _has_uses_left(voucher_code) else None


def _has_uses_left(code: VoucherCode) -> bool:
    limit = code.voucher.usage_limit
    if limit is None:
        return True
    used = VoucherCode.objects.filter(voucher=code.voucher_id).aggregate(all=Sum("used"))["all"]
    return (used or 0) < limit


def get_voucher_info(voucher: Voucher, channel: Channel) -> VoucherInfo | None:
    """The voucher's terms in a channel; None when it is not listed there."""
    listing = VoucherChannelListing.objects.filter(voucher=voucher, channel=channel).first()
    return _voucher_info(voucher, listing) if listing else None


def _voucher_info(voucher: Voucher, listing: VoucherChannelListing) -> VoucherInfo:
    specific = voucher.type == Voucher.Type.SPECIFIC_PRODUCT
    return VoucherInfo(
        value=listing.discount_value,
        value_type=voucher.discount_value_type,
        currency=listing.currency,
        for_lines=voucher.for_lines,
        for_shipping=voucher.for_shipping,
        only_cheapest=voucher.apply_once_per_order,
        variants=frozenset(voucher.variants.values_list("pk", flat=True)) if specific else frozenset(),
        products=frozenset(voucher.products.values_list("pk", flat=True)) if specific else frozenset(),
        categories=frozenset(voucher.categories.values_list("pk", flat=True)) if specific else frozenset(),
        collections=frozenset(voucher.collections.values_list("pk", flat=True)) if specific else frozenset(),
    )


def check(
    voucher: Voucher,
    *,
    channel: Channel,
    subtotal: Decimal,
    quantity: int,
    email: str | None,
    user: User | None,
    country: str = "",
) -> None:
    """Raises NotApplicable with the reason, in words for the customer."""
    listing = VoucherChannelListing.objects.filter(voucher=voucher, channel=channel).first()
    if listing is None:
        raise NotApplicable("This voucher is not assigned to this channel")
    if listing.min_spent_amount and subtotal < listing.min_spent_amount:
        minimum = f"{quantize(listing.min_spent_amount, listing.currency)} {listing.currency}"
        raise NotApplicable(f"This offer is only valid for orders over {minimum}.")
    min_quantity = voucher.min_checkout_items_quantity
    if min_quantity and quantity < min_quantity:
        raise NotApplicable(f"This offer is only valid for orders with a minimum of {min_quantity} quantity.")
    if voucher.for_shipping and voucher.countries and country and country not in voucher.countries:
        raise NotApplicable("This offer is not valid in your country.")
    if voucher.only_for_staff and not (user and user.is_staff):
        raise NotApplicable("This offer is valid only for staff customers.")
    if voucher.apply_once_per_customer and email and _has_used(voucher, email):
        raise NotApplicable("This offer is valid only once per customer.")


def _has_used(voucher: Voucher, email: str) -> bool:
    return VoucherCustomer.objects.filter(
        voucher_code__voucher=voucher, customer_email__iexact=email
    ).exists()


def record_usage(code: VoucherCode, *, email: str | None) -> None:
    """Record one use in the transaction that creates the order; the code's row must be locked. Raises NotApplicable."""
    voucher = code.voucher
    if voucher.apply_once_per_customer:
        if not email:
            raise NotApplicable("Unable to apply voucher as customer details are missing.")
        if _has_used(voucher, email):
            raise NotApplicable("This offer is valid only once per customer.")
        VoucherCustomer.objects.create(voucher_code=code, customer_email=email)
    changes: dict[str, object] = {}
    if voucher.usage_limit is not None:
        changes["used"] = F("used") + 1
    if voucher.single_use:
        changes["is_active"] = False
    if changes:
        VoucherCode.objects.filter(pk=code.pk).update(**changes)


def release_usage(code: str, *, email: str | None) -> None:
    """Undo `record_usage` when the order is cancelled. Does nothing for a code that was deleted."""
    voucher_code = VoucherCode.objects.select_related("voucher").filter(code=code).first()
    if voucher_code is None:
        return
    if voucher_code.voucher.usage_limit is not None:
        VoucherCode.objects.filter(pk=voucher_code.pk, used__gt=0).update(used=F("used") - 1)
    if voucher_code.voucher.single_use:
        VoucherCode.objects.filter(pk=voucher_code.pk).update(is_active=True)
    if email:
        VoucherCustomer.objects.filter(voucher_code=voucher_code, customer_email__iexact=email).delete()
