"""Forms of the admin. They validate the format of the input; the operations decide what is allowed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from store.engine.admin.amount_field import AmountField
from store.engine.admin.currency_format import format_money
from store.engine.admin.lot_field import HOW_TO_WRITE, LotsField, with_quantities, written
from store.engine.admin.parcel_forms import TRACKING_HELP, carrier_field
from store.engine.money import quantize, smallest_unit
from store.engine.orders.models import Fulfillment, FulfillmentLine
from store.engine.orders.returns import ReturnLine
from store.engine.payments.models import TransactionItem
from store.engine.stock.models import Warehouse
from store.seen_fields import SeenFields
from store.typed_numbers import ConfirmedInput, QuantityField

MIN_REASON_LENGTH = 10  # characters


class TrackingForm(forms.Form):
    tracking_number = forms.CharField(
        max_length=255, required=False, widget=UnfoldAdminTextInputWidget, help_text=TRACKING_HELP
    )
    notify_customer = forms.BooleanField(
        required=False, initial=True, widget=UnfoldBooleanSwitchWidget, label="Tell the customer by mail"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"] = carrier_field()
        self.order_fields(("carrier", "tracking_number"))


class CancelFulfillmentForm(forms.Form):
    warehouse = forms.ModelChoiceField(
        Warehouse.objects.order_by("name"),
        widget=UnfoldAdminSelectWidget,
        help_text="Where its pieces go back to.",
    )

    def __init__(self, *args: Any, fulfillment: Fulfillment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = fulfillment.lines.first()
        self.fields["warehouse"].initial = first.warehouse_id if first else None


class CorrectLotsForm(SeenFields, forms.Form):
    """The lots of each line of a sent parcel, and why they are corrected."""

    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget)

    def __init__(self, data: Any = None, *, fulfillment: Fulfillment) -> None:
        super().__init__(data)
        self.parcel_lines = list(fulfillment.lines.select_related("order_line"))
        for line in self.parcel_lines:
            item = line.order_line
            self.fields[f"lots-{line.pk}"] = LotsField(
                label=f"{line.quantity} × {item.product_name} {item.variant_name}".strip(),
                initial=written(line.lots),
                help_text=HOW_TO_WRITE,
            )
        self.order_fields([*(f"lots-{line.pk}" for line in self.parcel_lines), "reason"])

    def lots(self) -> dict[int, dict[str, int]]:
        """By fulfillment line pk."""
        return {
            line.pk: with_quantities(self.cleaned_data[f"lots-{line.pk}"], line.quantity)
            for line in self.parcel_lines
        }


class CancelOrderForm(forms.Form):
    """Cancels an order and, in the same walk, sends back what was paid. `held`: what can be sent back."""

    field_order = ("refund", "amount")

    def __init__(self, data: Any = None, *, held: Decimal, currency: str) -> None:
        held = quantize(held, currency)
        super().__init__(data, initial={"amount": held, "refund": True})
        if held:
            self.fields["refund"] = forms.BooleanField(
                required=False, widget=UnfoldBooleanSwitchWidget, label="Send the money back now"
            )
            self.fields["amount"] = AmountField(
                currency=currency,
                minimum=smallest_unit(currency),
                maximum=held,
                required=False,
                help_text=f"In {currency}; {held} are here. What stays is listed under “Refund due”.",
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("refund") and "amount" in data and data["amount"] is None:
            self.add_error("amount", "How much goes back?")
        return data

    def refund_amount(self) -> Decimal | None:
        """What to send back; None for nothing."""
        return self.cleaned_data.get("amount") if self.cleaned_data.get("refund") else None


def _text(label: str, *, max_length: int = 256, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=max_length, required=required, widget=UnfoldAdminTextInputWidget
    )


class ContactDetailsForm(forms.Form):
    """The e-mail address and the shipping address of an order; its fields are those of `contact_details`."""

    user_email = _text("E-mail", max_length=254, required=True)
    first_name = _text("First name")
    last_name = _text("Last name")
    company_name = _text("Company")
    street_address_1 = _text("Street")
    street_address_2 = _text("Street, second line")
    postal_code = _text("Postal code", max_length=20)
    city = _text("City")
    city_area = _text("District", max_length=128)
    country_area = _text("State or province", max_length=128)
    country = _text("Country, two letters", max_length=2)
    phone = _text("Phone", max_length=32)

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        for name in set(self.fields) - set(initial):  # no shipping address, or everything is sent
            del self.fields[name]


class MarkAsPaidForm(forms.Form):
    reference = forms.CharField(
        max_length=255,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="From the bank statement.",
    )


class RefundForm(forms.Form):
    """The amount of a payment to refund, and the reason."""

    reason = forms.CharField(max_length=255, required=False, widget=UnfoldAdminTextInputWidget)
    field_order = ("amount", "reason")

    def __init__(self, data: Any = None, *, payment: TransactionItem) -> None:
        max_amount = quantize(payment.charged_value, payment.currency)
        super().__init__(data, initial={"amount": max_amount})
        self.fields["amount"] = AmountField(
            currency=payment.currency,
            minimum=smallest_unit(payment.currency),
            maximum=max_amount,
            help_text=f"In {payment.currency}; at most what was received.",
        )
        self.order_fields(self.field_order)


class ChargeForm(forms.Form):
    """Charges what a payment has reserved on the card, or a part of it."""

    def __init__(self, data: Any = None, *, payment: TransactionItem) -> None:
        reserved = quantize(payment.authorized_value, payment.currency)
        super().__init__(data, initial={"amount": reserved})
        self.fields["amount"] = AmountField(
            currency=payment.currency,
            minimum=smallest_unit(payment.currency),
            maximum=reserved,
            help_text=f"In {payment.currency}; {reserved} are reserved.",
        )


class ReturnForm(forms.Form):
    """What came back of the sent pieces, where they are put, and whether their price goes back.

    `may_refund`: whether the user may send money back.
    """

    def __init__(self, data: Any = None, *, sent: Sequence[FulfillmentLine], may_refund: bool) -> None:
        super().__init__(data)
        self.sent = sent
        for line in sent:
            self.fields[f"line-{line.pk}"] = QuantityField(
                minimum=0,
                maximum=line.quantity,
                initial=0,
                required=False,
                label=f"{line.order_line.product_name} {line.order_line.variant_name}".strip(),
                help_text=f"Of {line.quantity} in parcel {line.fulfillment}.",
            )
        self.fields["restock_to"] = forms.ModelChoiceField(
            Warehouse.objects.order_by("name"),
            required=False,
            empty_label="Not for sale any more",
            label="Back on the shelf of",
            widget=UnfoldAdminSelectWidget,
            help_text="Only what is unopened: a used cup is not for sale.",
        )
        if may_refund:
            for name, label in (("refund", "Send its price back"), ("include_shipping", "Delivery as well")):
                self.fields[name] = forms.BooleanField(
                    required=False, widget=UnfoldBooleanSwitchWidget, label=label
                )
        self.fields["reason"] = _text("Reason", max_length=255)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.returned():
            raise forms.ValidationError("How many pieces came back?")
        return data

    def returned(self) -> list[ReturnLine]:
        quantities = [(line.pk, self.cleaned_data.get(f"line-{line.pk}") or 0) for line in self.sent]
        return [ReturnLine(pk, quantity) for pk, quantity in quantities if quantity]


class NoteForm(forms.Form):
    message = forms.CharField(
        max_length=2000,
        error_messages={"required": "Write the note first."},
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        label="Add a note",
    )


class CloseReturnForm(forms.Form):
    """The answer to a request to return something."""

    answer = forms.CharField(
        max_length=2000,
        error_messages={"required": "Write to the customer why, and what happens now."},
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        label="Your answer",
    )


class PriceForm(ConfirmedInput, forms.Form):
    """The price of one variant in one channel."""

    MAXIMUM = 10**12 - 1  # SQLite keeps larger amounts without their cents
    UNUSUAL_CHANGE = 10  # times the old price, or an old price that many times as high
    MAX_DIGITS_UNASKED = 6  # before the decimal point, where there is no old price to compare

    def __init__(self, data: Any = None, *, old: Decimal | None, currency: str) -> None:
        super().__init__(data, initial={"price": old})
        self.old, self.currency = old, currency
        self.fields["price"] = AmountField(
            currency=currency, minimum=0, maximum=self.MAXIMUM, help_text=f"In {currency}."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        price: Decimal | None = data.get("price")
        if price is not None and (question := self._question(price)):
            shown = format_money(price, self.currency)
            self.ask_unless_confirmed("price", price, question=question, answer=f"Yes, {shown} is right")
        return data

    def _question(self, price: Decimal) -> str:
        """Why this price is unusual, or an empty text."""
        if price == 0:
            return "At 0 it is given away for nothing."
        if not self.old:
            return "That is a very high price." if price >= 10**self.MAX_DIGITS_UNASKED else ""
        if price > self.old * self.UNUSUAL_CHANGE or price * self.UNUSUAL_CHANGE < self.old:
            return f"It costs {format_money(self.old, self.currency)} now; that is a large step."
        return ""


class ProductTextForm(forms.Form):
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


class WaiverForm(forms.Form):
    """Waives the check for texts with a claim, with a reason.

    The page also posts the digests of the sentences it showed, as `seen`.
    """

    keep = forms.BooleanField(required=False, widget=UnfoldBooleanSwitchWidget, label="Keep these words")
    why = forms.CharField(
        max_length=1000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        label="Why they may be said",
        help_text="Your name, the time and this reason are written down with the sentence, for good.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("keep") and len((data.get("why") or "").strip()) < MIN_REASON_LENGTH:
            self.add_error("why", "Please give the reason in a sentence.")
        return data


class ReleaseForm(forms.Form):
    """The reason why a refused sentence may be saved after all."""

    why = forms.CharField(
        max_length=1000,
        min_length=MIN_REASON_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        label="Why it may be said",
        help_text="Your name, the time and this reason are written down with the sentence, for good.",
        error_messages={"min_length": "Please give the reason in a sentence."},
    )


class WaiverTextForm(forms.Form):
    text = forms.CharField(
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        label="The sentence, word for word",
    )
