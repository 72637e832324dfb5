"""Forms of the stock pages. They check the format of the input; the operations decide what is allowed."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from store.channel_limits import within
from store.engine.catalog.models import ProductVariant
from store.engine.orders.models import OrderLine
from store.engine.stock.low_stock import DEFAULT_THRESHOLD
from store.engine.stock.models import Allocation, Stock, Warehouse
from store.engine.stock.stock_adjustments import LotDetails
from store.saleor.lot_codes import CODE, CODE_RULE
from store.typed_numbers import ConfirmedInput, QuantityField

MAX_PIECES = 1_000_000
MAX_ORDERS_NAMED = 8


def text(label: str, *, required: bool = False, max_length: int = 200, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=max_length, required=required, widget=UnfoldAdminTextInputWidget, **options
    )


def lot_code(label: str = "Lot") -> forms.RegexField:
    return forms.RegexField(
        rf"^{CODE.pattern}$",
        label=label,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        error_messages={"invalid": CODE_RULE},
    )


def orders_promised(stock: Stock, *, reached: frozenset[int] | None) -> str:
    """The orders that the pieces of the row are promised to: `#12, #15 and 3 more`.

    `reached`: the channels whose orders are named; of others only how many there are. None: all.
    """
    promised = Allocation.objects.filter(stock=stock).values("order_line_id")
    lines = OrderLine.objects.filter(pk__in=promised).order_by("order__number")
    numbers = within(lines, reached, "order__channel").values_list("order__number", flat=True).distinct()
    named = [f"#{number}" for number in numbers[:MAX_ORDERS_NAMED]]
    more = lines.values("order__number").distinct().count() - len(named)
    if more and named:
        return f"{', '.join(named)} and {more} more"
    return ", ".join(named) or (f"{more} of other channels" if more else "")


class AsksBelowPromised(ConfirmedInput):
    """Asks before less is on the shelf than is promised to orders, and names the orders."""

    stock: Stock
    reached: frozenset[int] | None  # the channels whose orders may be named, see `orders_promised`

    def ask_if_below_promised(self, name: str, left: int) -> None:
        promised = self.stock.quantity_allocated
        if left >= promised:
            return
        orders = orders_promised(self.stock, reached=self.reached)
        named = f" (orders {orders})" if orders else ""
        self.ask_unless_confirmed(
            name,
            left,
            question=f"{promised} of these are promised to orders; {promised - left} would be missing{named}.",
            answer=f"Yes, there are only {left}",
        )

    def is_confirmed(self) -> bool:
        return bool(self.data.getlist("confirmed"))


class RecountForm(AsksBelowPromised, forms.Form):
    """An inventory count of a stock row. `seen` is the quantity that the page showed."""

    quantity = QuantityField(minimum=0, maximum=MAX_PIECES, label="Pieces on the shelf now")
    note = text("Note")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, stock: Stock, reached: frozenset[int] | None) -> None:
        super().__init__(data, initial={"quantity": stock.quantity, "seen": stock.quantity})
        self.stock, self.reached = stock, reached

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (quantity := data.get("quantity")) is not None:
            self.ask_if_below_promised("quantity", quantity)
        return data


class ReceiveForm(forms.Form):
    """A delivery of one variant: pieces are added to what is there."""

    sku = text(
        "SKU",
        required=True,
        max_length=255,
        help_text="Type or scan it.",
        error_messages={"required": "Which SKU?"},
    )
    warehouse = forms.ModelChoiceField(
        Warehouse.objects.order_by("name"), widget=UnfoldAdminSelectWidget, empty_label=None
    )
    quantity = QuantityField(
        minimum=1, maximum=MAX_PIECES, label="Pieces that came", help_text="They are added to what is there."
    )
    lot = lot_code()
    supplier = text("Supplier", max_length=120)
    expires_on = forms.DateField(required=False, label="Expires on", widget=UnfoldAdminDateWidget)
    note = text("Note", help_text="Such as the number of the delivery note.")

    def clean_sku(self) -> ProductVariant:
        sku: str = self.cleaned_data["sku"].strip()
        variants = ProductVariant.objects.select_related("product")
        if found := variants.filter(sku=sku).first() or variants.filter(sku__iexact=sku).first():
            return found
        near = variants.filter(sku__istartswith=sku[:3]).values_list("sku", flat=True)[:5]
        raise forms.ValidationError(
            f"No variant has the SKU {sku}." + (f" Near to it: {', '.join(map(str, near))}." if near else "")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            not data.get("lot")
            and (data.get("supplier") or data.get("expires_on"))
            and "lot" not in self.errors
        ):
            self.add_error("lot", "Supplier and expiry date are kept with the lot: which lot is it?")
        return data

    def lot_details(self) -> LotDetails:
        data = self.cleaned_data
        return LotDetails(data["lot"], data["supplier"].strip(), data["expires_on"])


class TakeOffForm(AsksBelowPromised, forms.Form):
    """Pieces that leave the shelf: written off, or moved to another warehouse (`target`)."""

    quantity = QuantityField(minimum=1, maximum=MAX_PIECES, label="Pieces")
    lot = lot_code()
    note = text("Reason", required=True, error_messages={"required": "Write the reason."})
    field_order = ("quantity", "target", "lot", "note")

    def __init__(
        self,
        data: Any = None,
        *,
        stock: Stock,
        reached: frozenset[int] | None,
        targets: Any = None,
        lots: str = "",
    ) -> None:
        super().__init__(data)
        self.stock, self.reached = stock, reached
        self.fields["lot"].help_text = lots
        if targets is not None:
            self.fields["target"] = forms.ModelChoiceField(
                targets, widget=UnfoldAdminSelectWidget, label="To", empty_label=None
            )
            self.fields["note"].required, self.fields["note"].label = False, "Note"
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        quantity = data.get("quantity")
        if quantity is not None and quantity <= self.stock.quantity:
            self.ask_if_below_promised("quantity", self.stock.quantity - quantity)
        return data


class AdjustForm(AsksBelowPromised, forms.Form):
    """A correction by a difference."""

    difference = QuantityField(
        minimum=-MAX_PIECES, maximum=MAX_PIECES, label="More or less", help_text="Such as 3 or -2."
    )
    note = text("Reason", required=True, error_messages={"required": "Write the reason."})

    def __init__(self, data: Any = None, *, stock: Stock, reached: frozenset[int] | None) -> None:
        super().__init__(data)
        self.stock, self.reached = stock, reached

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        difference = data.get("difference")
        if difference is not None and difference < 0:
            self.ask_if_below_promised("difference", self.stock.quantity + difference)
        return data


class ThresholdForm(forms.Form):
    threshold = QuantityField(
        minimum=0,
        maximum=MAX_PIECES,
        required=False,
        label="Runs low at",
        help_text=f"Free pieces. Leave it empty for the shop's usual number, {DEFAULT_THRESHOLD}.",
    )
