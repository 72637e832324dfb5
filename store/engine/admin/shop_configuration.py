"""Where the shop sells and sends: shipping zones and prices, tax rates, channels and menus."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from store.channel_limits import SHARED
from store.engine.admin.amount_field import AmountField, without_trailing_zeros
from store.engine.admin.base import View, column, run_operation
from store.engine.admin.currency_format import format_money
from store.engine.admin.settings_admin import (
    CountriesField,
    Fields,
    LinesField,
    SettingAdmin,
    choice,
    chosen,
    country_problem,
    keys,
    several,
    switch,
)
from store.engine.admin.stock_forms import text
from store.engine.catalog import menus
from store.engine.catalog.models import Category, Collection, Menu, MenuItem, Page
from store.engine.channels import channels
from store.engine.channels.models import Channel
from store.engine.errors import OperationError
from store.engine.money import quantize
from store.engine.shipping import shipping_methods
from store.engine.shipping.models import ShippingMethod, ShippingZone
from store.engine.stock import warehouse_assignment
from store.engine.stock.models import Warehouse
from store.engine.stock.warehouse_assignment import LinkChanges
from store.engine.taxes import tax_classes
from store.engine.taxes.models import TaxClass
from store.typed_numbers import QuantityField, TypedNumberField, UnreadableNumber, parse_number

MAX_PERCENT = 100
NUMBER_WORDS = "A country and its percent on each line, such as FR 20."


@admin.register(ShippingZone)
class ShippingZoneAdmin(SettingAdmin):
    required_permissions = ("MANAGE_SHIPPING",)
    channel_path = SHARED
    list_display = ("name", "where", "default")
    search_fields = ("name",)
    ordering = ("name",)
    can_add = True
    new_words = "Then make a way of delivery in it, with a price for each channel."
    delete_words = "Its ways of delivery go with it: nothing can be sent to these countries any more."

    @column("Countries")
    def where(self, zone: ShippingZone) -> str:
        return ", ".join(zone.countries[:12]) + (" …" if len(zone.countries) > 12 else "")

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        methods = ", ".join(row.shipping_methods.values_list("name", flat=True))
        return [("Ways of delivery", methods or "none")]

    def new_fields(self) -> Fields:
        return self.fields_of(ShippingZone())

    def fields_of(self, row: Any) -> Fields:
        channels, warehouses = _channels(), _warehouses()
        linked = row.channels.values_list("pk", flat=True) if row.pk else ()
        stored = row.warehouses.values_list("pk", flat=True) if row.pk else ()
        return {
            "name": (text("Name", required=True, max_length=100), row.name),
            "countries": (
                CountriesField("Countries, two letters each", help_text="Such as DE, AT."),
                row.countries,
            ),
            "channels": (several("Channels", channels), keys(channels, linked)),
            "warehouses": (several("Sent from", warehouses), keys(warehouses, stored)),
        }

    def create_row(self, request: HttpRequest, data: Mapping[str, Any]) -> ShippingZone:
        return self._saved(ShippingZone(), data)

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        self._saved(row, data)

    def _saved(self, zone: ShippingZone, data: Mapping[str, Any]) -> ShippingZone:
        return warehouse_assignment.save_zone_in_transaction(
            zone=zone,
            given={"name": data["name"], "countries": data["countries"]},
            channels=_link_changes(_channels(), data["channels"], zone.channels if zone.pk else None),
            warehouses=_link_changes(_warehouses(), data["warehouses"], zone.warehouses if zone.pk else None),
        )

    def delete_row(self, row: Any) -> None:
        warehouse_assignment.delete_zone(zone=row)


def _channels() -> list[Channel]:
    return list(Channel.objects.order_by("name"))


def _warehouses() -> list[Warehouse]:
    return list(Warehouse.objects.order_by("name"))


def _link_changes(rows: list[Any], wanted: list[str], linked: Any) -> LinkChanges[Any]:
    """What makes `linked` (a related manager, None for a new row) be exactly the wanted rows."""
    before = set(linked.values_list("pk", flat=True)) if linked is not None else set()
    after = {row.pk for row in chosen(rows, wanted)}
    return LinkChanges(
        add=[row for row in rows if row.pk in after - before],
        remove=[row for row in rows if row.pk in before - after],
    )


@admin.register(ShippingMethod)
class ShippingMethodAdmin(SettingAdmin):
    required_permissions = ("MANAGE_SHIPPING",)
    channel_path = SHARED
    list_display = ("name", "shipping_zone", "prices")
    search_fields = ("name", "shipping_zone__name")
    ordering = ("shipping_zone__name", "name")

    def rows(self, request: HttpRequest) -> Any:
        rows = ShippingMethod.objects.select_related("shipping_zone")
        return rows.prefetch_related("channel_listings__channel")

    @column("Prices")
    def prices(self, method: ShippingMethod) -> str:
        return "; ".join(
            f"{listing.channel}: {format_money(listing.price_amount, listing.currency)}"
            for listing in method.channel_listings.all()
        )

    can_add = True
    new_words = "It is offered in the channels in which it has a price; 0 is free."
    only_when_new = ("zone",)
    delete_words = "Nobody can choose it any more. Orders keep it by name and price."

    def new_fields(self) -> Fields:
        zones = [(str(zone.pk), zone.name) for zone in ShippingZone.objects.order_by("name")]
        found: dict[str, tuple[forms.Field, Any]] = {
            "zone": (choice("Zone", zones), ""),
            "name": (text("Name, which buyers see", required=True, max_length=100), ""),
        }
        found |= _day_fields(ShippingMethod())
        return found | _price_fields(_channels(), {})

    def create_row(self, request: HttpRequest, data: Mapping[str, Any]) -> ShippingMethod:
        method = shipping_methods.create_in_transaction(
            zone=ShippingZone.objects.get(pk=data["zone"]),
            given={"name": data["name"], "type": "PRICE"} | {name: data[name] for name, _ in DAYS},
        )
        listings = _listings(_channels(), data)
        if not listings:
            raise OperationError("Say for at least one channel what it costs.")
        shipping_methods.update_channel_listings_in_transaction(method=method, listings=listings)
        return method

    def delete_row(self, row: Any) -> None:
        shipping_methods.delete(method=row)

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        return [("Zone", row.shipping_zone), ("Countries", ", ".join(row.shipping_zone.countries))]

    def fields_of(self, row: Any) -> Fields:
        found: dict[str, tuple[forms.Field, Any]] = {
            "name": (text("Name", required=True, max_length=100), row.name)
        }
        found |= _day_fields(row)
        prices = {listing.channel_id: listing.price_amount for listing in row.channel_listings.all()}
        return found | _price_fields(_channels_of(row), prices)

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        plain = {name: value for name, value in data.items() if not name.startswith("price-")}
        if any(getattr(row, name) != value for name, value in plain.items()):
            shipping_methods.update_in_transaction(method=row, given=plain)
        offered = _channels_of(row)
        listings = _listings(offered, data)
        kept = [listing.channel.pk for listing in listings]
        left = Channel.objects.filter(pk__in=row.channel_listings.values("channel_id")).exclude(pk__in=kept)
        shipping_methods.update_channel_listings_in_transaction(
            method=row, listings=listings, remove=list(left)
        )


def _channels_of(method: ShippingMethod) -> list[Channel]:
    """Those of its zone: a price elsewhere is offered to nobody, and one is missing where the zone is new."""
    return list(method.shipping_zone.channels.order_by("name"))


def _price_fields(
    channels: Iterable[Channel], prices: Mapping[int, Decimal]
) -> dict[str, tuple[forms.Field, Any]]:
    """For each channel what it costs there; empty: it is not offered there."""
    found: dict[str, tuple[forms.Field, Any]] = {}
    for channel in channels:
        currency, price = channel.currency_code, prices.get(channel.pk)
        field = AmountField(
            currency=currency,
            minimum=0,
            maximum=10**6,
            required=False,
            label=f"Price in {channel}, in {currency}",
        )
        found[f"price-{channel.slug}"] = (field, None if price is None else quantize(price, currency))
    return found


def _listings(channels: Iterable[Channel], data: Mapping[str, Any]) -> list[shipping_methods.ListingInput]:
    return [
        shipping_methods.ListingInput(channel, {"price": price})
        for channel in channels
        if (price := data[f"price-{channel.slug}"]) is not None
    ]


DAYS = (("minimum_delivery_days", "At least days"), ("maximum_delivery_days", "At most days"))


def _day_fields(method: ShippingMethod) -> dict[str, tuple[forms.Field, Any]]:
    return {
        name: (
            QuantityField(minimum=0, maximum=365, required=False, label=label),
            getattr(method, name),
        )
        for name, label in DAYS
    }


@admin.register(TaxClass)
class TaxClassAdmin(SettingAdmin):
    required_permissions = ("MANAGE_TAXES",)
    channel_path = SHARED
    list_display = ("name", "countries")
    search_fields = ("name",)
    ordering = ("name",)

    can_add = True
    delete_words = "Products of this class are taxed by the rate of their country."

    def new_fields(self) -> Fields:
        return {
            "name": (text("Name", required=True, max_length=255), ""),
            "rates": (LinesField("Rates", help_text=NUMBER_WORDS), ""),
        }

    def create_row(self, request: HttpRequest, data: Mapping[str, Any]) -> TaxClass:
        return tax_classes.create_in_transaction(name=data["name"], rates=_rates(data["rates"]))

    def delete_row(self, row: Any) -> None:
        tax_classes.delete(tax_class=row)

    def rows(self, request: HttpRequest) -> Any:
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
            found[f"rate-{rate.country}"] = (field, without_trailing_zeros(rate.rate))
        found["rates"] = (LinesField("More countries", help_text=NUMBER_WORDS), "")
        return found

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        rates = [
            (name.removeprefix("rate-"), float(Decimal(value)))
            for name, value in data.items()
            if name.startswith("rate-")
        ]
        known = {country for country, _ in rates}
        added = _rates(data["rates"])
        if again := [country for country, _ in added if country in known]:
            raise OperationError(f"{again[0]} has a rate already: change it in its field.", field="rates")
        rates += added
        tax_classes.update_in_transaction(tax_class=row, name=data["name"], rates=rates)


CODES_HELP = "Two letters each, such as FR 20; the United Kingdom is GB, Greece is GR."


def _rates(lines: list[str]) -> list[tuple[str, float]]:
    """(country, percent) of lines such as `FR 20`. Raises OperationError."""
    found = []
    for line in lines:
        country, _, percent = line.partition(" ")
        if problem := country_problem([country.upper()]):
            raise OperationError(f"{problem} {CODES_HELP}", field="rates")
        try:
            found.append((country.upper(), float(parse_number(percent.strip().removesuffix("%").strip()))))
        except UnreadableNumber as error:
            raise OperationError(f"{line[:30]}: {error.question}", field="rates") from None
    return found


OPENING_WORDS = (
    "Within seconds buyers can choose it and order here, at the prices and from the stock that this channel has. Carts"
    " from before it was closed can be paid again."
)
CLOSING_WORDS = (
    "Within seconds buyers can't choose it any more, its pages and links show another market, and its carts can't be"
    " changed or paid. Carts and prices are kept for when you open it again. A payment that is under way just now may"
    " still come in: it is listed on the first page as paid without an order, to be made an order or sent back. Who"
    " waits for something to be back here gets that mail only once it is open. Orders stay, and are sent, returned and"
    " refunded as before; so do their mails, vouchers and gift cards."
)
LAST_OPEN_WORDS = " It is the only open channel: the shop then sells nothing at all."


def _closing_words(channel: Channel) -> str:
    others = Channel.objects.filter(is_active=True).exclude(pk=channel.pk)
    return CLOSING_WORDS if others.exists() else CLOSING_WORDS + LAST_OPEN_WORDS


@admin.register(Channel)
class ChannelAdmin(SettingAdmin):
    required_permissions = ("MANAGE_CHANNELS",)
    channel_path = "pk"
    list_display = ("name", "currency_code", "default_country", "is_active")
    search_fields = ("name", "slug")
    ordering = ("name",)

    can_add = True
    new_words = "A market with its own currency and prices. Its currency can't change once it is made."
    only_when_new = ("slug", "currency_code", "default_country")

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        return [
            ("Short name", row.slug),
            ("Currency", row.currency_code),
            ("Usual country", row.default_country),
            ("Open", "yes" if row.is_active else "no: nobody can buy here"),
        ]

    def links(self, row: Any) -> list[tuple[str, str]]:
        words = "Close for buyers …" if row.is_active else "Open for buyers …"
        return [(self.view_url("opening", row), words)]

    def row_views(self) -> dict[str, View]:
        return super().row_views() | {"opening": self.opening}

    def opening(self, request: HttpRequest, row: Channel) -> HttpResponse:
        """Ask, then open a closed channel or close an open one; a form that is sent again changes nothing more."""
        opens = request.POST.get("opens", "" if row.is_active else "1") == "1"
        failure = None
        if request.method == "POST":
            failure = run_operation(
                request,
                lambda: self._set_open(row, opens=opens),
                success_message=f"{row} is {'open' if opens else 'closed'}.",
            )
            if failure is None:
                return HttpResponseRedirect(self.row_url(row))
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if failure else 200,
            row=row,
            title=f"{'Open' if opens else 'Close'} {row} for buyers?",
            words=OPENING_WORDS if opens else _closing_words(row),
            problem=failure.message if failure else None,
            hidden={"opens": "1" if opens else ""},
            button="Open" if opens else "Close",
            danger=not opens,
            back=self.row_url(row),
        )

    def _set_open(self, row: Channel, *, opens: bool) -> None:
        with transaction.atomic(durable=True):
            channel = Channel.objects.select_for_update().get(pk=row.pk)
            if channel.is_active != opens:
                channels.update(channel=channel, given={"is_active": opens})

    def new_fields(self) -> Fields:
        given = {
            "slug": (text("Short name, as in addresses", required=True, max_length=255), ""),
            "currency_code": (text("Currency, three letters", required=True, max_length=3), ""),
            "default_country": (text("Usual country, two letters", required=True, max_length=2), ""),
        }
        fields = dict(self.fields_of(Channel()))
        return {"name": fields.pop("name")} | given | fields

    def fields_of(self, row: Any) -> Fields:
        warehouses, zones = _warehouses(), list(ShippingZone.objects.order_by("name"))
        stored = row.warehouses.values_list("pk", flat=True) if row.pk else ()
        sent = row.shipping_zones.values_list("pk", flat=True) if row.pk else ()
        return {
            "name": (text("Name", required=True, max_length=250), row.name),
            "warehouses": (several("Sells from", warehouses), keys(warehouses, stored)),
            "zones": (several("Sends to the zones", zones), keys(zones, sent)),
            "automatically_confirm_all_new_orders": (
                switch("Orders need no confirmation by staff"),
                row.automatically_confirm_all_new_orders,
            ),
            "automatically_fulfill_non_shippable_gift_card": (
                switch("Gift cards without a parcel are mailed as soon as they are paid"),
                row.automatically_fulfill_non_shippable_gift_card,
            ),
            "release_funds_for_expired_checkouts": (
                switch("The money of a cart that was paid and not ordered goes back by itself"),
                row.release_funds_for_expired_checkouts,
            ),
            "checkout_ttl_before_releasing_funds": (
                QuantityField(
                    minimum=1,
                    maximum=8760,
                    required=False,
                    label="… after so many hours without a change; empty: never",
                ),
                row.checkout_ttl_before_releasing_funds,
            ),
        }

    def create_row(self, request: HttpRequest, data: Mapping[str, Any]) -> Channel:
        given = _channel_input(data)
        upper = {name: data[name].upper() for name in ("currency_code", "default_country")}
        return warehouse_assignment.create_channel_in_transaction(
            given=given | upper | {"is_active": True},
            warehouses=chosen(_warehouses(), data["warehouses"]),
            zones=chosen(list(ShippingZone.objects.all()), data["zones"]),
        )

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        zones = list(ShippingZone.objects.order_by("name"))
        warehouse_assignment.update_channel_in_transaction(
            channel=row,
            given=_channel_input(data),
            warehouses=_link_changes(_warehouses(), data["warehouses"], row.warehouses),
            zones=_link_changes(zones, data["zones"], row.shipping_zones),
        )


def _channel_input(data: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values, grouped as in the API's input."""
    grouped = {name for names in CHANNEL_SETTINGS.values() for name in names}
    plain = {name: value for name, value in data.items() if name not in {"warehouses", "zones", *grouped}}
    return plain | {group: {name: data[name] for name in names} for group, names in CHANNEL_SETTINGS.items()}


