"""The forms of the desk. They check what was typed; what may happen is decided by the operations."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from store.engine.money import precision, quantize
from store.engine.orders.fulfillments import Send
from store.engine.orders.models import Fulfillment, Order, OrderLine
from store.engine.payments.models import TransactionItem
from store.engine.stock.models import Allocation, Stock, Warehouse

TRACKING_HELP = "As the carrier prints it. May be left empty and added later."


class Fulfil(forms.Form):
    """A row for each line that is still to be sent: how many, out of which warehouse, of which lot."""

    tracking_number = forms.CharField(
        max_length=255, required=False, widget=UnfoldAdminTextInputWidget, help_text=TRACKING_HELP
    )
    notify_customer = forms.BooleanField(
        required=False, initial=True, widget=UnfoldBooleanSwitchWidget, label="Tell the customer by mail"
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [
            line for line in order.lines.select_related("variant__product") if line.quantity_unfulfilled
        ]
        self.warehouses = list(Warehouse.objects.order_by("name"))
        promised = _promised(self.lines)
        for line in self.lines:
            self._add_row(line, promised.get(line.pk))

    def _add_row(self, line: OrderLine, warehouse: UUID | None) -> None:
        left = line.quantity_unfulfilled
        self.fields[f"quantity-{line.pk}"] = forms.IntegerField(
            min_value=0, max_value=left, initial=left, required=False, widget=UnfoldAdminIntegerFieldWidget
        )
        self.fields[f"warehouse-{line.pk}"] = forms.ChoiceField(
            choices=[(str(one.pk), one.name) for one in self.warehouses],
            initial=str(warehouse or ""),
            widget=UnfoldAdminSelectWidget,
        )
        self.fields[f"lot-{line.pk}"] = forms.RegexField(
            r"^[A-Za-z0-9._/-]*$", max_length=40, required=False, widget=UnfoldAdminTextInputWidget
        )

    def rows(self) -> Iterator[dict[str, Any]]:
        """For the template: a line with its three fields."""
        for line in self.lines:
            yield {
                "line": line,
                "quantity": self[f"quantity-{line.pk}"],
                "warehouse": self[f"warehouse-{line.pk}"],
                "lot": self[f"lot-{line.pk}"],
            }

    def sends(self) -> list[Send]:
        found = []
        for line in self.lines:
            quantity = self.cleaned_data.get(f"quantity-{line.pk}") or 0
            if quantity:
                found.append(Send(line.pk, UUID(self.cleaned_data[f"warehouse-{line.pk}"]), quantity))
        return found

    def lots(self) -> Iterator[tuple[OrderLine, dict[str, str]]]:
        """`lot:<code>` = pieces, added to what was sent of that lot before."""
        for line in self.lines:
            quantity = self.cleaned_data.get(f"quantity-{line.pk}") or 0
            if (code := self.cleaned_data.get(f"lot-{line.pk}")) and quantity:
                before = int(line.metadata.get(f"lot:{code}", "0"))
                yield line, {f"lot:{code}": str(before + quantity)}


def _promised(lines: list[OrderLine]) -> dict[UUID, UUID]:
    """The warehouse that most of a line was promised from."""
    best: dict[UUID, tuple[int, UUID]] = defaultdict(lambda: (0, UUID(int=0)))
    rows = Allocation.objects.filter(order_line_id__in=[line.pk for line in lines]).select_related("stock")
    for row in rows:
        best[row.order_line_id] = max(best[row.order_line_id], (row.quantity, row.stock.warehouse_id))
    return {line: warehouse for line, (_, warehouse) in best.items()}


class Tracking(forms.Form):
    tracking_number = forms.CharField(
        max_length=255, required=False, widget=UnfoldAdminTextInputWidget, help_text=TRACKING_HELP
    )
    notify_customer = forms.BooleanField(
        required=False, initial=True, widget=UnfoldBooleanSwitchWidget, label="Tell the customer by mail"
    )


class CancelParcel(forms.Form):
    warehouse = forms.ModelChoiceField(
        Warehouse.objects.order_by("name"),
        widget=UnfoldAdminSelectWidget,
        help_text="Where its pieces go back to.",
    )

    def __init__(self, *args: Any, parcel: Fulfillment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = parcel.lines.first()
        self.fields["warehouse"].initial = first.warehouse_id if first else None


class Sure(forms.Form):
    """Nothing to fill in: pressing the button is the answer."""


class Paid(forms.Form):
    reference = forms.CharField(
        max_length=255,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="From the bank statement.",
    )


class Refund(forms.Form):
    """How much of a payment goes back to the customer, and why."""

    amount = forms.DecimalField()
    reason = forms.CharField(max_length=255, required=False, widget=UnfoldAdminTextInputWidget)

    def __init__(self, data: Any = None, *, payment: TransactionItem) -> None:
        most = quantize(payment.charged_value, payment.currency)
        super().__init__(data, initial={"amount": most})
        field = forms.DecimalField(
            min_value=Decimal("0.01"),
            max_value=most,
            decimal_places=precision(payment.currency),
            widget=UnfoldAdminDecimalFieldWidget,
            help_text=f"In {payment.currency}; at most what was received.",
        )
        self.fields["amount"] = field


class Note(forms.Form):
    message = forms.CharField(
        max_length=2000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}), label="Add a note"
    )


class Count(forms.Form):
    """A stock row counted anew. `seen` is what lay there when the page was drawn."""

    REASONS = (
        ("Counted", "Counted"),
        ("Delivery", "A delivery came in"),
        ("Damaged", "Damaged or lost"),
        ("Returned", "Came back"),
        ("Other", "Something else"),
    )

    quantity = forms.IntegerField(
        min_value=0,
        max_value=1_000_000,
        widget=UnfoldAdminIntegerFieldWidget,
        label="Pieces on the shelf now",
    )
    reason = forms.ChoiceField(choices=REASONS, widget=UnfoldAdminSelectWidget)
    note = forms.CharField(max_length=200, required=False, widget=UnfoldAdminTextInputWidget)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, stock: Stock) -> None:
        super().__init__(data, initial={"quantity": stock.quantity, "seen": stock.quantity})

    def words(self) -> str:
        note = self.cleaned_data["note"].strip()
        reason: str = self.cleaned_data["reason"]
        return f"{reason}: {note}" if note else reason


class Price(forms.Form):
    """One variant in one channel."""

    price = forms.DecimalField(
        min_value=0, max_digits=20, decimal_places=3, widget=UnfoldAdminDecimalFieldWidget
    )


class ProductWords(forms.Form):
    name = forms.CharField(max_length=250, widget=UnfoldAdminTextInputWidget)
    seo_title = forms.CharField(
        max_length=70, required=False, widget=UnfoldAdminTextInputWidget, label="Title for search engines"
    )
    seo_description = forms.CharField(
        max_length=300,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        label="Description for search engines",
    )


class Keep(forms.Form):
    """Words that make a claim are kept all the same. The sentences that were shown come along as `seen`."""

    keep = forms.BooleanField(required=False, widget=UnfoldBooleanSwitchWidget, label="Keep these words")
    why = forms.CharField(
        max_length=1000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        label="Why they may be said",
        help_text="Your name, the time and this reason are written down with the sentence, for good.",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("keep") and len((said.get("why") or "").strip()) < MIN_REASON:
            self.add_error("why", "Please give the reason in a sentence.")
        return said


MIN_REASON = 10


class Sentence(forms.Form):
    text = forms.CharField(
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        label="The sentence, word for word",
    )
