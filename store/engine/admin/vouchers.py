"""Vouchers: what they take off where, their codes, and their end."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from store.channel_limits import SHARED
from store.engine.admin.amount_field import AmountField, without_trailing_zeros
from store.engine.admin.base import column
from store.engine.admin.dates import date_text
from store.engine.admin.settings_admin import (
    Fields,
    LinesField,
    SettingAdmin,
    choice,
    chosen,
    day,
    keys,
    several,
    switch,
)
from store.engine.admin.stock_forms import text
from store.engine.catalog.models import Category, Collection, ProductVariant
from store.engine.channels.models import Channel
from store.engine.discounts import voucher_operations
from store.engine.discounts.models import Voucher, VoucherCode
from store.engine.discounts.voucher_operations import ListingInput
from store.engine.errors import OperationError
from store.engine.money import quantize
from store.typed_numbers import QuantityField, TypedNumberField

TYPES = (
    (Voucher.Type.ENTIRE_ORDER, "everything in the order"),
    (Voucher.Type.SPECIFIC_PRODUCT, "what is chosen below"),
    (Voucher.Type.SHIPPING, "the delivery"),
)
VALUE_TYPES = ((Voucher.ValueType.PERCENTAGE, "percent"), (Voucher.ValueType.FIXED, "an amount"))
SWITCHES = (
    ("apply_once_per_customer", "Once per customer"),
    ("apply_once_per_order", "Only on the cheapest piece"),
    ("single_use", "Each code works once"),
    ("only_for_staff", "Only for colleagues"),
)
MAX_AMOUNT, MAX_TIMES, CODES_SHOWN = 10**9, 10**6, 50


@admin.register(Voucher)
class VoucherAdmin(SettingAdmin):
    required_permissions = ("MANAGE_DISCOUNTS",)
    channel_path = SHARED
    list_display = ("title", "kind", "starts", "ends", "limit")
    search_fields = ("name", "codes__code")
    search_help_text = "Name or code"
    ordering = ("-pk",)
    can_add = True
    new_words = "It counts in the channels in which it is worth something."
    delete_words = (
        "Its codes stop working. Orders keep what they were given. To keep its history, let it end instead."
    )

    @column("Voucher", ordering="name")
    def title(self, voucher: Voucher) -> str:
        return voucher.name or f"Voucher {voucher.pk}"

    @column("Kind", ordering="type")
    def kind(self, voucher: Voucher) -> str:
        value_type, of = Voucher.ValueType(voucher.discount_value_type), Voucher.Type(voucher.type)
        return f"{dict(VALUE_TYPES)[value_type]} off {dict(TYPES)[of]}"

    @column("From", ordering="start_date")
    def starts(self, voucher: Voucher) -> str:
        return date_text(voucher.start_date)

    @column("Until", ordering="end_date")
    def ends(self, voucher: Voucher) -> str:
        return date_text(voucher.end_date) or "no end"

    @column("Times", ordering="usage_limit")
    def limit(self, voucher: Voucher) -> str:
        return str(voucher.usage_limit or "any number")

    def row_title(self, row: Any) -> str:
        return row.name or f"Voucher {row.pk}"

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        codes = list(row.codes.order_by("code")[:CODES_SHOWN])
        worth = [
            f"{listing.channel}: {listing.discount_value:g}"
            for listing in row.channel_listings.select_related("channel")
        ]
        return [
            ("Takes off", self.kind(row)),
            ("Worth", "; ".join(worth) or "nothing yet"),
            ("Codes", ", ".join(f"{code.code} (used {code.used} times)" for code in codes) or "none"),
        ]

    def new_fields(self) -> Fields:
        return {"codes": (_new_codes("Codes"), "")} | _fields(Voucher(start_date=timezone.now()))

    def fields_of(self, row: Any) -> Fields:
        unwanted = LinesField("Codes to take away", help_text="One on each line.")
        return _fields(row) | {"codes": (_new_codes("More codes"), ""), "unwanted": (unwanted, "")}

    def create_row(self, request: HttpRequest, data: Mapping[str, Any]) -> Voucher:
        if not data["codes"]:
            raise OperationError("Write at least one code.", field="codes")
        voucher = voucher_operations.create_in_transaction(
            values=_values(data), codes=data["codes"], links=_links(data)
        )
        voucher_operations.update_channel_listings_in_transaction(
            voucher_id=voucher.pk, add=_listings(data, known=())
        )
        return voucher

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        before = {name: value for name, (_, value) in _fields(row).items()}
        changed = {name: value for name, value in data.items() if name in before and value != before[name]}
        voucher_operations.update_in_transaction(
            voucher_id=row.pk, values=_values(changed), codes=data["codes"], links=_links(changed)
        )
        known = list(row.channel_listings.values_list("channel_id", flat=True))
        # A worth that stays is checked anew where it becomes a percentage.
        if any(name.startswith(("worth-", "from-", "discount_value_type")) for name in changed):
            listings = _listings(data, known=known)
            kept = {listing.channel.pk for listing in listings}
            voucher_operations.update_channel_listings_in_transaction(
                voucher_id=row.pk, add=listings, remove=[pk for pk in known if pk not in kept]
            )
        _take_away(row, data["unwanted"])

    def delete_row(self, row: Any) -> None:
        voucher_operations.delete(voucher_ids=[row.pk])


def _new_codes(label: str) -> LinesField:
    return LinesField(label, help_text="One on each line, as buyers type them.")


def _fields(voucher: Voucher) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {
        "name": (text("Name, which buyers see", required=True, max_length=255), voucher.name or ""),
        "discount_value_type": (choice("It takes off", VALUE_TYPES), voucher.discount_value_type),
        "type": (choice("Of what", TYPES), voucher.type),
    }
    found |= _worth_fields(voucher)
    found |= {
        "start_date": (day("From (that day included)"), _day(voucher.start_date)),
        "end_date": (day("Until (that day included)"), _day(voucher.end_date)),
        "usage_limit": (_number("How many times, in all"), voucher.usage_limit),
        "min_checkout_items_quantity": (
            _number("From how many pieces on"),
            voucher.min_checkout_items_quantity,
        ),
    }
    found |= {name: (switch(label), getattr(voucher, name)) for name, label in SWITCHES}
    return found | _link_fields(voucher)


def _number(label: str) -> QuantityField:
    return QuantityField(minimum=1, maximum=MAX_TIMES, required=False, label=label)


def _worth_fields(voucher: Voucher) -> dict[str, tuple[Any, Any]]:
    """For each channel what the voucher is worth and from which sum on; empty: it does not count there."""
    listings = {row.channel_id: row for row in voucher.channel_listings.all()} if voucher.pk else {}
    found: dict[str, tuple[Any, Any]] = {}
    for channel in Channel.objects.order_by("name"):
        listing, currency = listings.get(channel.pk), channel.currency_code
        worth = TypedNumberField(
            minimum=0,
            maximum=MAX_AMOUNT,
            required=False,
            label=f"Worth in {channel} (percent, or {currency})",
        )
        least = AmountField(
            currency=currency,
            minimum=0,
            maximum=MAX_AMOUNT,
            required=False,
            label=f"In {channel} from which sum on, in {currency}",
        )
        value = without_trailing_zeros(listing.discount_value) if listing else None
        spent = listing.min_spent_amount if listing else None
        found[f"worth-{channel.slug}"] = (worth, value)
        found[f"from-{channel.slug}"] = (least, None if spent is None else quantize(spent, currency))
    return found


def _link_fields(voucher: Voucher) -> dict[str, tuple[Any, Any]]:
    """What is chosen, for a voucher that takes off nothing else."""
    skus = LinesField("Chosen SKUs", help_text="One on each line.")
    sku_value = "\n".join(row.sku or "" for row in voucher.variants.order_by("sku")) if voucher.pk else ""
    found: dict[str, tuple[Any, Any]] = {"skus": (skus, sku_value)}
    for name, label, rows in _shelves():
        picked = getattr(voucher, name).values_list("pk", flat=True) if voucher.pk else ()
        found[name] = (several(label, rows), keys(rows, picked))
    return found


def _shelves() -> list[tuple[str, str, Sequence[Any]]]:
    return [
        ("categories", "Chosen categories", list(Category.objects.order_by("name"))),
        ("collections", "Chosen collections", list(Collection.objects.order_by("name"))),
    ]


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: data[name] for name in voucher_operations.FIELDS if name in data}
    for name, at in (("start_date", time.min), ("end_date", time(23, 59, 59))):
        if values.get(name):
            values[name] = timezone.make_aware(datetime.combine(values[name], at))
    return values


def _links(data: Mapping[str, Any]) -> dict[str, Iterable[Any]]:
    """The rows of the links that `data` has. Raises OperationError for an SKU that no variant has."""
    links: dict[str, Iterable[Any]] = {
        name: chosen(rows, data[name]) for name, _, rows in _shelves() if name in data
    }
    if "skus" in data:
        found = {row.sku: row for row in ProductVariant.objects.filter(sku__in=data["skus"])}
        if unknown := [sku for sku in data["skus"] if sku not in found]:
            raise OperationError(f"No variant has the SKU {unknown[0][:50]}.", field="skus")
        links["variants"] = list(found.values())
    return links


def _listings(data: Mapping[str, Any], *, known: Sequence[int]) -> list[ListingInput]:
    """Raises OperationError for a smallest sum without a worth, or a voucher that is worth nothing anywhere."""
    listings = []
    for channel in Channel.objects.order_by("name"):
        worth, least = data[f"worth-{channel.slug}"], data[f"from-{channel.slug}"]
        if worth is not None:
            listings.append(ListingInput(channel, worth, least, sets_min_spent=True))
        elif least is not None:
            raise OperationError(f"Say what it is worth in {channel}.", field=f"worth-{channel.slug}")
    if not listings and not known:
        raise OperationError("Say for at least one channel what it is worth.")
    return listings


def _take_away(voucher: Voucher, codes: Sequence[str]) -> None:
    if not codes:
        return
    found = dict(VoucherCode.objects.filter(voucher=voucher, code__in=codes).values_list("code", "pk"))
    if unknown := [code for code in codes if code not in found]:
        raise OperationError(f"This voucher has no code {unknown[0][:50]}.", field="unwanted")
    voucher_operations.delete_codes_in_transaction(code_ids=list(found.values()))


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
