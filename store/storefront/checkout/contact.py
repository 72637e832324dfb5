"""First step of the checkout: email, delivery address and billing address."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from store.saleor import clients
from store.saleor.client.address_validation_rules import AddressValidationRulesAddressValidationRules as Rules
from store.saleor.client.enums import CountryCode
from store.saleor.errors import Problem, Refused, check
from store.saleor.postal_code import postal_code_example
from store.storefront import error_messages, form_state, languages, view_decorators
from store.storefront.cart_contents import Checkout
from store.storefront.checkout import account_contact, steps
from store.storefront.checkout.address_form import AddressForm, country_names, field_key, initial_values
from store.storefront.form_fields import EmailAddressField, error_summary
from store.storefront.form_state import FormState
from store.storefront.page_context import render


class EmailForm(forms.Form):
    email = EmailAddressField(
        label=_("Email address"),
        help_text=_("For the order, the safety insert of what you bought, and how to use it."),
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
    data = clients.storefront().checkout_contact_page(
        id=checkout_id, channel=channel.slug, language=languages.current_code()
    )
    checkout = steps.with_payments(data.checkout) if data.checkout else None
    if name := steps.due_step(checkout):
        return steps.redirect_to(request, name)
    assert checkout is not None
    countries = (data.channel.countries if data.channel else None) or []
    destinations = Destinations(country_names((one.code, one.country) for one in countries), channel.country)
    if request.method == "POST":
        return _handle_post(request, checkout, destinations)
    state = form_state.read(request)
    if state is None:
        known = account_contact.prefilled(request, checkout)
        return _render_contact(request, checkout, _build_forms(known, destinations))
    contact_forms = _build_forms(checkout, destinations, state.values, is_checked=state.is_checked)
    _add_kept_errors(contact_forms, state)
    return _render_contact(request, checkout, contact_forms)


def _handle_post(request: HttpRequest, checkout: Checkout, destinations: Destinations) -> HttpResponse:
    entered = {key: str(request.POST.get(key, "")) for key in request.POST}
    if request.POST.get("do") == "country":
        contact_forms = _build_forms(checkout, destinations, entered, is_checked=False)
        state = FormState(_typed(contact_forms, entered), is_checked=False)
        return _show_again(request, checkout, contact_forms, state, status=200)
    contact_forms = _build_forms(checkout, destinations, entered)
    if not contact_forms.are_valid():
        state = FormState(_typed(contact_forms, entered))
        return _show_again(request, checkout, contact_forms, state, status=422)
    return _save_contact(request, checkout, contact_forms, entered)


def _save_contact(
    request: HttpRequest, checkout: Checkout, contact_forms: ContactForms, entered: Mapping[str, str]
) -> HttpResponse:
    shipping = contact_forms.shipping.to_address_input()
    billing = shipping if contact_forms.billing_is_same else contact_forms.billing.to_address_input()
    saved = clients.storefront().checkout_contact_update(
        id=checkout.id, email=contact_forms.email.cleaned_data["email"], shipping=shipping, billing=billing
    )
    billing_form = contact_forms.shipping if contact_forms.billing_is_same else contact_forms.billing
    errors = (
        _refusals(saved.checkout_email_update, contact_forms.email)
        | _refusals(saved.checkout_shipping_address_update, contact_forms.shipping)
        | _refusals(saved.checkout_billing_address_update, billing_form)
    )
    if errors:
        state = FormState(_typed(contact_forms, entered), errors=errors)
        _add_kept_errors(contact_forms, state)
        return _show_again(request, checkout, contact_forms, state, status=422)
    account_contact.attach(request, checkout)
    steps.keep_language(checkout)
    return form_state.leave(reverse("storefront:checkout"), to=reverse("storefront:delivery"))


def _refusals(payload: object, form: forms.Form) -> dict[str, str]:
    """The errors of a mutation by the HTML name of the field that each is about; by the form's prefix for others."""
    try:
        check(payload)
    except Refused as refused:
        return {_html_name(form, problem): _message(form, problem) for problem in reversed(refused.problems)}
    return {}


