"""Admin of orders: list and page. The forms that change an order are in `order_forms`."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from store.engine import ports
from store.engine.admin import forms, order_event_messages, order_money, order_search
from store.engine.admin.base import View, column, permission_codes_of
from store.engine.admin.currency_format import format_money
from store.engine.admin.dates import time_text
from store.engine.admin.order_forms import OrderForms, destination, payments_of
from store.engine.admin.order_printing import MAX_ORDERS
from store.engine.admin.order_state_labels import delivery_label, payment_label, remaining_work
from store.engine.admin.parcels import Parcels
from store.engine.admin.phone_orders import PhoneOrders
from store.engine.admin.reports import Reports
from store.engine.admin.unanswered_payments import unanswered_with_amounts
from store.engine.checkout import unanswered_payments
from store.engine.graphql.ids import to_global_id
from store.engine.orders import fulfillment_lots, picking, return_requests
from store.engine.orders import state as order_state
from store.engine.orders.models import FulfillmentLine, Order, OrderLine, OrderStatus
from store.saleor.order_state import Action, Lifecycle, OrderState

DRAFT_PAGES = ("orders_order_place", "orders_order_discard")
TONES = {tone: tone for tone in ("success", "warning", "danger", "info", "")}
RETURNED = (OrderStatus.RETURNED, OrderStatus.PARTIALLY_RETURNED)
FILTERS: dict[str, tuple[str, Q]] = {
    "unconfirmed": ("To confirm", Q(status=OrderStatus.UNCONFIRMED)),
    "sent": ("Sent", Q(status=OrderStatus.FULFILLED)),
    "returned": ("Returned", Q(status__in=RETURNED)),
    "cancelled": ("Cancelled", Q(status=OrderStatus.CANCELED)),
    "expired": ("Expired", Q(status=OrderStatus.EXPIRED)),
}
WORK = {  # what waits for the merchant: the rules of `orders.state` and `orders.picking`
    "open": ("To send", order_state.waiting_for_parcel),
    "pick": ("To pick", picking.to_pick),
    "ship": ("To ship (picked)", picking.to_ship),
    "short": ("Problem: too little stock", picking.short_of_stock),
    "unpaid": ("Waits for payment", order_state.waiting_for_payment),
    "refund": ("Refund due", order_state.refund_due),
    "return": ("Return asked", order_state.return_asked),
    "no-lot": ("Sent without a lot", fulfillment_lots.orders_sent_without),
    "unanswered": ("Payment without an answer", unanswered_payments.orders),
}


class OrderStateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _) in (WORK | FILTERS).items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        key = self.value() or ""
        if key in WORK:
            return queryset.filter(pk__in=WORK[key][1]().values("pk"))
        return queryset.filter(FILTERS[key][1]) if key in FILTERS else queryset


class StateColumns:
    """The list's columns about state, for the orders of one page, whose states are read together."""

    def __init__(self, states: dict[Any, OrderState]) -> None:
        self._states = states

    @column("State", ordering="status", label=TONES)
    def state(self, order: Order) -> tuple[str, str]:
        label = delivery_label(self._states[order.pk])
        return label.tone, label.text

    @column("Payment", ordering="charge_status", label=TONES)
    def payment(self, order: Order) -> tuple[str, str]:
        label = payment_label(self._states[order.pk], order.currency)
        return label.tone, label.text


