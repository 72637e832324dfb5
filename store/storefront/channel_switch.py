"""The page that chooses the channel, which decides currency, stock and delivery countries. Each has its own cart."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy

from store.cross_site_forms import checks_origin
from store.storefront import channels, form_state, view_decorators
from store.storefront.form_state import FormState
from store.storefront.page_context import render

UNKNOWN = gettext_lazy("We don't deliver there yet. Please choose one of these.")


@checks_origin
@view_decorators.private
def region(request: HttpRequest) -> HttpResponse:
    state = form_state.read(request) or FormState()
    next_url = request.POST.get("next") or request.GET.get("next") or state.values.get("next")
    next_url = _safe_url(request, next_url or reverse("storefront:home"))
    if request.method == "POST":
        channel = channels.by_slug(request.POST.get("channel", ""))
        if channel is None:
            return _show_unknown(request, next_url)
        response = HttpResponseRedirect(next_url, status=303)
        channels.set_cookie(response, channel, secure=request.is_secure())
        return response
    return _render_region(request, next_url, state)


def _show_unknown(request: HttpRequest, next_url: str) -> HttpResponse:
    state = FormState({"next": next_url}, (str(UNKNOWN),))
    return form_state.redirect(request, request.path, state) or _render_region(
        request, next_url, state, status=422
    )


def _render_region(
    request: HttpRequest, next_url: str, state: FormState, *, status: int = 200
) -> HttpResponse:
    context = {"channels": channels.known(), "next_url": next_url, "errors": state.messages}
    return render(request, "region.html", context, status=status)


def _safe_url(request: HttpRequest, url: str) -> str:
    allowed = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()})
    return url if allowed else reverse("storefront:home")
