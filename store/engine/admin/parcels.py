"""Several parcels in one go: a page with a row for each order that is to be sent, and one act.

Each parcel is sent in a transaction of its own, with a one-time key of its own. So one that is refused holds up no
other, and a page that is sent twice sends nothing twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from store.engine.admin import one_time_forms
from store.engine.admin.base import posted_data, run_operation
from store.engine.admin.order_printing import OrderPrinting, named_orders
from store.engine.admin.parcel_forms import ForAllParcelsForm, ParcelForm, parcel_choices
from store.engine.orders import fulfillments, picking, request_keys
from store.engine.orders.models import Order

MAX_PARCELS = 50
NOTHING_LEFT = "Everything of it was sent meanwhile, or it is not to be sent any more."


@dataclass(slots=True)
class ParcelRow:
    """An order of the page. `key`: makes its parcel once; `problem`: why it was refused."""

    order: Order
    form: ParcelForm
    key: str
    sent: bool = False
    problem: str = ""

    @property
    def key_name(self) -> str:
        return _key_name(self.order)


class Parcels(OrderPrinting):
    """The view that sends several parcels."""

    def parcel_views(self) -> dict[str, Callable[[HttpRequest], HttpResponse]]:
        return {"ship": self.ship}

    def ship(self, request: HttpRequest) -> HttpResponse:
        """The orders that are named, or all that are picked. `step`: send, or only check what was typed."""
        orders = named_orders(request, otherwise=picking.to_ship)
        rows = _rows(request, orders[:MAX_PARCELS])
        for_all = ForAllParcelsForm(posted_data(request))
        if request.method == "POST" and for_all.is_valid() and request.POST.get("step") == "send":
            for row in rows:
                self._send(request, row, for_all)
        sent = [row for row in rows if row.sent]
        left = [row for row in rows if not row.sent]
        if sent:
            self.message_user(request, _sent_words(sent), level="SUCCESS")
        if sent and not left:
            return HttpResponseRedirect(f"{self.list_url()}?state=ship")
        return self.render_page(
            request,
            "shop_admin/parcels.html",
            status=422 if any(row.problem or row.form.errors for row in left) else 200,
            title="Send parcels",
            rows=left,
            sent=sent,
            for_all=for_all,
            numbers=",".join(str(row.order.number) for row in left),
            waiting=len(orders) - len(rows),
            back=f"{self.list_url()}?state=ship",
        )

    def _send(self, request: HttpRequest, row: ParcelRow, for_all: ForAllParcelsForm) -> None:
        if request_keys.was_used(row.key):
            row.sent = True
            return
        if not row.form.lines:
            row.problem = NOTHING_LEFT
            return
        if not row.form.is_valid() or not row.form.cleaned_data["send"]:
            return
        failure = run_operation(
            request,
            lambda: fulfillments.fulfill(
                order_id=row.order.pk,
                fulfill_lines=row.form.fulfill_lines(),
                tracking_number=row.form.cleaned_data["tracking_number"],
                carrier=row.form.cleaned_data["carrier"] or for_all.cleaned_data["carrier"],
                notify_customer=for_all.cleaned_data["notify_customer"],
                request_key=row.key,
            ),
        )
        row.sent, row.problem = failure is None, failure.message if failure else ""


def _rows(request: HttpRequest, orders: Sequence[Order]) -> list[ParcelRow]:
    choices = parcel_choices(orders)
    return [
        ParcelRow(
            order,
            ParcelForm(posted_data(request), prefix=f"order-{order.number}", order=order, choices=choices),
            request.POST.get(_key_name(order)) or one_time_forms.new_key(),
        )
        for order in orders
    ]


def _key_name(order: Order) -> str:
    return f"order-{order.number}-{one_time_forms.FIELD}"


def _sent_words(rows: Sequence[ParcelRow]) -> str:
    numbers = ", ".join(f"#{row.order.number}" for row in rows)
    return f"{len(rows)} parcel{'' if len(rows) == 1 else 's'} on the way: {numbers}."