CHANNEL_SETTINGS = {
    "order_settings": (
        "automatically_confirm_all_new_orders",
        "automatically_fulfill_non_shippable_gift_card",
    ),
    "payment_settings": ("release_funds_for_expired_checkouts", "checkout_ttl_before_releasing_funds"),
}


@admin.register(Menu)
class MenuAdmin(SettingAdmin):
    required_permissions = ("MANAGE_MENUS",)
    channel_path = SHARED
    list_display = ("name", "slug", "entries")
    search_fields = ("name", "slug")
    ordering = ("name",)

    def rows(self, request: HttpRequest) -> Any:
        return Menu.objects.annotate(entry_total=Count("items"))

    @column("Entries")
    def entries(self, menu: Any) -> int:
        return int(menu.entry_total)

    can_add = True
    delete_words = "Where the shop shows this menu, it shows nothing."

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        return [
            (_entry_name(item), item.category or item.collection or item.page or item.url or "")
            for item in _in_tree(row)
        ]

    def new_fields(self) -> Fields:
        return {
            "name": (text("Name", required=True, max_length=250), ""),
            "slug": (text("Short name, as in templates", max_length=255), ""),
        }

    def create_row(self, request: HttpRequest, data: Mapping[str, Any]) -> Menu:
        return menus.create_in_transaction(name=data["name"], slug=data["slug"] or None)

    def fields_of(self, row: Any) -> Fields:
        items = _in_tree(row)
        unwanted = forms.MultipleChoiceField(
            label="Entries to take away, with all below them",
            choices=[(str(item.pk), _entry_name(item)) for item in items],
            required=False,
            widget=UnfoldAdminCheckboxSelectMultipleWidget,
        )
        under = [("", "the menu itself"), *((str(item.pk), item.name) for item in items)]
        return {
            "name": (text("Name", required=True, max_length=250), row.name),
            **_place_fields(items),
            "entry": (text("New entry, as buyers read it", max_length=128), ""),
            "leads_to": (_optional_choice("It leads to", _targets()), ""),
            "url": (text("Or to this address", max_length=256), ""),
            "under": (_optional_choice("Below", under), ""),
            "unwanted": (unwanted, []),
        }

    def logged_values(self, row: Any) -> Mapping[str, str]:
        """Its entries in their order; the form has a number for each."""
        return {"name": row.name, "entries": ", ".join(map(_entry_name, _in_tree(row)))}

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        if data["name"] != row.name:
            menus.update_in_transaction(menu=row, given={"name": data["name"]})
        menus.move_items_in_transaction(menu=row, moves=_moves(row, data))
        if data["entry"]:
            target = _target(data["leads_to"]) if data["leads_to"] else None
            parent = row.items.get(pk=data["under"]) if data["under"] else None
            link = menus.Link(target=target, url=data["url"] or None)
            menus.add_item_in_transaction(menu=row, name=data["entry"], parent=parent, link=link)
        elif data["leads_to"] or data["url"]:
            raise OperationError("Say what the new entry is called.", field="entry")
        for pk in data["unwanted"]:
            if item := row.items.filter(pk=pk).first():  # else it went with the one above it
                menus.delete_item_in_transaction(item=item)

    def delete_row(self, row: Any) -> None:
        menus.delete(menu=row)


