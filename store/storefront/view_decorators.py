"""Decorators of all views: cache headers, and error pages for Http404 and for failures of Saleor."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.encoding import escape_uri_path

from store.saleor.errors import SaleorError
from store.storefront import errors, languages

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# "no-cache" stores, but asks each time: a change of price or stock shows at once. The answer is mostly 304.
REVALIDATE_PUBLIC, REVALIDATE_PRIVATE = REVALIDATE = "public, no-cache", "private, no-cache"

log = logging.getLogger(__name__)


def public(view: View[P]) -> View[P]:
    """A page for everybody: the page cache may store it, and browsers, which ask each time whether it still holds."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if address := _address_in_requested_language(request):
            return HttpResponseRedirect(address)
        response = _call_view(view, request, *args, **kwargs)
        if response.status_code == 200 and "Cache-Control" not in response and request.method == "GET":
            response["Cache-Control"] = cache_control(request)
        return response

    wrapper.is_public = True  # type: ignore[attr-defined]
    return wrapper


def cache_control(request: HttpRequest) -> str:
    """Of a page for everybody: with a cart it is nobody else's."""
    return REVALIDATE_PRIVATE if request.COOKIES else REVALIDATE_PUBLIC


def is_public(view: Callable[..., object]) -> bool:
    return getattr(view, "is_public", False)


def private(view: View[P]) -> View[P]:
    """Cart, checkout, order: never stored by a browser or a cache, never indexed."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = _call_view(view, request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapper


def _address_in_requested_language(request: HttpRequest) -> str:
    """Where `?lang=de` leads, which printed inserts and mails have in their addresses; empty without it."""
    query = request.GET.copy()
    code = str(query.pop("lang", [""])[-1])
    if request.method != "GET" or code not in languages.NAMES:
        return ""
    path = languages.path_in(code, escape_uri_path(request.path))
    return f"{path}?{query.urlencode()}" if query else path


def _call_view(view: View[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except Http404 as not_found:
        return errors.not_found(request, not_found)
    except SaleorError as error:
        log.exception("%s %s: Saleor did not answer as it should", request.method, request.path)
        if not error.is_retryable:
            return errors.server_error(request)
        response = errors.unavailable(request)
        response.shop_is_away = True  # type: ignore[attr-defined]  # for the page cache, which may have an older page
        return response
