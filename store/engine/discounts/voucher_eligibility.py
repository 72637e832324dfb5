"""Finding a voucher by its code, saying why it does not apply, and counting its use."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q, Sum
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode, VoucherCustomer
from store.engine.discounts.voucher_arithmetic import Offer
from store.engine.errors import Refusal


class NotApplicable(Refusal):
    """The code exists, but not for this basket, this customer or this moment."""

    code = "VOUCHER_NOT_APPLICABLE"


def active_code(
    code: str, channel: Channel, *, at: datetime | None = None, lock: bool = False
) -> VoucherCode | None:
    """The code, if its voucher can be used in this channel now. With `lock`, its row is held until commit."""
    at = at or timezone.now()
    codes = VoucherCode.objects.select_related("voucher")
    if lock:
        codes = codes.select_for_update(of=("self", "voucher"))
    found = codes.filter(
        Q(voucher__end_date=None) | Q(voucher__end_date__gte=at),
        code=code,
        is_active=True,
        voucher__start_date__lte=at,
        voucher__channel_listings__channel=channel,
    ).first()
    return found if found and _uses_left(found) else None


def _uses_left(code: VoucherCode) -> bool:
    limit = code.voucher.usage_limit
    if limit is None:
        return True
    used = VoucherCode.objects.filter(voucher=code.voucher_id).aggregate(all=Sum("used"))["all"]
    return (used or 0) < limit


def offer_of(voucher: Voucher, channel: Channel) -> Offer | None:
    """The voucher as it stands in a channel; None when it is not listed there."""
    listing = VoucherChannelListing.objects.filter(voucher=voucher, channel=channel).first()
    return _offer(voucher, listing) if listing else None


def _offer(voucher: Voucher, listing: VoucherChannelListing) -> Offer:
    specific = voucher.type == Voucher.Type.SPECIFIC_PRODUCT
    return Offer(
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
    """Raises NotApplicable with the reason, in words that a shopper understands."""
    listing = VoucherChannelListing.objects.filter(voucher=voucher, channel=channel).first()
    if listing is None:
        raise NotApplicable("This voucher is not assigned to this channel")
    if listing.min_spent_amount and subtotal < listing.min_spent_amount:
        least = f"{listing.min_spent_amount:.2f} {listing.currency}"
        raise NotApplicable(f"This offer is only valid for orders over {least}.")
    least_items = voucher.min_checkout_items_quantity
    if least_items and quantity < least_items:
        raise NotApplicable(f"This offer is only valid for orders with a minimum of {least_items} quantity.")
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


def count_use(code: VoucherCode, *, email: str | None) -> None:
    """Note one use, in the transaction that makes the order. Call with the code locked."""
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


def release_use(code: str, *, email: str | None) -> None:
    """Give a use back, when an order that counted it is cancelled."""
    found = VoucherCode.objects.select_related("voucher").filter(code=code).first()
    if found is None:
        return
    if found.voucher.usage_limit is not None:
        VoucherCode.objects.filter(pk=found.pk, used__gt=0).update(used=F("used") - 1)
    if found.voucher.single_use:
        VoucherCode.objects.filter(pk=found.pk).update(is_active=True)
    if email:
        VoucherCustomer.objects.filter(voucher_code=found, customer_email__iexact=email).delete()
