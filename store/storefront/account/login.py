"""Log in and out."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from store.saleor import clients
from store.saleor.client.client import Client
from store.saleor.errors import Refused, check
from store.storefront import form_state, view_decorators
from store.storefront.account import forms, pages, session
from store.storefront.account.forms import LogInForm
from store.storefront.account.pages import FormPage

DONE = "done"  # parameter: what went well on the page before


@view_decorators.private
def log_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _handle_post(request)
    confirmed = request.GET.get(DONE) == "confirmed"
    return pages.show(
        request,
        FormPage(
            title=_("Log in"),
            form=forms.from_request(request, LogInForm),
            button=_("Log in"),
            hidden=[(session.NEXT, session.next_url(request))],
            notice=_("Your email address is confirmed. You can log in now.") if confirmed else "",
            links=[
                (reverse("storefront:reset-password"), _("Forgot your password?")),
                (reverse("storefront:register"), _("Open an account")),
                (reverse("storefront:find-order"), _("Find an order without an account")),
            ],
        ),
    )


def _handle_post(request: HttpRequest) -> HttpResponse:
    form = LogInForm(request.POST)
    if not form.is_valid():
        return forms.show_again(request, form)
    client = clients.storefront(client_address=request.META.get("REMOTE_ADDR", ""))
    try:
        answer = check(client.token_create(**form.cleaned_data).token_create)
    except Refused as refused:
        return forms.show_again(request, form, refused)
    response = form_state.leave(request.path, to=session.next_url(request))
    session.start(request, response, answer.refresh_token or "")
    return response


@require_POST
@view_decorators.private
def log_out(request: HttpRequest) -> HttpResponse:
    session.revoke(request)
    response = HttpResponseRedirect(reverse("storefront:home"), status=303)
    session.end(response)
    return response


@require_POST
@view_decorators.private
@session.required
def log_out_everywhere(request: HttpRequest, client: Client) -> HttpResponse:
    """Ends the logins on all devices, such as a lost phone."""
    check(client.tokens_deactivate_all().tokens_deactivate_all)
    response = HttpResponseRedirect(reverse("storefront:log-in"), status=303)
    session.end(response)
    return response
