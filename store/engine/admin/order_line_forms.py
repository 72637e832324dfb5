"""Forms that choose pieces of an order: what to refund, what to send once more."""

from collections.abc import Sequence
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from store.engine.admin.currency_format import format_money
from store.engine.orders.granted_refunds import RefundLine
from store.engine.orders.models import Order, OrderLine
from store.engine.orders.replacements import ReplacementLine
from store.typed_numbers import QuantityField


class OrderLinesForm(forms.Form):
    """A number of pieces for each line, and the reason."""

    reason = forms.CharField(
        max_length=200,
        widget=UnfoldAdminTextInputWidget,
        error_messages={"required": "Write the reason."},
    )

    def __init__(self, data: Any = None, *, lines: Sequence[OrderLine]) -> None:
        super().__init__(data)
        self.lines = lines
        for line in lines:
            self.fields[f"line-{line.pk}"] = QuantityField(
                minimum=0,
                maximum=line.quantity,
                initial=0,
                required=False,
                label=f"{line.product_name} {line.variant_name}".strip(),
                help_text=self.help_text(line),
            )
        self.order_fields([*(f"line-{line.pk}" for line in lines), *self.last_fields()])

    def help_text(self, line: OrderLine) -> str:
        return f"Of {line.quantity}."

    def last_fields(self) -> list[str]:
        return ["reason"]

    def quantities(self) -> list[tuple[OrderLine, int]]:
        found = [(line, self.cleaned_data.get(f"line-{line.pk}") or 0) for line in self.lines]
        return [(line, quantity) for line, quantity in found if quantity]


class RefundLinesForm(OrderLinesForm):
    """Which pieces' price goes back, and whether the delivery's does."""

    include_shipping = forms.BooleanField(
        required=False, widget=UnfoldBooleanSwitchWidget, label="The delivery as well"
    )

    def __init__(self, data: Any = None, *, order: Order, lines: Sequence[OrderLine]) -> None:
        super().__init__(data, lines=lines)
        shipping = order.shipping_price_gross_amount
        if shipping:
            self.fields["include_shipping"].help_text = f"It cost {format_money(shipping, order.currency)}."
        else:
            del self.fields["include_shipping"]

    def help_text(self, line: OrderLine) -> str:
        each = format_money(line.unit_price_gross_amount, line.currency)
        return f"Of {line.quantity}, at {each} each."

    def last_fields(self) -> list[str]:
        return ["include_shipping", "reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.quantities() and not data.get("include_shipping"):
            raise forms.ValidationError("Say which pieces, or the delivery.")
        return data

    def refund_lines(self) -> list[RefundLine]:
        return [RefundLine(line.pk, quantity) for line, quantity in self.quantities()]


class ReplaceForm(OrderLinesForm):
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.quantities():
            raise forms.ValidationError("Which pieces are sent once more?")
        return data

    def replacement_lines(self) -> list[ReplacementLine]:
        return [ReplacementLine(line.pk, quantity) for line, quantity in self.quantities()]
