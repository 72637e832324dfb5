"""What goes into a parcel: pieces, warehouse and lots of each line, carrier and tracking number."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from store.engine import ports
from store.engine.admin.lot_field import LotsField, on_hand_words, with_quantities
from store.engine.orders.fulfillments import FulfillLine
from store.engine.orders.models import Order, OrderLine
from store.engine.ports import LotOnHand
from store.engine.stock.models import Allocation, Warehouse
from store.saleor import carriers
from store.typed_numbers import QuantityField

TRACKING_HELP = "As the carrier prints it. May be left empty and added later."


def carrier_field(*, without: str = "As the delivery says") -> forms.ChoiceField:
    """`without`: the words for none."""
    return forms.ChoiceField(
        choices=[("", without), *((name, name) for name in carriers.NAMES)],
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text="With it the tracking number becomes a link.",
    )


@dataclass(frozen=True, slots=True)
class ParcelChoices:
    """What the forms of parcels offer. `lines`: still to send, by order id; `allocated`: a warehouse by line id."""

    lines: Mapping[UUID, Sequence[OrderLine]]
    warehouses: Sequence[Warehouse]
    allocated: Mapping[UUID, UUID]
    lots: Sequence[LotOnHand]


def parcel_choices(orders: Sequence[Order]) -> ParcelChoices:
    """Read together for all of them: a number of statements that does not grow with the orders."""
    lines: dict[UUID, list[OrderLine]] = defaultdict(list)
    of_orders = OrderLine.objects.filter(order__in=[order.pk for order in orders])
    for line in of_orders.select_related("variant__product"):
        if line.quantity_unfulfilled:
            lines[line.order_id].append(line)
    every = [line for of_one in lines.values() for line in of_one]
    return ParcelChoices(
        lines=lines,
        warehouses=list(Warehouse.objects.order_by("name")),
        allocated=_allocated_warehouses(every),
        lots=ports.connected().lots.on_hand(skus=sorted({line.product_sku or "" for line in every})),
    )


def _allocated_warehouses(lines: Sequence[OrderLine]) -> dict[UUID, UUID]:
    """By line id the warehouse with the largest allocation to it."""
    largest: dict[UUID, tuple[int, UUID]] = defaultdict(lambda: (0, UUID(int=0)))
    rows = Allocation.objects.filter(order_line_id__in=[line.pk for line in lines]).select_related("stock")
    for row in rows:
        largest[row.order_line_id] = max(largest[row.order_line_id], (row.quantity, row.stock.warehouse_id))
    return {line: warehouse for line, (_, warehouse) in largest.items()}


class FulfillForm(forms.Form):
    """For each unfulfilled order line the quantity, the warehouse and the lot to send."""

    tracking_number = forms.CharField(
        max_length=255, required=False, widget=UnfoldAdminTextInputWidget, help_text=TRACKING_HELP
    )
    notify_customer = forms.BooleanField(
        required=False, initial=True, widget=UnfoldBooleanSwitchWidget, label="Tell the customer by mail"
    )

    def __init__(
        self, *args: Any, order: Order, choices: ParcelChoices | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choices = choices or parcel_choices([order])
        self.lines = list(choices.lines.get(order.pk, ()))
        self.warehouses, self.lots = choices.warehouses, choices.lots
        self.fields["carrier"] = carrier_field()
        for line in self.lines:
            self._add_row(line, choices.allocated.get(line.pk))

    def _add_row(self, line: OrderLine, warehouse: UUID | None) -> None:
        left = line.quantity_unfulfilled
        self.fields[f"quantity-{line.pk}"] = QuantityField(
            minimum=0, maximum=left, initial=left, required=False
        )
        self.fields[f"warehouse-{line.pk}"] = forms.ChoiceField(
            choices=[(str(choice.pk), choice.name) for choice in self.warehouses],
            initial=str(warehouse or ""),
            widget=UnfoldAdminSelectWidget,
        )
        self.fields[f"lot-{line.pk}"] = LotsField()

    def rows(self) -> Iterator[dict[str, Any]]:
        """For the template: each line with its three bound fields."""
        for line in self.lines:
            yield {
                "line": line,
                "quantity": self[f"quantity-{line.pk}"],
                "warehouse": self[f"warehouse-{line.pk}"],
                "lot": self[f"lot-{line.pk}"],
                "lots": on_hand_words([lot for lot in self.lots if lot.sku == line.product_sku]),
            }

    def fulfill_lines(self) -> list[FulfillLine]:
        result = []
        for line in self.lines:
            quantity = self.cleaned_data.get(f"quantity-{line.pk}") or 0
            lots = with_quantities(self.cleaned_data.get(f"lot-{line.pk}") or {}, quantity)
            if quantity:
                warehouse = UUID(self.cleaned_data[f"warehouse-{line.pk}"])
                result.append(FulfillLine(line.pk, warehouse, quantity, lots))
        return result


class ParcelForm(FulfillForm):
    """A parcel among several; who is told is said once for all of them."""

    send = forms.BooleanField(
        required=False, initial=True, widget=UnfoldBooleanSwitchWidget, label="Send it now"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["notify_customer"]
        self.fields["carrier"] = carrier_field(without="As above")


class ForAllParcelsForm(forms.Form):
    """What holds for every parcel that does not say otherwise."""

    notify_customer = forms.BooleanField(
        required=False, initial=True, widget=UnfoldBooleanSwitchWidget, label="Tell the customers by mail"
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["carrier"] = carrier_field()
        self.order_fields(("carrier", "notify_customer"))
