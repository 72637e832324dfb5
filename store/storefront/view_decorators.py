"""What each stop has in common at its door: what may be cached, and what is said when something is missing."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from store.saleor.errors import SaleorError
from store.storefront import errors

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

log = logging.getLogger(__name__)


def catalogue(view: View[P]) -> View[P]:
    """A page that anybody may see. Caches may keep it for a minute when it sets no cookie."""

    @wraps(view)
    def walk(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        if (
            response.status_code == 200
            and "Cache-Control" not in response
            and _is_anonymous(request, response)
        ):
            response["Cache-Control"] = "public, max-age=60"
        return response

    return walk


def private(view: View[P]) -> View[P]:
    """Cart, checkout, order: never stored by a browser or a cache, never indexed."""

    @wraps(view)
    def walk(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return walk


def _is_anonymous(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        request.method == "GET" and not request.COOKIES and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )


def _answer(view: View[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except Http404 as missing:
        return errors.not_found(request, missing)
    except SaleorError as trouble:
        log.exception("%s %s: the shop did not answer as it should", request.method, request.path)
        return errors.unavailable(request) if trouble.is_retryable else errors.server_error(request)
