"""Name, language and email address of an account."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from store.saleor.client.client import Client
from store.saleor.client.enums import LanguageCodeEnum
from store.saleor.client.input_types import AccountInput
from store.saleor.errors import Refused, check
from store.storefront import channels, form_state, languages, view_decorators
from store.storefront.account import forms, pages, session
from store.storefront.account.forms import DetailsForm, EmailChangeForm
from store.storefront.account.pages import FormPage

SENT = "sent"


@view_decorators.private
@session.required
def details(request: HttpRequest, client: Client) -> HttpResponse:
    if request.method == "POST":
        return _save(request, client)
    me = client.account_addresses().me
    initial = {"first_name": me.first_name, "last_name": me.last_name} if me else {}
    language = me.language_code.value.lower() if me else ""
    initial["language"] = language if language in languages.NAMES else languages.current()
    return pages.show(
        request,
        FormPage(
            title=_("Your name and language"),
            form=forms.from_request(request, DetailsForm, initial),
            button=_("Save"),
            links=[(reverse("storefront:account"), _("Back to your account"))],
        ),
    )


def _save(request: HttpRequest, client: Client) -> HttpResponse:
    form = DetailsForm(request.POST)
    if not form.is_valid():
        return forms.show_again(request, form)
    data = form.cleaned_data
    given = AccountInput(
        firstName=data["first_name"],
        lastName=data["last_name"],
        languageCode=LanguageCodeEnum(data["language"].upper()),
    )
    try:
        check(client.account_update(input=given).account_update)
    except Refused as refused:
        return forms.show_again(request, form, refused)
    return form_state.leave(request.path, to=f"{reverse('storefront:account')}?done=saved")


@view_decorators.private
@session.required
def change_email(request: HttpRequest, client: Client) -> HttpResponse:
    """Ask for another address, which has to be confirmed by a mail there."""
    back = [(reverse("storefront:account"), _("Back to your account"))]
    if SENT in request.GET:
        lead = _("A mail is on its way to the new address. Your account changes when you open its link.")
        return pages.show(request, FormPage(title=_("Please look at your email"), lead=lead, links=back))
    if request.method == "POST":
        return _request_email(request, client)
    return pages.show(
        request,
        FormPage(
            title=_("Change your email address"),
            form=forms.from_request(request, EmailChangeForm),
            button=_("Send the link"),
            links=back,
        ),
    )


def _request_email(request: HttpRequest, client: Client) -> HttpResponse:
    form = EmailChangeForm(request.POST)
    if not form.is_valid():
        return forms.show_again(request, form)
    try:
        check(
            client.request_email_change(
                new_email=form.cleaned_data["email"],
                password=form.cleaned_data["password"],
                redirect_url=pages.absolute("storefront:confirm-email"),
                channel=channels.current_channel(request).slug,
            ).request_email_change
        )
    except Refused as refused:
        if not forms.is_taken(refused):
            return forms.show_again(request, form, refused)
    return form_state.leave(request.path, to=f"{request.path}?{SENT}=1")


@view_decorators.private
@session.required
def confirm_email(request: HttpRequest, client: Client) -> HttpResponse:
    """The page that the mail to the new address leads to."""
    token = request.POST.get("token") or request.GET.get("token", "")
    back = [(reverse("storefront:account"), _("Back to your account"))]
    if request.method != "POST":
        page = FormPage(
            title=_("Confirm your new email address"),
            button=_("Confirm the new address"),
            hidden=[("token", token)],
        )
        return pages.show(request, page)
    try:
        channel = channels.current_channel(request).slug
        check(client.confirm_email_change(token=token, channel=channel).confirm_email_change)
    except Refused:
        lead = _("It was used before, or it is too old. Please ask for a new one.")
        return pages.show(
            request, FormPage(title=_("This link no longer works"), lead=lead, links=back), status=410
        )
    return HttpResponseRedirect(f"{reverse('storefront:account')}?done=saved", status=303)
