"""The audit log: what people changed, when, and what was there before; from the events that operations record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from store.engine.accounts import actor_names
from store.engine.accounts.models import User
from store.engine.admin import table_files
from store.engine.admin.base import ReadOnlyAdmin, View, column
from store.engine.admin.dates import time_text
from store.engine.events.current_actor import Actor
from store.engine.events.event_permissions import display_name
from store.engine.events.models import Event
from store.engine.orders.models import Order

MAX_EXPORTED, EXPORT_CHUNK = 50_000, 1000  # entries
PAGES = {  # the page of an object, by Saleor's name of its type
    "Order": "orders_order",
    "Product": "catalog_product",
    "User": "accounts_user",
    "Checkout": "checkout_checkout",
}


class KindFilter(admin.SimpleListFilter):
    title = "about"
    parameter_name = "about"
    KINDS = (
        "Order", "Fulfillment", "Product", "ProductVariant", "ProductMedia", "Category", "Collection", "Page", "Menu",
        "Voucher", "GiftCard", "ShippingZone", "ShippingMethodType", "Warehouse", "TaxClass", "TaxConfiguration",
        "Channel", "User", "Shop", "App",
    )  # fmt: skip

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, kind) for kind in self.KINDS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(object_kind=self.value()) if self.value() else queryset


@admin.register(Event)
class AuditLogAdmin(ReadOnlyAdmin):
    serves_saleor = True
    required_permissions = ("MANAGE_STAFF",)
    list_before_template = "shop_admin/audit_links.html"
    list_display = ("when", "who", "what", "about", "changed")
    list_display_links = None
    list_filter = (KindFilter,)
    search_fields = ("type",)  # shows the field; `get_search_results` answers
    search_help_text = "Person, what was done, or number of the object"
    ordering = ("-pk",)

    def rows(self, request: HttpRequest) -> QuerySet[Event]:
        return Event.objects.filter(principal_kind="User")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        for word in search_term.split()[:6]:
            users = User.objects.filter(email__icontains=word).values_list("pk", flat=True)[:200]
            queryset = queryset.filter(
                Q(principal_pk__in=[str(pk) for pk in users])
                | Q(type__icontains=word.replace(" ", "_"))
                | Q(object_pk=word)
            )
        return queryset, False

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list with the persons of the events it shows, read together."""
        changes: ChangeList = super().get_changelist_instance(request)
        changes.result_list = with_names(changes.result_list)
        return changes

    def list_views(self) -> Mapping[str, View]:
        return {"export": self.export}

    def export(self, request: HttpRequest) -> FileResponse:
        """The newest entries as CSV."""
        return table_files.csv_response(_table(self.get_queryset(request)), name="audit-log.csv")

    @column("When", ordering="pk")
    def when(self, event: Event) -> str:
        return time_text(event.created_at)

    @column("Who")
    def who(self, event: Event) -> str:
        return person_of(event)

    @column("What", ordering="type")
    def what(self, event: Event) -> str:
        return display_name(event.type)

    @column("About")
    def about(self, event: Event) -> SafeString | str:
        name = getattr(event, "order_name", "") or f"{event.object_kind} {event.object_pk[:8]}"
        try:
            page = reverse(f"admin:{PAGES[event.object_kind]}_change", args=[event.object_pk])
        except (KeyError, NoReverseMatch):
            return name
        return format_html('<a href="{}">{}</a>', page, name)

    @column("Before → after")
    def changed(self, event: Event) -> str:
        return "; ".join(
            f"{name}: {before or 'nothing'} → {after or 'nothing'}"
            for name, (before, after) in event.changes.items()
        )


def _table(events: QuerySet[Event]) -> Iterator[Sequence[object]]:
    """A heading, then a row for each changed field, the newest first; read by key in chunks of EXPORT_CHUNK."""
    yield "when", "who", "what", "about", "number", "field", "before", "after"
    last, left = None, MAX_EXPORTED
    while left > 0:
        older = events if last is None else events.filter(pk__lt=last)
        if not (rows := with_names(older.order_by("-pk")[: min(EXPORT_CHUNK, left)])):
            return
        for event in rows:
            when = event.created_at.isoformat(timespec="seconds")
            entry = (when, person_of(event), event.type, event.object_kind, event.object_pk)
            fields = event.changes.items() or [("", ("", ""))]
            yield from ((*entry, name, before, after) for name, (before, after) in fields)
        last, left = rows[-1].pk, left - len(rows)


def with_names(events: Iterable[Event]) -> list[Event]:
    """The events with `person` and, of an order, `order_name`; each read in one statement."""
    rows = list(events)
    names = actor_names.names(Actor(row.principal_kind, row.principal_pk) for row in rows)
    numbers = _order_numbers(row.object_pk for row in rows if row.object_kind == "Order")
    for row in rows:
        number = numbers.get(row.object_pk) if row.object_kind == "Order" else None
        row.order_name = f"Order #{number}" if number else ""  # type: ignore[attr-defined]
        row.person = names.get(Actor(row.principal_kind, row.principal_pk), "")  # type: ignore[attr-defined]
    return rows


def _order_numbers(pks: Iterable[str]) -> dict[str, int]:
    """By primary key, as text."""
    found = Order.objects.filter(pk__in=set(pks)).values_list("pk", "number")
    return {str(pk): number for pk, number in found}


def person_of(event: Event) -> str:
    return str(getattr(event, "person", "")) or f"user {event.principal_pk}"
