"""The page that chooses the channel, which decides currency, stock and delivery countries. Each has its own cart."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from store.storefront import channels, view_decorators
from store.storefront.page_context import render


@view_decorators.private
def region(request: HttpRequest) -> HttpResponse:
    next_url = _safe_url(
        request, request.POST.get("next") or request.GET.get("next") or reverse("storefront:home")
    )
    if request.method == "POST":
        channel = channels.by_slug(request.POST.get("channel", ""))
        if channel is None:
            return _render_region(request, next_url, status=422)
        response = HttpResponseRedirect(next_url, status=303)
        channels.set_cookie(response, channel, secure=request.is_secure())
        return response
    return _render_region(request, next_url)


def _render_region(request: HttpRequest, next_url: str, status: int = 200) -> HttpResponse:
    return render(
        request, "region.html", {"channels": channels.CHANNELS, "next_url": next_url}, status=status
    )


def _safe_url(request: HttpRequest, url: str) -> str:
    allowed = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()})
    return url if allowed else reverse("storefront:home")
