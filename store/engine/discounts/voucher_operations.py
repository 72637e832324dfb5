"""Operations of staff on vouchers: create, update, list in channels, delete."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from store.engine import events
from store.engine.channels.models import Channel
from store.engine.channels.validation import validate
from store.engine.channels.wording import check_words
from store.engine.discounts.models import GiftCard, Voucher, VoucherChannelListing, VoucherCode
from store.engine.errors import NotFound, NotUnique, OperationError, Required
from store.engine.money import quantize

FIELDS = (
    "type",
    "name",
    "discount_value_type",
    "usage_limit",
    "start_date",
    "end_date",
    "apply_once_per_order",
    "apply_once_per_customer",
    "single_use",
    "only_for_staff",
    "countries",
    "min_checkout_items_quantity",
)
LINK_FIELDS = ("products", "variants", "collections", "categories")


@dataclass(frozen=True, slots=True)
class ListingInput:
    """A channel listing to create or change. `min_spent` is used only if `sets_min_spent`; None removes the limit."""

    channel: Channel
    discount_value: Decimal | None = None
    min_spent: Decimal | None = None
    sets_min_spent: bool = False


def create(*, values: Mapping[str, Any], codes: Sequence[str], links: Mapping[str, Iterable[Any]]) -> Voucher:
    with transaction.atomic(durable=True):
        return create_in_transaction(values=values, codes=codes, links=links)


def create_in_transaction(
    *, values: Mapping[str, Any], codes: Sequence[str], links: Mapping[str, Iterable[Any]]
) -> Voucher:
    """`create` inside the caller's transaction."""
    _check_dates(values.get("start_date"), values.get("end_date"))
    voucher = Voucher(**{name: values[name] for name in FIELDS if values.get(name) is not None})
    check_words(values, of=f"voucher {voucher.pk or '(new)'}")
    validate(voucher).save()
    _link(voucher, links)
    _add_codes(voucher, codes)
    events.record_event("VOUCHER_CREATED", kind="Voucher", pk=voucher.pk)
    return voucher


def update(
    *, voucher_id: int, values: Mapping[str, Any], codes: Sequence[str], links: Mapping[str, Iterable[Any]]
) -> Voucher:
    with transaction.atomic(durable=True):
        return update_in_transaction(voucher_id=voucher_id, values=values, codes=codes, links=links)


def update_in_transaction(
    *, voucher_id: int, values: Mapping[str, Any], codes: Sequence[str], links: Mapping[str, Iterable[Any]]
) -> Voucher:
    """`update` inside the caller's transaction."""
    voucher = lock(voucher_id)
    for name in FIELDS:
        if name in values:
            setattr(voucher, name, values[name])
    _check_dates(voucher.start_date, voucher.end_date)
    if "single_use" in values or "usage_limit" in values:
        _check_unused(voucher, values)
    check_words(values, of=f"voucher {voucher.pk or '(new)'}")
    validate(voucher).save()
    _link(voucher, links)
    _add_codes(voucher, codes)
    events.record_event("VOUCHER_UPDATED", kind="Voucher", pk=voucher.pk)
    return voucher


def lock(pk: int) -> Voucher:
    found = Voucher.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such voucher.", field="id")
    return found


def _check_dates(start: datetime | None, end: datetime | None) -> None:
    if end and end < (start or timezone.now()):
        raise OperationError("End date cannot be before the start date.", field="endDate", code="INVALID")


def _check_unused(voucher: Voucher, values: Mapping[str, Any]) -> None:
    """Usage settings can't be switched on or off after the first use. Raises OperationError VOUCHER_ALREADY_USED."""
    before = Voucher.objects.get(pk=voucher.pk)
    for name, field in (("single_use", "singleUse"), ("usage_limit", "usageLimit")):
        switched = name in values and bool(values[name]) != bool(getattr(before, name))
        if switched and voucher.codes.filter(used__gt=0).exists():
            message = "Cannot change this setting when voucher is already used."
            raise OperationError(message, field=field, code="VOUCHER_ALREADY_USED")


def _link(voucher: Voucher, links: Mapping[str, Iterable[Any]]) -> None:
    for name in LINK_FIELDS:
        if name in links:
            getattr(voucher, name).set(links[name])


