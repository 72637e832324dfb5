"""Delete the account: asked for on its page, confirmed by a mail and a button."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from store.saleor.client.client import Client
from store.saleor.errors import Refused, check
from store.storefront import channels, error_messages, view_decorators
from store.storefront.account import pages, personal_data, session
from store.storefront.account.pages import FormPage


@view_decorators.private
@session.required
def request_deletion(request: HttpRequest, client: Client) -> HttpResponse:
    back = [(reverse("storefront:account"), _("Back to your account"))]
    if request.method != "POST":
        lead = _(
            "Your name, addresses, password, reviews and carts are deleted, and no mail tells you that something is"
            " back in stock. We keep your orders with their addresses for our accounts, for returns and for recalls,"
            " and mails about the safety of what you bought still reach you. We send you a link to confirm it."
        )
        page = FormPage(title=_("Delete your account"), lead=lead, button=_("Send the link"), links=back)
        return pages.show(request, page)
    try:
        check(
            client.account_request_deletion(
                redirect_url=pages.absolute("storefront:confirm-deletion"),
                channel=channels.current_channel(request).slug,
            ).account_request_deletion
        )
    except Refused as refused:
        errors = [("", message) for message in error_messages.messages_for(refused)]
        return pages.show(
            request, FormPage(title=_("Delete your account"), errors=errors, links=back), status=422
        )
    lead = _("A mail is on its way. Your account stays as it is until you open its link.")
    return pages.show(request, FormPage(title=_("Please look at your email"), lead=lead, links=back))


@view_decorators.private
@session.required
def confirm(request: HttpRequest, client: Client) -> HttpResponse:
    """The page that the mail leads to."""
    token = request.POST.get("token") or request.GET.get("token", "")
    if request.method != "POST":
        page = FormPage(
            title=_("Delete your account?"),
            lead=_("It cannot be undone."),
            button=_("Delete the account"),
            hidden=[("token", token)],
            links=[(reverse("storefront:account"), _("Back to your account"))],
        )
        return pages.show(request, page)
    me = client.account_page(first=1).me
    try:
        check(client.account_delete(token=token).account_delete)
    except Refused as refused:
        return pages.show(request, _refused(refused), status=410)
    if me:
        personal_data.forget(me.email)  # a real Saleor, which deletes the account there, knows none of it
    page = FormPage(
        title=_("Your account is deleted"), links=[(reverse("storefront:home"), _("To the first page"))]
    )
    response = pages.show(request, page)
    session.end(response)
    return response


def _refused(refused: Refused) -> FormPage:
    if any(problem.code == "DELETE_STAFF_ACCOUNT" for problem in refused.problems):
        lead = _("This account belongs to the shop's staff. It is deleted at the merchant's desk.")
        return FormPage(title=_("Delete your account"), lead=lead)
    return FormPage(
        title=_("This link no longer works"),
        lead=_("It was used before, or it is too old. Please ask for a new one."),
        links=[(reverse("storefront:delete-account"), _("Delete your account"))],
    )
