"""Refuses forms that another site sends in the name of a shopper.

Django's token does that for the desk, the cart and the checkout, and needs a cookie. The forms of pages that everybody
gets alike, and that set no cookie ("add to cart", the choice of the region), prove where they come from instead, by
headers that a page of another site cannot set: `Sec-Fetch-Site`, or `Origin`, or `Referer`. Browsers have sent one of
them with each form for years; a form without any is refused.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
View = TypeVar("View", bound=Callable[..., Any])


def checks_origin(view: View) -> View:
    """Marks a view whose forms are checked by their origin, without a token."""
    view.checks_origin = True  # type: ignore[attr-defined]
    return view


class CrossSiteFormMiddleware(CsrfViewMiddleware):
    """Django's check of the token, and for views marked with `checks_origin` the check of the origin."""

    def process_view(
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        if not getattr(callback, "checks_origin", False):
            return super().process_view(request, callback, callback_args, callback_kwargs)
        if request.method in SAFE_METHODS or getattr(request, "_dont_enforce_csrf_checks", False):
            return None

        if self._is_from_here(request):
            return None
        return self._reject(request, "The form does not come from this shop.")  # type: ignore[no-any-return, attr-defined]

    def _is_from_here(self, request: HttpRequest) -> bool:
        """The first header that is there decides. `Sec-Fetch-Site` comes over https and from this machine only."""
        if site := request.headers.get("Sec-Fetch-Site"):
            return site == "same-origin"
        if "Origin" in request.headers:
            return bool(self._origin_verified(request))  # type: ignore[attr-defined]
        try:
            referer = urlsplit(request.headers.get("Referer", ""))
        except ValueError:
            return False
        return (referer.scheme, referer.netloc) == (request.scheme, request.get_host())
