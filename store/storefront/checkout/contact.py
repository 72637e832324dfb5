"""First stop: who to write to and where to send it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.saleor import clients
from store.saleor.client.enums import CountryCode
from store.saleor.errors import Refused, check
from store.storefront import error_messages, view_decorators
from store.storefront.checkout import steps
from store.storefront.checkout.address_form import AddressForm, field_named, initial
from store.storefront.page_context import render


class EmailForm(forms.Form):
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="For the order, the safety insert of what you bought, and how to use it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Please enter your email address.",
            "invalid": "Please check your email address: it looks unfinished.",
        },
    )


@dataclass
class Forms:
    email: EmailForm
    shipping: AddressForm
    billing: AddressForm
    same: bool

    def are_valid(self) -> bool:
        valid = [self.email.is_valid(), self.shipping.is_valid(), self.same or self.billing.is_valid()]
        return all(valid)

    def filled(self) -> list[forms.Form]:
        return [self.email, self.shipping] if self.same else [self.email, self.shipping, self.billing]


@dataclass(frozen=True, slots=True)
class Sold:
    """Where this market delivers."""

    countries: list[tuple[str, str]]
    default: str


@view_decorators.private
def contact(request: HttpRequest) -> HttpResponse:
    channel, basket = steps.basket_id(request)
    if basket is None:
        return HttpResponseRedirect(reverse("storefront:cart"))
    found = clients.storefront().checkout_contact_stop(id=basket, channel=channel.slug)
    checkout = found.checkout
    if away := steps.turned_away(checkout):
        return HttpResponseRedirect(away, status=303)
    sold = Sold([(one.code, one.country) for one in _countries(found.channel)], channel.country)
    asked = _forms(request, checkout, sold)
    if request.method != "POST" or request.POST.get("do") == "country":
        return _show(request, checkout, asked)
    if not asked.are_valid():
        return _show(request, checkout, asked, status=422)
    return _save(request, checkout, asked)


def _save(request: HttpRequest, checkout: Any, asked: Forms) -> HttpResponse:
    shipping = asked.shipping.as_input()
    billing = shipping if asked.same else asked.billing.as_input()
    saved = clients.storefront().checkout_save_contact(
        id=checkout.id, email=asked.email.cleaned_data["email"], shipping=shipping, billing=billing
    )
    parts = (
        (saved.checkout_email_update, asked.email),
        (saved.checkout_shipping_address_update, asked.shipping),
        (saved.checkout_billing_address_update, asked.shipping if asked.same else asked.billing),
    )
    for payload, form in parts:
        _put_errors(payload, form)
    if any(form.errors for form in asked.filled()):
        return _show(request, checkout, asked, status=422)
    return HttpResponseRedirect(reverse("storefront:delivery"), status=303)


def _put_errors(payload: Any, form: forms.Form) -> None:
    """Saleor's own objections, beside the field they are about."""
    try:
        check(payload)
    except Refused as refused:
        for problem in refused.problems:
            name = "email" if problem.field == "email" else field_named(problem.field)
            said = error_messages.sentence(problem)
            if said not in form.errors.get(name or "__all__", []):
                form.add_error(name if name in form.fields else None, said)


def _countries(channel: Any) -> list[Any]:
    return (channel.countries if channel else None) or []


def _forms(request: HttpRequest, checkout: Any, sold: Sold) -> Forms:
    data = request.POST if request.method == "POST" else None
    kept = data if data is None or data.get("do") != "country" else None
    first_look = {} if data is None else {key: str(data.get(key, "")) for key in data}
    shipping = _address_form("shipping", initial(checkout.shipping_address) | first_look, kept, sold)
    billing = _address_form("billing", initial(checkout.billing_address) | first_look, kept, sold)
    same = data.get("same") == "on" if data is not None else _is_same(checkout)
    email = EmailForm(kept, initial={"email": first_look.get("email", checkout.email)})
    return Forms(email, shipping, billing, same)


def _address_form(group: str, known: dict[str, str], data: Any, sold: Sold) -> AddressForm:
    """The fields follow the country that was chosen; what was typed survives a change of country."""
    typed = {k.removeprefix(f"{group}-"): v for k, v in known.items() if k.startswith(f"{group}-")}
    start = {"country": sold.default} | known | typed
    if start["country"] not in dict(sold.countries):
        start["country"] = sold.default
    return AddressForm(
        _rules(start["country"]), sold.countries, group, data=data, prefix=group, initial=start
    )


def _rules(country: str) -> Any:
    try:
        return clients.storefront().address_rules(country=CountryCode(country)).address_validation_rules
    except ValueError:
        return None


def _is_same(checkout: Any) -> bool:
    return checkout.billing_address is None or initial(checkout.billing_address) == initial(
        checkout.shipping_address
    )


def _show(request: HttpRequest, checkout: Any, asked: Forms, status: int = 200) -> HttpResponse:
    return render(
        request,
        "checkout/contact.html",
        {
            "checkout": checkout,
            "steps": steps.steps("storefront:checkout"),
            "forms": asked,
            "errors": _summary(asked) if status != 200 else [],
        },
        status=status,
    )


def _summary(asked: Forms) -> list[tuple[str, str]]:
    """(field id, sentence) for the summary on top; an empty id is about the form as a whole."""
    found: list[tuple[str, str]] = []
    for form in asked.filled():
        for name, errors in form.errors.items():
            identity = "" if name == "__all__" else form[name].id_for_label
            found += [(identity, str(error)) for error in errors]
    return found