def _html_name(form: forms.Form, problem: Problem) -> str:
    name = "email" if problem.field == "email" else field_key(problem.field)
    return form.add_prefix(name) if name in form.fields else form.prefix or "email"


def _message(form: forms.Form, problem: Problem) -> str:
    message = error_messages.message_for(problem)
    if problem.field != "postalCode" or problem.code != "INVALID":
        return message
    example = postal_code_example(str(form.cleaned_data.get("country", "")))
    if not example:
        return message
    return " ".join((message, gettext("It looks like this: {example}.").format(example=example)))


def _add_kept_errors(contact_forms: ContactForms, state: FormState) -> None:
    """Add the errors that Saleor answered when the form was sent to those that the forms find themselves."""
    for form in contact_forms.submitted_forms():
        form.full_clean()
        names = {form.add_prefix(name): name for name in form.fields}
        for html_name, message in state.errors.items():
            if html_name in names:
                form.add_error(names[html_name], message)
            elif html_name == form.prefix:
                form.add_error(None, message)


def _typed(contact_forms: ContactForms, entered: Mapping[str, str]) -> dict[str, str]:
    """What is shown again: the fields of the forms, nothing else that was sent."""
    forms_of_page = (contact_forms.email, contact_forms.shipping, contact_forms.billing)
    names = {"same"}.union(*({form.add_prefix(name) for name in form.fields} for form in forms_of_page))
    return {name: text for name, text in entered.items() if name in names and text}


def _build_forms(
    checkout: Checkout,
    destinations: Destinations,
    entered: Mapping[str, str] | None = None,
    *,
    is_checked: bool = True,
) -> ContactForms:
    """The forms with what was typed (`entered`), or else with what is saved. `is_checked`: show their errors."""
    data = entered if is_checked else None
    typed = dict(entered or {})
    shipping = _address_form("shipping", initial_values(checkout.shipping_address), typed, data, destinations)
    billing = _address_form("billing", initial_values(checkout.billing_address), typed, data, destinations)
    is_same = typed.get("same") == "on" if entered is not None else _addresses_equal(checkout)
    email = EmailForm(data, initial={"email": typed.get("email", checkout.email)})
    return ContactForms(email, shipping, billing, is_same)


def _address_form(
    group: str,
    saved: Mapping[str, str],
    typed: Mapping[str, str],
    data: Mapping[str, str] | None,
    destinations: Destinations,
) -> AddressForm:
    """The fields follow the chosen country; entries survive a change of country."""
    entered = {k.removeprefix(f"{group}-"): v for k, v in typed.items() if k.startswith(f"{group}-")}
    initial = {"country": destinations.default, **saved, **entered}
    if initial["country"] not in dict(destinations.countries):
        initial["country"] = destinations.default
    return AddressForm(_rules(initial["country"]), destinations.countries, group, data=data, initial=initial)


def _rules(country: str) -> Rules | None:
    try:
        code = CountryCode(country)
    except ValueError:
        return None
    return clients.storefront().address_validation_rules(country=code).address_validation_rules


def _addresses_equal(checkout: Checkout) -> bool:
    return checkout.billing_address in (None, checkout.shipping_address)


def _show_again(
    request: HttpRequest, checkout: Checkout, contact_forms: ContactForms, state: FormState, *, status: int
) -> HttpResponse:
    """Back to the page with what was typed. `status` is that of the page where the state is too large to be kept."""
    return form_state.redirect(request, reverse("storefront:checkout"), state) or _render_contact(
        request, checkout, contact_forms, status=status
    )


def _render_contact(
    request: HttpRequest, checkout: Checkout, contact_forms: ContactForms, *, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "checkout/contact.html",
        {
            "checkout": checkout,
            "steps": steps.list_steps("storefront:checkout"),
            "forms": contact_forms,
            "errors": error_summary(*contact_forms.submitted_forms()),
        },
        status=status,
    )
