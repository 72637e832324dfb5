"""What the shop sells by: vouchers, gift cards, shipping prices, tax rates, channels and menus.

Each can be read, and changed as far as its form goes; what has no form here is changed through the API.
"""

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldBooleanSwitchWidget,
)

from store.engine.admin import one_time_forms, seen_values
from store.engine.admin.amount_field import AmountField
from store.engine.admin.base import ReadOnlyAdmin, column, posted_data
from store.engine.admin.currency_format import format_money
from store.engine.admin.dates import date_text
from store.engine.admin.forms import WaiverForm
from store.engine.admin.stock_forms import text
from store.engine.admin.wording import save_texts, waiver_context
from store.engine.catalog.models import Menu
from store.engine.channels.models import Channel
from store.engine.discounts import gift_cards, voucher_operations
from store.engine.discounts.models import GiftCard, Voucher
from store.engine.errors import ChangedValue, ValuesChanged
from store.engine.money import quantize
from store.engine.shipping import shipping_methods
from store.engine.shipping.models import ShippingMethod
from store.engine.stock import warehouse_assignment
from store.engine.taxes import tax_classes
from store.engine.taxes.models import TaxClass
from store.typed_numbers import QuantityField, TypedNumberField

Fields = Mapping[str, tuple[forms.Field, Any]]
MAX_PERCENT = 100


def switch(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=UnfoldBooleanSwitchWidget)


def day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=UnfoldAdminDateWidget)


