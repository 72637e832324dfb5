"""Open an account and confirm its address.

The link of the mail opens a page with a button: a program that opens the links of mails confirms nothing, and so gets
nobody else's orders.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from store.saleor import clients
from store.saleor.client.input_types import AccountRegisterInput
from store.saleor.errors import Refused, check
from store.storefront import channels, form_state, languages, view_decorators
from store.storefront.account import forms, pages
from store.storefront.account.forms import RegisterForm
from store.storefront.account.login import DONE
from store.storefront.account.pages import FormPage

SENT = "sent"


@view_decorators.private
def register(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _handle_post(request)
    if SENT in request.GET:
        return pages.show(request, _look_at_mail())
    return pages.show(
        request,
        FormPage(
            title=_("Open an account"),
            lead=_("It keeps your addresses and shows your orders. You can buy without one, too."),
            form=forms.from_request(request, RegisterForm),
            button=_("Open the account"),
            links=[(reverse("storefront:log-in"), _("You have an account? Log in"))],
        ),
    )


def _look_at_mail() -> FormPage:
    """The same for a new address and for one that has an account: nobody learns who has one."""
    return FormPage(
        title=_("Please look at your email"),
        lead=_(
            "If this address has no account yet, a mail is on its way: open its link to confirm the address."
            " If it has one already, log in or set a new password."
        ),
        links=[
            (reverse("storefront:log-in"), _("Log in")),
            (reverse("storefront:reset-password"), _("Set a new password")),
        ],
    )


def _handle_post(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return forms.show_again(request, form)
    account = AccountRegisterInput(
        **form.cleaned_data,
        languageCode=languages.current_code(),
        redirectUrl=pages.absolute("storefront:confirm-account"),
        channel=channels.current_channel(request).slug,
    )
    try:
        check(clients.storefront().account_register(input=account).account_register)
    except Refused as refused:
        if not forms.is_taken(refused):
            return forms.show_again(request, form, refused)
    return form_state.leave(request.path, to=f"{reverse('storefront:register')}?{SENT}=1")


@view_decorators.private
def confirm(request: HttpRequest) -> HttpResponse:
    email, token = (request.POST.get(name) or request.GET.get(name, "") for name in ("email", "token"))
    if request.method == "POST":
        try:
            check(clients.storefront().confirm_account(email=email, token=token).confirm_account)
        except Refused:
            return pages.show(request, _broken_link(), status=410)
        return HttpResponseRedirect(f"{reverse('storefront:log-in')}?{DONE}=confirmed", status=303)
    return pages.show(
        request,
        FormPage(
            title=_("Confirm your email address"),
            lead=email,
            button=_("Confirm the address"),
            hidden=[("email", email), ("token", token)],
        ),
    )


def _broken_link() -> FormPage:
    return FormPage(
        title=_("This link no longer works"),
        lead=_(
            "It was used before, or it is too old. If the account is not open yet, set a new password:"
            " that confirms the address as well."
        ),
        links=[
            (reverse("storefront:log-in"), _("Log in")),
            (reverse("storefront:reset-password"), _("Set a new password")),
        ],
    )