TARGETS: Mapping[str, Any] = {"category": Category, "collection": Collection, "page": Page}


def _in_tree(menu: Menu) -> list[MenuItem]:
    """The entries as buyers see them: each followed by those below it."""
    below: dict[int | None, list[MenuItem]] = defaultdict(list)
    for item in menu.items.select_related("category", "collection", "page"):
        below[item.parent_id].append(item)
    found: list[MenuItem] = []
    waiting = below[None][::-1]
    while waiting:
        found.append(item := waiting.pop())
        waiting += below[item.pk][::-1]
    return found


def _beside(items: Iterable[MenuItem]) -> list[list[MenuItem]]:
    """The entries that stand beside each other, in their order."""
    groups: dict[int | None, list[MenuItem]] = defaultdict(list)
    for item in items:
        groups[item.parent_id].append(item)
    return list(groups.values())


def _place_fields(items: list[MenuItem]) -> dict[str, tuple[forms.Field, Any]]:
    """For each entry its place, from 1, among those beside it; an entry that stands alone has none."""
    places = {
        item: (place, len(group))
        for group in _beside(items)
        if len(group) > 1
        for place, item in enumerate(group, start=1)
    }
    return {
        f"place-{item.pk}": (
            QuantityField(minimum=1, maximum=places[item][1], label=f"Place of “{item.name}”"),
            places[item][0],
        )
        for item in items
        if item in places
    }


