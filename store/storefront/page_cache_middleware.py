"""Answers with a kept page before any other work but to tell who asks, and keeps what the rest answers.

Kept is the response as it leaves the last of the other middlewares, with their security headers; the policy has no
nonce (`store.content_security`), but hashes, so it is the same for each reader.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from store.saleor.validity import recording
from store.storefront import page_keys, view_decorators
from store.storefront.page_cache import PAGES, CachedPage, PageKey
from store.storefront.single_flight import SingleFlight

MAIN = '<main id="main"'  # of storefront/base.html
BUY, CLOSED = " data-buy>", " hidden disabled>"  # the end of a button that buys; without it nothing is sent
CONTENT_TYPES = ("text/", "application/xml")
_flights = SingleFlight()


class PageCacheMiddleware:
    """Pages of views marked as `public` only. Several requests for a page that is not there are rendered once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._compressed = GZipMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = page_keys.key_of(request)
        if key is None:
            return self.get_response(request)
        if page := PAGES.get(key):
            return _response(request, page)
        if not _is_public(key.path):
            return self.get_response(request)
        with _flights.flight(key):
            if page := PAGES.get(key):
                return _response(request, page)
            return self._render(request, key)

    def _render(self, request: HttpRequest, key: PageKey) -> HttpResponseBase:
        accepted = request.META.pop("HTTP_ACCEPT_ENCODING", "")  # kept is the page as it is
        request.META["QUERY_STRING"] = key.query  # the page is made of the key alone
        with recording() as recorder:
            response = self.get_response(request)
        request.META["HTTP_ACCEPT_ENCODING"] = accepted
        if getattr(response, "shop_is_away", False) and (old := PAGES.get_old(key)):
            return self._compressed.process_response(request, _marked(request, old))
        if not _may_be_kept(request, response) or not isinstance(response, HttpResponse):
            return self._compressed.process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        page = CachedPage.of(response.content, headers, recorder.validities)
        if recorder.is_complete:
            PAGES.put(key, page)
        return _response(request, page)


def never_store(request: HttpRequest) -> None:
    """The response of this request is not kept."""
    request.META["store.never_store"] = True


def _is_public(path: str) -> bool:
    """Whether the view of this path is marked as `public`. Without it, nothing of it may be kept or waited for."""
    try:
        with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
            return view_decorators.is_public(resolve(path).func)
    except Resolver404:
        return False


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "store.never_store" not in request.META
        and response.get("Content-Type", "").startswith(CONTENT_TYPES)
        and not response.has_header("Content-Encoding")
    )


def _marked(request: HttpRequest, page: CachedPage) -> HttpResponse:
    """A page of before, which says so: its prices may have changed, and nothing can be bought for the moment."""
    _, body = page.body("")
    language = translation.get_language_from_path(request.path) or settings.LANGUAGE_CODE
    with translation.override(language):
        notice = render_to_string("storefront/parts/shop_away.html")
    headers = {name: value for name, value in page.headers.items() if name != "Cache-Control"}
    marked = body.decode().replace(MAIN, f"{notice}{MAIN}", 1).replace(BUY, CLOSED)
    return HttpResponse(marked, headers={**headers, "Cache-Control": "no-store"})


def _response(request: HttpRequest, page: CachedPage) -> HttpResponse:
    headers = {**page.headers, "ETag": page.etag}
    if headers.get("Cache-Control") in view_decorators.REVALIDATE:  # of the reader it was made for
        headers["Cache-Control"] = view_decorators.cache_control(request)
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        return HttpResponseNotModified(headers=headers)
    coding, body = page.body(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    if coding:
        headers["Content-Encoding"] = coding
    headers["Content-Length"] = str(len(body))
    return HttpResponse(body, headers=headers)