@admin.register(Order)
class OrderAdmin(Parcels, PhoneOrders, Reports, OrderForms):
    required_permissions = ("MANAGE_ORDERS",)
    channel_path = "channel"
    template = "shop_admin/order.html"
    list_before_template = "shop_admin/order_links.html"
    actions = ("pick_list_of", "packing_slips_of", "send_parcels_of")
    list_display = ("number_and_time", "customer", "state", "payment", "total")
    list_display_links = ("number_and_time",)
    list_filter = (OrderStateFilter, "channel")
    search_fields = ("user_email",)  # shows the field; `order_search` answers
    search_help_text = "Number, e-mail, name, city, product, SKU, lot or tracking number"
    ordering = ("-number",)

    def rows(self, request: HttpRequest) -> QuerySet[Order]:
        pieces = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
        rows = Order.objects.all()
        if request.resolver_match and request.resolver_match.url_name in DRAFT_PAGES:
            return rows.select_related("channel", "shipping_address")
        rows = rows.exclude(status=OrderStatus.DRAFT)
        return rows.select_related("channel", "user", "shipping_address", "billing_address").annotate(
            piece_count=Coalesce(Subquery(pieces.annotate(n=Sum("quantity")).values("n")), 0)
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Order], search_term: str
    ) -> tuple[QuerySet[Order], bool]:
        return order_search.search(queryset, search_term), False

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list with the states of the orders it shows."""
        changes: ChangeList = super().get_changelist_instance(request)
        columns = StateColumns(order_state.states_of(list(changes.result_list)))
        changes.list_display = [getattr(columns, str(name), name) for name in changes.list_display]
        changes.sortable_by = None  # any column with an ordering
        return changes

    def list_views(self) -> dict[str, Callable[[HttpRequest], HttpResponse]]:
        return self.printing_views() | self.parcel_views() | self.phone_order_views() | self.report_views()

    def row_views(self) -> dict[str, View]:
        return super().row_views() | self.draft_views()

    @admin.action(description="Pick list")
    def pick_list_of(self, request: HttpRequest, queryset: QuerySet[Order]) -> HttpResponse:
        return self._page_of(request, "pick-list", queryset)

    @admin.action(description="Packing slips")
    def packing_slips_of(self, request: HttpRequest, queryset: QuerySet[Order]) -> HttpResponse:
        return self._page_of(request, "packing-slips", queryset)

    @admin.action(description="Send the parcels")
    def send_parcels_of(self, request: HttpRequest, queryset: QuerySet[Order]) -> HttpResponse:
        return self._page_of(request, "ship", queryset)

    def _page_of(self, request: HttpRequest, page: str, orders: QuerySet[Order]) -> HttpResponse:
        numbers = list(orders.order_by("number").values_list("number", flat=True))
        if len(numbers) > MAX_ORDERS:
            words = f"Of the {len(numbers)} orders that you chose these are the first {MAX_ORDERS}."
            self.message_user(request, words, level="WARNING")
        return HttpResponseRedirect(
            f"{self.list_url(page)}?orders={','.join(map(str, numbers[:MAX_ORDERS]))}"
        )

    @column("Order", ordering="number", header=True)
    def number_and_time(self, order: Order) -> list[str]:
        return [f"#{order.number}", time_text(order.created_at)]

    @column("Customer", ordering="user_email", header=True)
    def customer(self, order: Order) -> list[str]:
        address = order.billing_address or order.shipping_address
        return [(address.full_name if address else "") or "Guest", order.user_email]

    @column("State", ordering="status", label=TONES)
    def state(self, order: Order) -> tuple[str, str]:
        """Stands for the column of `StateColumns` until the page's orders are known."""
        return StateColumns(order_state.states_of([order])).state(order)

    @column("Payment", ordering="charge_status", label=TONES)
    def payment(self, order: Order) -> tuple[str, str]:
        return StateColumns(order_state.states_of([order])).payment(order)

    @column("Total", ordering="total_gross_amount", header=True)
    def total(self, order: Order) -> list[str]:
        count: int = order.piece_count  # type: ignore[attr-defined]
        pieces = "1 piece" if count == 1 else f"{count} pieces"
        return [format_money(order.total_gross_amount, order.currency), f"{pieces} · {order.channel}"]

    def row_context(self, request: HttpRequest, row: Order) -> dict[str, Any]:
        lines = list(row.lines.select_related("variant__product"))
        totals = order_money.totals_of(row, lines)
        contents = FulfillmentLine.objects.select_related("order_line", "warehouse")
        payments = payments_of(row)
        declined = order_money.mark_declined(payments)
        state = order_state.state_of(row, transactions=payments)
        parcels = list(row.fulfillments.prefetch_related(Prefetch("lines", contents)))
        may_refund = "HANDLE_PAYMENTS" in permission_codes_of(request)
        return {
            "state": state,
            "labels": [delivery_label(state), payment_label(state, row.currency)],
            "work": remaining_work(state),
            "lines": order_money.lines_with_money(lines, totals),
            "totals": totals,
            "total_rows": order_money.labelled_rows(totals.rows),
            "replaces": row.private_metadata.get("replaces"),
            "fulfillments": parcels,
            "payments": payments,
            "unanswered": unanswered_with_amounts(payments),
            "may_settle": may_refund,
            "history": order_event_messages.history(
                row,
                row.events.select_related("user").order_by("-date", "-pk"),
                sent=[line for parcel in parcels for line in parcel.lines.all()],
                declined=declined,
            ),
            "may": {action.value.lower(): action in state.actions for action in Action}
            | {
                "refund": may_refund and Action.REFUND in state.actions,
                "capture": may_refund and Action.CAPTURE in state.actions,
                "correct": True,
                "replace": state.lifecycle is Lifecycle.OPEN,
                "close_return": return_requests.asked_at(row) is not None,
            },
            "mails": ports.connected().order_mails(to_global_id("Order", row.pk), **destination(row)),
            "api_id": to_global_id("Order", row.pk),
            "note_form": forms.NoteForm(),
        }