def _moves(menu: Menu, data: Mapping[str, Any]) -> list[menus.Move]:
    """The moves, one after the other, that put the entries in the order that was typed."""
    found = []
    for group in _beside(_in_tree(menu)):
        now = list(group)
        for place, item in enumerate(_arranged(group, data)):
            at = now.index(item)
            if at != place:
                now.insert(place, now.pop(at))
                found.append(menus.Move(item, None, keeps_parent=True, places=place - at))
    return found


def _arranged(group: list[MenuItem], data: Mapping[str, Any]) -> list[MenuItem]:
    """Those that were given another place stand there, the others around them as before."""
    wanted = {item: data.get(f"place-{item.pk}", place) for place, item in enumerate(group, start=1)}
    moved = [item for place, item in enumerate(group, start=1) if wanted[item] != place]
    arranged = [item for item in group if item not in moved]
    for item in sorted(moved, key=wanted.__getitem__):
        arranged.insert(wanted[item] - 1, item)
    return arranged


def _entry_name(item: MenuItem) -> str:
    return f"{'– ' * item.level}{item.name}"


def _optional_choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    field = choice(label, choices)
    field.required = False
    return field


def _targets() -> list[tuple[str, str]]:
    found = [("", "nothing yet")]
    for kind, model in TARGETS.items():
        found += [(f"{kind}-{row.pk}", f"{row} ({kind})") for row in model._default_manager.all()[:500]]
    return found


def _target(value: str) -> Category | Collection | Page:
    kind, _, pk = value.partition("-")
    row: Category | Collection | Page = TARGETS[kind]._default_manager.get(pk=pk)
    return row
