"""Find an order by its number and email address, for a buyer who has lost the link.

The link goes to the address of the order by mail, whoever asks, and the page says the same whether there is such an
order or not: nobody learns who has bought what by trying numbers.
"""

import logging

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store.even_time import at_least
from store.mailer import order_links, orders
from store.saleor import clients
from store.saleor.client.order_by_number import OrderByNumberOrdersEdgesNode
from store.storefront import form_state, languages, view_decorators
from store.storefront.form_fields import EmailAddressField, error_summary
from store.storefront.form_state import FormState
from store.storefront.page_context import render
from store.storefront.request_values import whole_number

SENT = "sent"
EVEN_SECONDS = 0.5  # more than the link of an order takes, also where a Saleor of its own is asked
HIDDEN_STATUSES = ("DRAFT", "EXPIRED")

log = logging.getLogger(__name__)


class FindOrderForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Number of your order"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Please enter the number of your order.")},
    )
    email = EmailAddressField(label=gettext_lazy("Email address"))

    def clean_number(self) -> int:
        number = whole_number(str(self.cleaned_data["number"]).lstrip("# "), minimum=1)
        if number is None:
            raise forms.ValidationError(_("The number of an order has digits only."))
        return number


@view_decorators.private
def find_order(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _handle_post(request)
    state = form_state.read(request)
    return show(request, FindOrderForm(dict(state.values)) if state else FindOrderForm())


def show(request: HttpRequest, form: FindOrderForm, *, note: str = "", status: int = 200) -> HttpResponse:
    """The page with the form. `note`: why a reader got here who wanted something else."""
    context = {
        "form": form,
        "errors": error_summary(form),
        "note": note,
        "is_sent": request.GET.get(SENT) == "1",
    }
    return render(request, "find_order.html", context, status=status)


def _handle_post(request: HttpRequest) -> HttpResponse:
    form = FindOrderForm(request.POST)
    address = reverse("storefront:find-order")
    if not form.is_valid():
        state = FormState({name: request.POST.get(name, "")[:254] for name in form.fields})
        response = form_state.redirect(request, address, state)
        assert response is not None, "two short fields always fit"
        return response
    with at_least(EVEN_SECONDS):
        _send_link(form.cleaned_data["number"], form.cleaned_data["email"])
    return form_state.leave(address, to=f"{address}?{SENT}=1")


def _send_link(number: int, email: str) -> None:
    """Raises SaleorError, whatever was asked for."""
    answer = clients.staff().order_by_number(number=number).orders
    found = next((edge.node for edge in (answer.edges if answer else ()) if _is_of(edge.node, email)), None)
    if found is None:
        log.info("no order with the number and the address that somebody asked for")
        return
    if order := orders.fetch(found.id):
        order_links.send(order, lang=languages.current())


def _is_of(order: OrderByNumberOrdersEdgesNode, email: str) -> bool:
    own = (order.user_email or "").strip().casefold()
    return bool(own) and own == email.casefold() and order.status.value not in HIDDEN_STATUSES
