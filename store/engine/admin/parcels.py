"""Several parcels in one go: a page with a row for each order that is to be sent, and one act.

Each parcel is sent in a transaction of its own, with a one-time key of its own. So one that is refused holds up no
other, and a page that is sent twice sends nothing twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from store.engine.admin import one_time_forms
from store.engine.admin.base import posted_data, run_operation
from store.engine.admin.order_printing import OrderPrinting
from store.engine.admin.parcel_forms import ForAllParcelsForm, ParcelForm, parcel_choices
from store.engine.orders import fulfillments, picking, request_keys
from store.engine.orders.fulfillments import WAITING_FOR_APPROVAL
from store.engine.orders.models import Fulfillment, Order

MAX_PARCELS = 50
NOTHING_LEFT = "Everything of it was sent meanwhile, or it is not to be sent any more."


@dataclass(slots=True)
class ParcelRow:
    """An order of the page. `key`: makes its parcel once; `parcels`: what it made, now or, `sent_before`, at an earlier
    sending of the page; `problem`: why it was refused.
    """

    order: Order
    form: ParcelForm
    key: str
    parcels: Sequence[Fulfillment] = ()
    sent_before: bool = False
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
        orders = self.named_orders(request, otherwise=picking.to_ship)
        on_page = _on_page(request, orders)
        rows = _rows(request, on_page)
        for_all = ForAllParcelsForm(posted_data(request))
        is_valid = request.method != "POST" or for_all.is_valid()
        if is_valid and request.POST.get("step") == "send":
            for row in rows:
                self._send(request, row, for_all)
        sent = [row for row in rows if row.parcels]
        left = [row for row in rows if not row.parcels]
        for words in _sent_words(sent):
            self.message_user(request, words, level="SUCCESS")
        waiting = [order.number for order in orders if order not in on_page]
        if request.method == "POST" and not left:
            return HttpResponseRedirect(self._url_after(waiting))
        return self.render_page(
            request,
            "shop_admin/parcels.html",
            status=422 if not is_valid or any(row.problem or row.form.errors for row in left) else 200,
            title="Send parcels",
            rows=left,
            sent=sent,
            for_all=for_all,
            numbers=",".join(map(str, [*(row.order.number for row in left), *waiting])),
            slips=",".join(str(row.order.number) for row in left),
            waiting=len(waiting),
            back=f"{self.list_url()}?state=ship",
        )

    def _url_after(self, waiting: Sequence[int]) -> str:
        """Where a page leads of which every parcel is sent: to the orders that still wait, or to the queue."""
        if waiting:
            return f"{self.list_url('ship')}?orders={','.join(map(str, waiting))}"
        return f"{self.list_url()}?state=ship"

    def _send(self, request: HttpRequest, row: ParcelRow, for_all: ForAllParcelsForm) -> None:
        """Make the row's parcels; a key that made them before shows them, even where the form no longer fits."""
        row.sent_before = request_keys.was_used(row.key)
        if not row.sent_before:
            if not row.form.lines:
                row.problem = NOTHING_LEFT
                return
            if not row.form.is_valid() or not row.form.cleaned_data["send"]:
                return
        failure = run_operation(request, lambda: _fulfill(row, for_all))
        row.problem = failure.message if failure else ""


def _fulfill(row: ParcelRow, for_all: ForAllParcelsForm) -> None:
    """Raises what `fulfill` raises; also for a key that was used for another order or another form."""
    data = row.form.cleaned_data if not row.sent_before else {}
    _, row.parcels = fulfillments.fulfill(
        order_id=row.order.pk,
        fulfill_lines=row.form.fulfill_lines() if data else (),
        tracking_number=data.get("tracking_number", ""),
        carrier=data.get("carrier") or for_all.cleaned_data["carrier"],
        notify_customer=for_all.cleaned_data["notify_customer"],
        request_key=row.key,
    )


def _on_page(request: HttpRequest, orders: Sequence[Order]) -> Sequence[Order]:
    """The orders of which the page has, or had when it was sent, a row; the others wait until these are sent.

    A page that is partly sent names them all: who was not on it yet has no values to check.
    """
    if request.method == "POST":
        orders = [order for order in orders if _key_name(order) in request.POST]
    return orders[:MAX_PARCELS]


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


def _sent_words(rows: Sequence[ParcelRow]) -> Iterator[str]:
    """A sentence for each thing that became of the parcels; one that waits for approval has not left."""
    before = [row.order for row in rows if row.sent_before]
    new = [row for row in rows if not row.sent_before]
    waiting = [row.order for row in new if any(one.status == WAITING_FOR_APPROVAL for one in row.parcels)]
    gone = [row.order for row in new if row.order not in waiting]
    if gone:
        yield f"{_count(gone)} on the way: {_numbers(gone)}."
    if waiting:
        yield f"{_count(waiting)} made, to be approved before leaving: {_numbers(waiting)}."
    if before:
        yield f"Made already, when this page was sent the first time: {_numbers(before)}."


def _count(orders: Sequence[Order]) -> str:
    return f"{len(orders)} parcel{'' if len(orders) == 1 else 's'}"


def _numbers(orders: Sequence[Order]) -> str:
    return ", ".join(f"#{order.number}" for order in orders)
