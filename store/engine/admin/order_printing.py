"""Pages for the packing table: the pick list of several orders, and a packing slip for each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from babel import Locale, UnknownLocaleError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from store.engine import ports
from store.engine.admin.base import ReadOnlyAdmin, require_post, run_operation
from store.engine.admin.lot_field import on_hand_words
from store.engine.catalog.models import Page
from store.engine.channels import translations
from store.engine.orders import picking
from store.engine.orders.models import Order, OrderLine
from store.engine.stock.models import Allocation
from store.saleor.whole_numbers import whole_number

MAX_ORDERS = 200
INSERT = "insert"  # metadata of an order line: `silicone-cups@1.0`


@dataclass(slots=True)
class PickRow:
    """The pieces of an SKU to take from a warehouse, for these orders."""

    warehouse: str
    sku: str
    name: str
    quantity: int = 0
    numbers: list[int] = field(default_factory=list)
    lots: str = ""


@dataclass(frozen=True, slots=True)
class InsertSheet:
    """The safety insert to put in the parcel: its title and language in words, such as "German"."""

    title: str
    slug: str
    version: str
    language: str


class OrderPrinting(ReadOnlyAdmin):
    """The views that print."""

    def printing_views(self) -> dict[str, Callable[[HttpRequest], HttpResponse]]:
        return {"pick-list": self.pick_list, "packing-slips": self.packing_slips, "picked": self.picked}

    def pick_list(self, request: HttpRequest) -> HttpResponse:
        """What to take from which warehouse, over several orders."""
        orders = self.named_orders(request)
        context = {
            "title": f"Pick list of {len(orders)} order{'' if len(orders) == 1 else 's'}",
            "rows": pick_rows(orders),
            "orders": orders,
        }
        return TemplateResponse(request, "shop_admin/print/pick_list.html", context)

    def packing_slips(self, request: HttpRequest) -> HttpResponse:
        """One sheet for each order, with the inserts that belong in the parcel."""
        orders = self.named_orders(request)
        sheets = insert_sheets(orders)
        slips = [(order, _lines_to_send(order), sheets[order.pk]) for order in orders]
        context = {"title": "Packing slips", "slips": slips}
        return TemplateResponse(request, "shop_admin/print/packing_slips.html", context)

    def picked(self, request: HttpRequest) -> HttpResponse:
        """Note that the orders are picked; they wait for their parcels in the next queue."""
        require_post(request)
        orders = self.named_orders(request)
        done: list[int] = []
        failure = run_operation(
            request,
            lambda: done.append(picking.mark_picked(order_ids=[order.pk for order in orders])),
            success_message=lambda: f"{done[0]} picked; they wait under “To ship”.",
        )
        if failure:
            self.message_user(request, failure.message, level="ERROR")
        return HttpResponseRedirect(f"{self.list_url()}?state=ship")

    def named_orders(
        self, request: HttpRequest, *, otherwise: Callable[[], QuerySet[Order]] = picking.to_pick
    ) -> list[Order]:
        """The orders in reach that are named (`?orders=7,12`), or all of the queue `otherwise`; oldest first."""
        given = (request.POST if request.method == "POST" else request.GET).get("orders", "")
        numbers = [number for text in given.split(",") if (number := whole_number(text.strip())) is not None]
        found = Order.objects.filter(number__in=numbers[:MAX_ORDERS]) if given else otherwise()
        related = self.in_reach(request, found).select_related(
            "shipping_address", "billing_address", "channel"
        )
        return list(related.prefetch_related("lines__variant").order_by("number")[:MAX_ORDERS])


def _lines_to_send(order: Order) -> list[OrderLine]:
    """Lines that are wholly sent are listed on the slip of an earlier parcel; of a finished order all are shown."""
    lines = [line for line in order.lines.all() if line.is_shipping_required]
    return [line for line in lines if line.quantity_unfulfilled] or lines


def _inserts(order: Order) -> list[tuple[str, str]]:
    """(slug, version) of the safety inserts that belong in the parcel."""
    found = {line.metadata.get(INSERT, "") for line in _lines_to_send(order)}
    return sorted((slug, version) for slug, _, version in (text.partition("@") for text in found if text))


def insert_sheets(orders: Sequence[Order]) -> dict[UUID, list[InsertSheet]]:
    """By order the inserts for its parcel, in its language; read together for all of them."""
    inserts = {order.pk: _inserts(order) for order in orders}
    slugs = {slug for of_one in inserts.values() for slug, _ in of_one}
    pages = {page.slug: page for page in Page.objects.filter(slug__in=slugs).only("slug", "title")}
    pks = [page.pk for page in pages.values()]
    languages = {_language(order) for order in orders}
    translated = {code: translations.find(kind="Page", pks=pks, language=code) for code in languages}

    def sheet(order: Order, slug: str, version: str) -> InsertSheet:
        language, page = _language(order), pages.get(slug)
        own = translated[language].get(str(page.pk)) if page else None
        title = (own and own.title) or (page.title if page else slug)
        return InsertSheet(title, slug, version, _language_name(language))

    return {order.pk: [sheet(order, *insert) for insert in inserts[order.pk]] for order in orders}


def _language(order: Order) -> str:
    """Without the country: inserts are written for languages."""
    return order.language_code.partition("-")[0]


def _language_name(code: str) -> str:
    """`German`; a code that nobody knows stands for itself."""
    try:
        return Locale.parse(code).english_name or code
    except (ValueError, UnknownLocaleError):
        return code


def pick_rows(orders: Sequence[Order]) -> list[PickRow]:
    """By warehouse and SKU; the lots to take are those that expire first."""
    lines = {line.pk: line for order in orders for line in order.lines.all()}
    numbers = {line.pk: order.number for order in orders for line in order.lines.all()}
    rows: dict[tuple[str, str], PickRow] = {}
    shares: dict[UUID, int] = defaultdict(int)
    allocations = Allocation.objects.filter(order_line_id__in=lines).select_related("stock__warehouse")
    for allocation in allocations.order_by("pk"):
        line, warehouse = lines[allocation.order_line_id], allocation.stock.warehouse
        _add(rows, warehouse.name, line, allocation.quantity, numbers[line.pk])
        shares[line.pk] += allocation.quantity
    for line in lines.values():  # what is not tracked is in no warehouse
        if (rest := line.quantity_unfulfilled - shares[line.pk]) > 0 and line.is_shipping_required:
            _add(rows, "", line, rest, numbers[line.pk])
    _add_lots(
        rows.values(),
        {allocation.stock.warehouse.name: allocation.stock.warehouse.slug for allocation in allocations},
    )
    return sorted(rows.values(), key=lambda row: (row.warehouse, row.sku, row.name))


def _add(
    rows: dict[tuple[str, str], PickRow], warehouse: str, line: OrderLine, quantity: int, number: int
) -> None:
    sku = line.product_sku or ""
    name = f"{line.product_name}{f', {line.variant_name}' if line.variant_name else ''}"
    row = rows.setdefault((warehouse, sku or name), PickRow(warehouse, sku, name))
    row.quantity += quantity
    if number not in row.numbers:
        row.numbers.append(number)


def _add_lots(rows: Iterable[PickRow], slugs: dict[str, str]) -> None:
    on_hand = ports.connected().lots.on_hand(skus=[row.sku for row in rows if row.sku])
    for row in rows:
        own = [lot for lot in on_hand if lot.sku == row.sku and lot.warehouse == slugs.get(row.warehouse)]
        row.lots = on_hand_words([lot for lot in own if lot.may_be_sent])
