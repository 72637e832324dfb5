"""Set a new password by mail, without knowing the old one; and change it when logged in."""

import logging

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from store.saleor import clients
from store.saleor.client.client import Client
from store.saleor.errors import Refused, check
from store.storefront import channels, form_state, view_decorators
from store.storefront.account import forms, pages, session
from store.storefront.account.forms import EmailOnlyForm, NewPasswordForm, PasswordChangeForm
from store.storefront.account.pages import FormPage

SENT = "sent"

log = logging.getLogger(__name__)


@view_decorators.private
def request_reset(request: HttpRequest) -> HttpResponse:
    """Ask for the mail. The answer is the same whoever has an account."""
    if SENT in request.GET:
        return pages.show(
            request,
            FormPage(
                title=_("Please look at your email"),
                lead=_(
                    "If this address has an account, a mail with a link is on its way. It comes once in a quarter of an"
                    " hour at most."
                ),
                links=[(reverse("storefront:log-in"), _("Log in"))],
            ),
        )
    if request.method == "POST":
        form = EmailOnlyForm(request.POST)
        if not form.is_valid():
            return forms.show_again(request, form)
        _request(request, form.cleaned_data["email"])
        return form_state.leave(request.path, to=f"{request.path}?{SENT}=1")
    return pages.show(
        request,
        FormPage(
            title=_("Set a new password"),
            lead=_("We send you a link."),
            form=forms.from_request(request, EmailOnlyForm),
            button=_("Send the link"),
            links=[(reverse("storefront:log-in"), _("Log in"))],
        ),
    )


def _request(request: HttpRequest, email: str) -> None:
    answer = clients.storefront().request_password_reset(
        email=email,
        redirect_url=pages.absolute("storefront:new-password"),
        channel=channels.current_channel(request).slug,
    )
    try:
        check(answer.request_password_reset)
    except Refused as refused:  # some Saleors say that there is no such account, or that a mail was just sent
        log.info("no mail for a new password: %s", refused)


@view_decorators.private
def set_new(request: HttpRequest) -> HttpResponse:
    """The page that the mail leads to, with `email` and `token` in its address."""
    email, token = request.GET.get("email", ""), request.GET.get("token", "")
    if request.method == "POST":
        return _set(request, email, token)
    return pages.show(
        request,
        FormPage(
            title=_("Set a new password"),
            lead=email,
            form=forms.from_request(request, NewPasswordForm),
            button=_("Save the password"),
        ),
    )


def _set(request: HttpRequest, email: str, token: str) -> HttpResponse:
    form = NewPasswordForm(request.POST)
    if not form.is_valid():
        return forms.show_again(request, form)
    client = clients.storefront(client_address=request.META.get("REMOTE_ADDR", ""))
    password = form.cleaned_data["password"]
    try:
        answer = check(client.set_password(email=email, token=token, password=password).set_password)
    except Refused as refused:
        if any(problem.field in ("token", "email") for problem in refused.problems):
            return pages.show(request, _broken_link(), status=410)
        return forms.show_again(request, form, refused)
    response = form_state.leave(request.path, to=reverse("storefront:account"))
    if answer.refresh_token:
        session.start(request, response, answer.refresh_token)
    return response


def _broken_link() -> FormPage:
    return FormPage(
        title=_("This link no longer works"),
        lead=_("It was used before, or it is too old. Please ask for a new one."),
        links=[(reverse("storefront:reset-password"), _("Set a new password"))],
    )


@view_decorators.private
@session.required
def change(request: HttpRequest, client: Client) -> HttpResponse:
    if request.method != "POST":
        return pages.show(
            request,
            FormPage(
                title=_("Change your password"),
                form=forms.from_request(request, PasswordChangeForm),
                button=_("Save the password"),
                links=[(reverse("storefront:account"), _("Back to your account"))],
            ),
        )
    form = PasswordChangeForm(request.POST)
    if not form.is_valid():
        return forms.show_again(request, form)
    try:
        check(client.password_change(**form.cleaned_data).password_change)
    except Refused as refused:
        return forms.show_again(request, form, refused)
    return form_state.leave(request.path, to=f"{reverse('storefront:account')}?done=saved")
