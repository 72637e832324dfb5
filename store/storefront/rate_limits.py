"""Middleware that limits how often a client sends forms, searches and opens orders. The API limits its own requests."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from store.rate_limits import Purpose, TooManyRequests, spend
from store.storefront import errors, page_cache_middleware

FORMS: dict[str, Purpose] = {
    "admin:login": "login",
    "storefront:log-in": "login",
    "storefront:new-password": "login",
    "storefront:change-password": "login",
    "storefront:register": "register",
    "storefront:confirm-account": "reset",
    "storefront:reset-password": "reset",
    "storefront:change-email": "reset",
    "storefront:delete-account": "reset",
    "storefront:find-order": "message",
    "storefront:order-return": "message",
    "storefront:review": "message",
    "storefront:reorder": "checkout",
    "storefront:contact": "message",
    "storefront:back-in-stock": "message",
    "storefront:back-in-stock-answer": "message",
    "storefront:cart": "cart",
    "storefront:product": "cart",
    "storefront:checkout": "checkout",
    "storefront:delivery": "checkout",
    "storefront:payment": "checkout",
    "storefront:payment-progress": "checkout",
    "storefront:recall-answer": "order lookup",
}


class RequestRateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        if purpose := purpose_of(request):
            page_cache_middleware.never_store(request)  # what is not rendered would not be counted
            try:
                spend(purpose, request.META.get("REMOTE_ADDR", ""))
            except TooManyRequests as error:
                return errors.too_many_requests(request, error.seconds)
        return None


def purpose_of(request: HttpRequest) -> Purpose | None:
    """What the request counts as; None for one that is not limited."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    if request.method == "POST":
        form: Purpose | None = "login" if request.path == "/admin/login/" else FORMS.get(view)
        return form or _purpose_of_lookup(request, view)
    return _purpose_of_lookup(request, view)


def _purpose_of_lookup(request: HttpRequest, view: str) -> Purpose | None:
    """A look-up is one by any method: the views read the address only."""
    if view == "storefront:listing" and request.GET.get("q"):
        return "search"
    if view == "storefront:suggestions":
        return "suggestions"
    is_lookup = view in ("storefront:order", "storefront:recall-answer")
    if view == "storefront:recalls" and (request.GET.get("lot") or request.GET.get("order")):
        is_lookup = True
    return "order lookup" if is_lookup else None