class SettingAdmin(ReadOnlyAdmin):
    """A page with the facts of a row and one form for what can be changed."""

    template = "shop_admin/setting.html"

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        return []

    def fields_of(self, row: Any) -> Fields:
        """The form's fields with their present values, by name; none for a row that is only read."""
        return {}

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        """Write the cleaned form through an operation."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_row(request, object_id)
        if one_time_forms.was_done_before(request):
            return HttpResponseRedirect(request.path)
        fields = self.fields_of(row)
        current = {name: value for name, (_, value) in fields.items()}
        form = forms.Form(posted_data(request), initial=current)
        for name, (field, _) in fields.items():
            form.fields[name] = field
        failure, waiver_form = None, WaiverForm()
        if request.method == "POST" and fields and form.is_valid():

            def save() -> None:
                _require_seen(request, form, current)
                self.save_row(request, row, form.cleaned_data)

            failure, waiver_form = save_texts(request, form, save, success_message="Saved.")
            if failure is None:
                return HttpResponseRedirect(request.path)
        changes = failure.changes if failure else ()
        return self.render_page(
            request,
            self.template,
            status=422 if failure or form.errors else 200,
            title=self.row_title(row),
            row=row,
            facts=self.facts(row),
            form=form if fields else None,
            problem=failure.problem if failure else None,
            **seen_values.form_context(request, form, current=current, changes=changes),
            **waiver_context(request, failure, waiver_form),
        )


def _require_seen(request: HttpRequest, form: forms.Form, current: Mapping[str, Any]) -> None:
    """Raises ValuesChanged for what somebody else changed since the form was shown."""
    seen = seen_values.seen_values(request) or {}
    changes = [
        ChangedValue(name, seen[name], value)
        for name, value in current.items()
        if name in seen and _shown(seen[name]) != _shown(value) and form.cleaned_data.get(name) != value
    ]
    if changes:
        raise ValuesChanged(changes)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


@admin.register(Voucher)
class VoucherAdmin(SettingAdmin):
    required_permissions = ("MANAGE_DISCOUNTS",)
    list_display = ("title", "kind", "starts", "ends", "limit")
    search_fields = ("name", "codes__code")
    search_help_text = "Name or code"
    ordering = ("-pk",)

    @column("Voucher", ordering="name")
    def title(self, voucher: Voucher) -> str:
        return voucher.name or f"Voucher {voucher.pk}"

    @column("Kind", ordering="type")
    def kind(self, voucher: Voucher) -> str:
        return f"{voucher.get_type_display()}, {voucher.get_discount_value_type_display()}".lower()

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
        codes = list(row.codes.order_by("code")[:50])
        worth = [
            f"{listing.channel}: {listing.discount_value:g}"
            for listing in row.channel_listings.select_related("channel")
        ]
        return [
            ("Kind", self.kind(row)),
            ("Worth", "; ".join(worth) or "nothing yet"),
            ("Codes", ", ".join(f"{code.code} (used {code.used} times)" for code in codes) or "none"),
        ]

    def fields_of(self, row: Any) -> Fields:
        ends = timezone.localtime(row.end_date).date() if row.end_date else None
        limit = QuantityField(minimum=1, maximum=10**6, required=False, label="How many times, in all")
        return {
            "name": (text("Name", max_length=255), row.name or ""),
            "end_date": (day("Until (that day included)"), ends),
            "usage_limit": (limit, row.usage_limit),
            "apply_once_per_customer": (switch("Once per customer"), row.apply_once_per_customer),
        }

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        before = self.fields_of(row)
        values: dict[str, Any] = {name: value for name, value in data.items() if value != before[name][1]}
        if "end_date" in values and (last := values["end_date"]):
            values["end_date"] = timezone.make_aware(datetime.combine(last, time(23, 59, 59)))
        voucher_operations.update(voucher_id=row.pk, values=values, codes=(), links={})


@admin.register(GiftCard)
class GiftCardAdmin(SettingAdmin):
    required_permissions = ("MANAGE_GIFT_CARD",)
    list_display = ("ending", "balance", "active", "expires", "owner")
    search_fields = ("code", "used_by_email", "created_by_email")
    search_help_text = "Code or e-mail"
    ordering = ("-pk",)

    @column("Code ends in")
    def ending(self, card: GiftCard) -> str:
        return card.code[-4:]

    @column("Balance", ordering="current_balance_amount")
    def balance(self, card: GiftCard) -> str:
        return format_money(card.current_balance_amount, card.currency)

    @column("Active", ordering="is_active", boolean=True)
    def active(self, card: GiftCard) -> bool:
        return card.is_active

    @column("Expires", ordering="expiry_date")
    def expires(self, card: GiftCard) -> str:
        return f"{card.expiry_date:%-d %b %Y}" if card.expiry_date else "does not"

    @column("Used by", ordering="used_by_email")
    def owner(self, card: GiftCard) -> str:
        return card.used_by_email or ""

    def row_title(self, row: Any) -> str:
        return f"Gift card ending in {row.code[-4:]}"

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        return [
            ("Worth at first", format_money(row.initial_balance_amount, row.currency)),
            ("Balance", self.balance(row)),
            ("Bought by", row.created_by_email or "made by staff"),
            ("Used by", row.used_by_email or "nobody yet"),
        ]

    def fields_of(self, row: Any) -> Fields:
        return {
            "is_active": (switch("Can be used"), row.is_active),
            "expiry_date": (day("Expires on"), row.expiry_date),
        }

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        if data["expiry_date"] != row.expiry_date:
            gift_cards.update(card_id=row.pk, changes={"expiry_date": data["expiry_date"]})
        gift_cards.set_active(card_id=row.pk, active=data["is_active"])


@admin.register(ShippingMethod)
class ShippingMethodAdmin(SettingAdmin):
    required_permissions = ("MANAGE_SHIPPING",)
    list_display = ("name", "shipping_zone", "prices")
    search_fields = ("name", "shipping_zone__name")
    ordering = ("shipping_zone__name", "name")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = ShippingMethod.objects.select_related("shipping_zone")
        return rows.prefetch_related("channel_listings__channel")

    @column("Prices")
    def prices(self, method: ShippingMethod) -> str:
        return "; ".join(
            f"{listing.channel}: {format_money(listing.price_amount, listing.currency)}"
            for listing in method.channel_listings.all()
        )

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        return [("Zone", row.shipping_zone), ("Countries", ", ".join(row.shipping_zone.countries))]

    def fields_of(self, row: Any) -> Fields:
        found: dict[str, tuple[forms.Field, Any]] = {
            "name": (text("Name", required=True, max_length=100), row.name)
        }
        for name, label in (
            ("minimum_delivery_days", "At least days"),
            ("maximum_delivery_days", "At most days"),
        ):
            field = QuantityField(minimum=0, maximum=365, required=False, label=label)
            found[name] = (field, getattr(row, name))
        for listing in row.channel_listings.all():
            price = AmountField(
                currency=listing.currency, minimum=0, maximum=10**6, label=f"Price in {listing.channel}"
            )
            found[f"price-{listing.channel.slug}"] = (price, quantize(listing.price_amount, listing.currency))
        return found

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        plain = {name: value for name, value in data.items() if not name.startswith("price-")}
        if any(getattr(row, name) != value for name, value in plain.items()):
            shipping_methods.update(method=row, given=plain)
        listings = [
            shipping_methods.ListingInput(listing.channel, {"price": data[f"price-{listing.channel.slug}"]})
            for listing in row.channel_listings.all()
        ]
        shipping_methods.update_channel_listings(method=row, listings=listings)


@admin.register(TaxClass)
class TaxClassAdmin(SettingAdmin):
    required_permissions = ("MANAGE_TAXES",)
    list_display = ("name", "countries")
    search_fields = ("name",)
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return TaxClass.objects.annotate(country_total=Count("country_rates"))

    @column("Countries with a rate")
    def countries(self, tax_class: Any) -> int:
        return int(tax_class.country_total)

    def fields_of(self, row: Any) -> Fields:
        found: dict[str, tuple[forms.Field, Any]] = {
            "name": (text("Name", required=True, max_length=255), row.name)
        }
        for rate in row.country_rates.order_by("country"):
            field = TypedNumberField(minimum=0, maximum=MAX_PERCENT, label=f"{rate.country}, percent")
            found[f"rate-{rate.country}"] = (field, rate.rate.normalize())
        return found

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        rates = [
            (name.removeprefix("rate-"), float(Decimal(value)))
            for name, value in data.items()
            if name.startswith("rate-")
        ]
        tax_classes.update(tax_class=row, name=data["name"], rates=rates)


@admin.register(Channel)
class ChannelAdmin(SettingAdmin):
    required_permissions = ("MANAGE_CHANNELS",)
    list_display = ("name", "currency_code", "default_country", "is_active")
    search_fields = ("name", "slug")
    ordering = ("name",)

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        warehouses = ", ".join(str(warehouse) for warehouse in row.warehouses.all())
        return [
            ("Currency", row.currency_code),
            ("Usual country", row.default_country),
            ("Sells from", warehouses or "no warehouse"),
        ]

    def fields_of(self, row: Any) -> Fields:
        return {
            "name": (text("Name", required=True, max_length=250), row.name),
            "automatically_confirm_all_new_orders": (
                switch("Orders need no confirmation by staff"),
                row.automatically_confirm_all_new_orders,
            ),
        }

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        warehouse_assignment.update_channel(channel=row, given=dict(data))


@admin.register(Menu)
class MenuAdmin(SettingAdmin):
    required_permissions = ("MANAGE_MENUS",)
    list_display = ("name", "slug", "entries")
    search_fields = ("name", "slug")
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return Menu.objects.annotate(entry_total=Count("items"))

    @column("Entries")
    def entries(self, menu: Any) -> int:
        return int(menu.entry_total)

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        items = row.items.select_related("category", "collection", "page")
        return [
            (
                f"{'– ' * item.level}{item.name}",
                item.category or item.collection or item.page or item.url or "",
            )
            for item in items
        ]