def _add_codes(voucher: Voucher, codes: Sequence[str]) -> None:
    new_codes = [code.strip() for code in codes]
    if any(not code for code in new_codes):
        raise OperationError("A code can't be empty.", field="codes", code="INVALID")
    duplicates = sorted({code for code in new_codes if new_codes.count(code) > 1})
    if duplicates:
        message = "The same code was given twice."
        raise OperationError(message, field="codes", code="DUPLICATED_INPUT_ITEM", voucher_codes=duplicates)
    taken = list(VoucherCode.objects.filter(code__in=new_codes).values_list("code", flat=True))
    taken += list(GiftCard.objects.filter(code__in=new_codes).values_list("code", flat=True))
    if taken:
        raise NotUnique(
            "Promo code already exists.",
            field="codes",
            code="ALREADY_EXISTS",
            voucher_codes=sorted(set(taken)),
        )
    VoucherCode.objects.bulk_create([VoucherCode(voucher=voucher, code=code) for code in new_codes])


def update_channel_listings(
    *, voucher_id: int, add: Sequence[ListingInput] = (), remove: Sequence[int] = ()
) -> Voucher:
    with transaction.atomic(durable=True):
        return update_channel_listings_in_transaction(voucher_id=voucher_id, add=add, remove=remove)


def update_channel_listings_in_transaction(
    *, voucher_id: int, add: Sequence[ListingInput] = (), remove: Sequence[int] = ()
) -> Voucher:
    """`update_channel_listings` inside the caller's transaction."""
    voucher = lock(voucher_id)
    existing = {listing.channel_id: listing for listing in voucher.channel_listings.all()}
    for listing_input in add:
        _update_listing(voucher, existing.get(listing_input.channel.pk), listing_input)
    VoucherChannelListing.objects.filter(voucher=voucher, channel_id__in=list(remove)).delete()
    events.record_event("VOUCHER_UPDATED", kind="Voucher", pk=voucher.pk)
    return voucher


def _update_listing(
    voucher: Voucher, listing: VoucherChannelListing | None, listing_input: ListingInput
) -> None:
    channel = listing_input.channel
    if listing_input.discount_value is None and listing is None:
        raise Required("Value is required for voucher.", field="discountValue", channels=[channel.pk])
    value = listing_input.discount_value
    percentage = voucher.discount_value_type == Voucher.ValueType.PERCENTAGE
    if value is not None and percentage and value > 100:
        raise OperationError(
            "Invalid percentage value.", field="discountValue", code="INVALID", channels=[channel.pk]
        )
    if value is not None and not percentage and value != quantize(value, channel.currency_code):
        message = "Value cannot have so many decimal places."
        raise OperationError(message, field="discountValue", code="INVALID", channels=[channel.pk])
    listing = listing or VoucherChannelListing(
        voucher=voucher, channel=channel, currency=channel.currency_code
    )
    if value is not None:
        listing.discount_value = value
    if listing_input.sets_min_spent:
        listing.min_spent_amount = listing_input.min_spent
    listing.save()


def delete(*, voucher_ids: Sequence[int]) -> list[Voucher]:
    """Delete vouchers, all or none; returns them as they were. Orders store the code and its discount themselves.

    Raises NotFound.
    """
    with transaction.atomic(durable=True):
        deleted = list(Voucher.objects.filter(pk__in=voucher_ids).order_by("pk"))
        if len(deleted) != len(set(voucher_ids)):
            raise NotFound("There is no such voucher.", field="id" if len(voucher_ids) == 1 else "ids")
        for voucher in deleted:
            events.record_deleted_event("VOUCHER_DELETED", kind="Voucher", row=voucher)
        Voucher.objects.filter(pk__in=voucher_ids).delete()
    return deleted


def delete_codes(*, code_ids: Sequence[Any]) -> int:
    with transaction.atomic(durable=True):
        return delete_codes_in_transaction(code_ids=code_ids)


def delete_codes_in_transaction(*, code_ids: Sequence[Any]) -> int:
    """`delete_codes` inside the caller's transaction."""
    rows = VoucherCode.objects.filter(pk__in=list(code_ids))
    vouchers = set(rows.values_list("voucher_id", flat=True))
    deleted = rows.delete()[1].get("discounts.VoucherCode", 0)
    for pk in vouchers:
        events.record_event("VOUCHER_UPDATED", kind="Voucher", pk=pk)
    return deleted


def update_catalog(*, voucher_id: int, links: Mapping[str, Iterable[Any]], add: bool) -> Voucher:
    with transaction.atomic(durable=True):
        voucher = lock(voucher_id)
        for name in LINK_FIELDS:
            if rows := list(links.get(name, ())):
                manager = getattr(voucher, name)
                manager.add(*rows) if add else manager.remove(*rows)
        events.record_event("VOUCHER_UPDATED", kind="Voucher", pk=voucher.pk)
    return voucher
