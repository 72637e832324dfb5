"""Choose the market: currency, stock and where we deliver follow from it. Each market keeps its own cart."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from store.storefront import channels, view_decorators
from store.storefront.page_context import render


@view_decorators.private
def region(request: HttpRequest) -> HttpResponse:
    back = _safe(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.method == "POST":
        channel = channels.by_slug(request.POST.get("channel", ""))
        if channel is None:
            return _show(request, back, status=422)
        response = HttpResponseRedirect(back, status=303)
        channels.remember(response, channel, secure=request.is_secure())
        return response
    return _show(request, back)


def _show(request: HttpRequest, back: str, status: int = 200) -> HttpResponse:
    return render(request, "region.html", {"channels": channels.CHANNELS, "back": back}, status=status)


def _safe(request: HttpRequest, url: str) -> str:
    allowed = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()})
    return url if allowed else "/"
