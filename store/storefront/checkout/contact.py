"""First step of the checkout: email, delivery address and billing address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.saleor import clients
from store.saleor.client.enums import CountryCode
from store.saleor.email_addresses import InvalidEmailAddress, clean_email_address
from store.saleor.errors import Refused, check
from store.storefront import error_messages, view_decorators
from store.storefront.checkout import steps
from store.storefront.checkout.address_form import AddressForm, field_key, initial_values
from store.storefront.page_context import render


class EmailAddressField(forms.CharField):
    widget = forms.EmailInput

    def clean(self, value: Any) -> str:
        address: str = super().clean(value)
        try:
            return clean_email_address(address)
        except InvalidEmailAddress:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class EmailForm(forms.Form):
    email = EmailAddressField(
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
class ContactForms:
    """The three forms of the page; the billing form is ignored while `billing_is_same`."""

    email: EmailForm
    shipping: AddressForm
    billing: AddressForm
    billing_is_same: bool

    def are_valid(self) -> bool:
        valid = [
            self.email.is_valid(),
            self.shipping.is_valid(),
            self.billing_is_same or self.billing.is_valid(),
        ]
        return all(valid)

    def submitted_forms(self) -> list[forms.Form]:
        return (
            [self.email, self.shipping] if self.billing_is_same else [self.email, self.shipping, self.billing]
        )


@dataclass(frozen=True, slots=True)
class Destinations:
    """(code, name) of the countries that the channel delivers to, and the code to preselect."""

    countries: list[tuple[str, str]]
    default: str


@view_decorators.private
def contact(request: HttpRequest) -> HttpResponse:
    channel, checkout_id = steps.current_checkout_id(request)
    if checkout_id is None:
        return HttpResponseRedirect(reverse("storefront:cart"))
    data = clients.storefront().checkout_contact_page(id=checkout_id, channel=channel.slug)
    checkout = data.checkout
    if url := steps.redirect_url(checkout):
        return HttpResponseRedirect(url, status=303)
    destinations = Destinations(
        [(country.code, country.country) for country in _countries(data.channel)], channel.country
    )
    contact_forms = _build_forms(request, checkout, destinations)
    if request.method != "POST" or request.POST.get("do") == "country":
        return _render_contact(request, checkout, contact_forms)
    if not contact_forms.are_valid():
        return _render_contact(request, checkout, contact_forms, status=422)
    return _save_contact(request, checkout, contact_forms)


def _save_contact(request: HttpRequest, checkout: Any, contact_forms: ContactForms) -> HttpResponse:
    shipping = contact_forms.shipping.to_address_input()
    billing = shipping if contact_forms.billing_is_same else contact_forms.billing.to_address_input()
    saved = clients.storefront().checkout_contact_update(
        id=checkout.id, email=contact_forms.email.cleaned_data["email"], shipping=shipping, billing=billing
    )
    payloads = (
        (saved.checkout_email_update, contact_forms.email),
        (saved.checkout_shipping_address_update, contact_forms.shipping),
        (
            saved.checkout_billing_address_update,
            contact_forms.shipping if contact_forms.billing_is_same else contact_forms.billing,
        ),
    )
    for payload, form in payloads:
        _add_errors(payload, form)
    if any(form.errors for form in contact_forms.submitted_forms()):
        return _render_contact(request, checkout, contact_forms, status=422)
    return HttpResponseRedirect(reverse("storefront:delivery"), status=303)


def _add_errors(payload: Any, form: forms.Form) -> None:
    """Add the errors of a mutation to the form, each to the field that it names."""
    try:
        check(payload)
    except Refused as refused:
        for problem in refused.problems:
            name = "email" if problem.field == "email" else field_key(problem.field)
            message = error_messages.message_for(problem)
            if message not in form.errors.get(name or "__all__", []):
                form.add_error(name if name in form.fields else None, message)


def _countries(channel: Any) -> list[Any]:
    return (channel.countries if channel else None) or []


def _build_forms(request: HttpRequest, checkout: Any, destinations: Destinations) -> ContactForms:
    data = request.POST if request.method == "POST" else None
    bound_data = data if data is None or data.get("do") != "country" else None
    entered = {} if data is None else {key: str(data.get(key, "")) for key in data}
    shipping = _address_form(
        "shipping", initial_values(checkout.shipping_address) | entered, bound_data, destinations
    )
    billing = _address_form(
        "billing", initial_values(checkout.billing_address) | entered, bound_data, destinations
    )
    billing_is_same = data.get("same") == "on" if data is not None else _addresses_equal(checkout)
    email = EmailForm(bound_data, initial={"email": entered.get("email", checkout.email)})
    return ContactForms(email, shipping, billing, billing_is_same)


def _address_form(group: str, values: dict[str, str], data: Any, destinations: Destinations) -> AddressForm:
    """The fields follow the chosen country; entries survive a change of country."""
    entered = {k.removeprefix(f"{group}-"): v for k, v in values.items() if k.startswith(f"{group}-")}
    initial = {"country": destinations.default} | values | entered
    if initial["country"] not in dict(destinations.countries):
        initial["country"] = destinations.default
    return AddressForm(
        _rules(initial["country"]), destinations.countries, group, data=data, prefix=group, initial=initial
    )


def _rules(country: str) -> Any:
    try:
        return (
            clients.storefront()
            .address_validation_rules(country=CountryCode(country))
            .address_validation_rules
        )
    except ValueError:
        return None


def _addresses_equal(checkout: Any) -> bool:
    return checkout.billing_address is None or initial_values(checkout.billing_address) == initial_values(
        checkout.shipping_address
    )


def _render_contact(
    request: HttpRequest, checkout: Any, contact_forms: ContactForms, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "checkout/contact.html",
        {
            "checkout": checkout,
            "steps": steps.list_steps("storefront:checkout"),
            "forms": contact_forms,
            "errors": _error_summary(contact_forms) if status != 200 else [],
        },
        status=status,
    )


def _error_summary(contact_forms: ContactForms) -> list[tuple[str, str]]:
    """(field id, message) for the summary above the form; an empty id is about the form as a whole."""
    summary: list[tuple[str, str]] = []
    for form in contact_forms.submitted_forms():
        for name, errors in form.errors.items():
            field_id = "" if name == "__all__" else form[name].id_for_label
            summary += [(field_id, str(error)) for error in errors]
    return summary
