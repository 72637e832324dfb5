"""The address book: list, add, change, delete, choose the usual ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from store.saleor import clients
from store.saleor.client.account_addresses import AccountAddressesMeAddresses
from store.saleor.client.address_validation_rules import AddressValidationRulesAddressValidationRules as Rules
from store.saleor.client.client import Client
from store.saleor.client.enums import AddressTypeEnum, CountryCode
from store.saleor.errors import Refused, check
from store.saleor.order_answers import postal_address
from store.storefront import channels, error_messages, form_state, languages, view_decorators
from store.storefront.account import session
from store.storefront.checkout.address_form import AddressForm, country_names, field_key, initial_values
from store.storefront.form_fields import error_summary
from store.storefront.form_state import FormState
from store.storefront.page_context import render

NEW = "new"
GROUP = "shipping"  # of the fields' names, as in the checkout


@dataclass(frozen=True, slots=True)
class SavedAddress:
    """`lines` of text in the page's language."""

    id: str
    lines: tuple[str, ...]
    is_default_shipping: bool
    is_default_billing: bool


@view_decorators.private
@session.required
def addresses(request: HttpRequest, client: Client) -> HttpResponse:
    found = [_saved(one) for one in _own(client)]
    context = {"addresses": found, "is_saved": request.GET.get("done") == "saved"}
    return render(request, "account/addresses.html", context)


def _own(client: Client) -> list[AccountAddressesMeAddresses]:
    me = client.account_addresses().me
    return list(me.addresses) if me else []


def _saved(one: AccountAddressesMeAddresses) -> SavedAddress:
    return SavedAddress(
        one.id,
        tuple(postal_address(one).lines(languages.current())),
        bool(one.is_default_shipping_address),
        bool(one.is_default_billing_address),
    )


@view_decorators.private
@session.required
def edit(request: HttpRequest, client: Client, address_id: str) -> HttpResponse:
    """One address: `new`, or the id of one of one's own."""
    saved: Mapping[str, str] = {}
    if address_id != NEW:
        own = next((one for one in _own(client) if one.id == address_id), None)
        if own is None:
            raise Http404(_("There is no such address in your account."))
        saved = initial_values(postal_address(own))
    if request.method == "POST":
        return _save(request, client, address_id)
    state = form_state.read(request)
    form = _form(request, {**saved, **(state.values if state else {})}, data=None)
    if state and state.is_checked:
        form = _form(request, dict(state.values), data=_prefixed(state.values))
        _add_errors(form, state)
    return _render(request, form, address_id)


def _form(request: HttpRequest, initial: Mapping[str, str], *, data: Mapping[str, str] | None) -> AddressForm:
    """The fields follow the chosen country."""
    channel = channels.current_channel(request)
    found = clients.storefront().destination_countries(channel=channel.slug).channel
    countries = country_names((one.code, one.country) for one in (found.countries if found else None) or ())
    chosen = initial.get("country", "")
    codes = dict(countries)
    country = (
        chosen if chosen in codes else channel.country if channel.country in codes else next(iter(codes), "")
    )
    return AddressForm(_rules(country), countries, GROUP, data=data, initial={**initial, "country": country})


def _rules(country: str) -> Rules | None:
    try:
        return (
            clients.storefront()
            .address_validation_rules(country=CountryCode(country))
            .address_validation_rules
        )
    except ValueError:
        return None


def _prefixed(values: Mapping[str, str]) -> dict[str, str]:
    return {f"{GROUP}-{name}": value for name, value in values.items()}


def _typed(request: HttpRequest) -> dict[str, str]:
    prefix = f"{GROUP}-"
    return {
        name.removeprefix(prefix): str(value)[:250]
        for name, value in request.POST.items()
        if name.startswith(prefix)
    }


def _save(request: HttpRequest, client: Client, address_id: str) -> HttpResponse:
    typed = _typed(request)
    if request.POST.get("do") == "country":
        return _again(request, FormState(typed, is_checked=False))
    form = _form(request, typed, data=_prefixed(typed))
    if not form.is_valid():
        return _again(request, FormState(typed))
    given = form.to_address_input()
    try:
        if address_id == NEW:
            check(client.account_address_create(input=given).account_address_create)
        else:
            check(client.account_address_update(id=address_id, input=given).account_address_update)
    except Refused as refused:
        errors = {
            field_key(problem.field) or "": error_messages.message_for(problem)
            for problem in refused.problems
        }
        return _again(request, FormState(typed, errors=errors))
    return form_state.leave(request.path, to=f"{reverse('storefront:addresses')}?done=saved")


def _again(request: HttpRequest, state: FormState) -> HttpResponse:
    response = form_state.redirect(request, request.path, state)
    if response is None:
        raise Http404(_("This address is too long."))
    return response


def _add_errors(form: AddressForm, state: FormState) -> None:
    form.full_clean()
    for name, message in state.errors.items():
        form.add_error(name if name in form.fields else None, message)


def _render(request: HttpRequest, form: AddressForm, address_id: str) -> HttpResponse:
    context = {"form": form, "errors": error_summary(form), "is_new": address_id == NEW}
    return render(request, "account/address.html", context)


@require_POST
@view_decorators.private
@session.required
def change(request: HttpRequest, client: Client, address_id: str) -> HttpResponse:
    """`do`: delete the address, or make it the usual one for deliveries or bills."""
    match request.POST.get("do"):
        case "delete":
            _delete(client, address_id)
        case "shipping":
            _set_default(client, address_id, AddressTypeEnum.SHIPPING)
        case "billing":
            _set_default(client, address_id, AddressTypeEnum.BILLING)
        case _:
            raise Http404
    return HttpResponseRedirect(f"{reverse('storefront:addresses')}?done=saved", status=303)


def _set_default(client: Client, address_id: str, kind: AddressTypeEnum) -> None:
    check(client.account_set_default_address(id=address_id, type_=kind).account_set_default_address)


def _delete(client: Client, address_id: str) -> None:
    """A second press of the button finds nothing left to delete."""
    try:
        check(client.account_address_delete(id=address_id).account_address_delete)
    except Refused as refused:
        if any(problem.code != "NOT_FOUND" for problem in refused.problems):
            raise
