"""Orders by phone: a draft from typed SKUs and an address, then its delivery, then the order."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from store.channel_limits import channels_of, within
from store.engine.accounts.address_validation import clean_address
from store.engine.accounts.models import Address, User
from store.engine.admin import one_time_forms
from store.engine.admin.base import ReadOnlyAdmin, View, posted_data, run_operation
from store.engine.admin.currency_format import format_money
from store.engine.admin.forms import ContactDetailsForm
from store.engine.catalog.models import ProductVariant
from store.engine.channels.models import Channel
from store.engine.orders import draft_orders
from store.engine.orders.models import Order, OrderStatus
from store.engine.shipping.models import ShippingMethod

LINE = re.compile(r"(?P<sku>\S+)(?:[\s;,×x]+(?P<count>[0-9]{1,6}))?")


class PhoneOrderForm(ContactDetailsForm):
    """Channel, what is ordered (an SKU and a number on each line), e-mail and address."""

    field_order = ("channel", "lines", "user_email")

    def __init__(self, data: Any = None, *, reached: frozenset[int] | None) -> None:
        """`reached`: the channels of which whoever fills it in may sell; None: all."""
        super().__init__(data, initial={"user_email": "", **dict.fromkeys(Address.FIELDS, "")})
        channels = within(Channel.objects.filter(is_active=True), reached, "pk").order_by("name")
        self.fields["channel"] = forms.ModelChoiceField(
            channels, widget=UnfoldAdminSelectWidget, empty_label=None
        )
        self.fields["lines"] = forms.CharField(
            label="What is ordered",
            max_length=5000,
            widget=UnfoldAdminTextareaWidget(attrs={"rows": 4, "spellcheck": "false"}),
            help_text="On each line an SKU and a number, such as CUP-A 2. Without a number it is one piece.",
            error_messages={"required": "What is ordered?"},
        )
        self.fields["customer_note"] = forms.CharField(
            label="Note for the parcel",
            max_length=1000,
            required=False,
            widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        )
        self.order_fields(self.field_order)

    def clean_lines(self) -> list[draft_orders.NewLine]:
        quantities: dict[str, int] = {}
        errors = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            if not line.strip():
                continue
            match = LINE.fullmatch(line.strip())
            if match is None:
                errors.append(f"Line {number}: write an SKU and a number, such as CUP-A 2.")
                continue
            quantities[match["sku"]] = quantities.get(match["sku"], 0) + int(match["count"] or 1)
        found = dict(ProductVariant.objects.filter(sku__in=quantities).values_list("sku", "pk"))
        errors += [f"No variant has the SKU {sku}." for sku in quantities if sku not in found]
        if errors:
            raise forms.ValidationError(errors)
        return [draft_orders.NewLine(found[sku], quantity) for sku, quantity in quantities.items()]

    def address(self) -> Mapping[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in Address.FIELDS}


class DeliveryForm(forms.Form):
    """The way of delivery of a draft, of those that fit it."""

    def __init__(self, data: Any = None, *, order: Order) -> None:
        super().__init__(data)
        self.offers = {offer.method.pk: offer for offer in draft_orders.available_shipping_methods(order)}
        choices = [
            (pk, f"{offer.method.name}, {format_money(offer.price, order.currency)}")
            for pk, offer in self.offers.items()
        ]
        if choices:
            self.fields["method"] = forms.TypedChoiceField(
                choices=choices, coerce=int, widget=UnfoldAdminSelectWidget, label="Delivery"
            )

    def method(self) -> ShippingMethod | None:
        chosen = self.cleaned_data.get("method")
        return self.offers[chosen].method if chosen else None


class PhoneOrders(ReadOnlyAdmin):
    """The views of drafts."""

    def phone_order_views(self) -> dict[str, Callable[[HttpRequest], HttpResponse]]:
        return {"phone": self.phone_order}

    def draft_views(self) -> dict[str, View]:
        return {"place": self.place, "discard": self.discard}

    def phone_order(self, request: HttpRequest) -> HttpResponse:
        """Step 1: what is ordered, and where it goes."""
        form = PhoneOrderForm(posted_data(request), reached=channels_of(request.user))
        failure = None
        if request.method == "POST" and form.is_valid():
            made: list[Order] = []
            failure = run_operation(request, lambda: made.append(_draft(form)))
            if failure is None:
                return HttpResponseRedirect(self.view_url("place", made[0]))
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if failure or form.errors else 200,
            form=form,
            problem=failure.message if failure else None,
            title="New order by phone",
            words="Next you choose the delivery and see the sum. Nothing is ordered before.",
            button="To the delivery",
            back=self.list_url(),
        )

    def place(self, request: HttpRequest, order: Order) -> HttpResponse:
        """Step 2: the delivery and the sum; then the order is placed, and paid by transfer or at the door."""
        if order.status != OrderStatus.DRAFT:
            return HttpResponseRedirect(self.row_url(order))
        form = DeliveryForm(posted_data(request), order=order)
        failure = None
        if request.method == "POST" and form.is_valid():

            def run() -> None:
                if method := form.method():
                    draft_orders.set_shipping(order_id=order.pk, shipping_method=method)
                draft_orders.complete(order_id=order.pk)

            failure = run_operation(
                request,
                run,
                success_message=f"Order {order} is placed. Mark it as paid once the money is here.",
            )
            if failure is None:
                return HttpResponseRedirect(self.row_url(order))
        return self.render_page(
            request,
            "shop_admin/draft.html",
            status=422 if failure or form.errors else 200,
            form=form,
            row=order,
            lines=order.lines.all(),
            problem=failure.message if failure else None,
            title=f"Order {order} by phone",
        )

    def discard(self, request: HttpRequest, order: Order) -> HttpResponse:
        if request.method == "POST" and not one_time_forms.was_done_before(request):
            failure = run_operation(
                request,
                lambda: draft_orders.delete(order_id=order.pk),
                success_message="The draft is thrown away.",
            )
            if failure:
                self.message_user(request, failure.message, level="ERROR")
        return HttpResponseRedirect(self.list_url())


def _draft(form: PhoneOrderForm) -> Order:
    data = form.cleaned_data
    shipping, billing = (clean_address(form.address()) for _ in range(2))
    return draft_orders.create(
        channel=data["channel"],
        values={"user_email": data["user_email"], "customer_note": data["customer_note"]},
        lines=data["lines"],
        user=User.objects.by_email(data["user_email"]),
        shipping_address=shipping,
        billing_address=billing,
    )
