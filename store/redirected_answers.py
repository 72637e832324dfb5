"""Redirect after POST for every form, Django's own included, also where it was refused.

A page that is drawn as the answer of a POST makes a browser ask "Confirm form resubmission" on Back and on reload. So
the drawn page, with what was typed and what was wrong, is stored for ten minutes as a session of its own, and the
browser is sent to its address. Only the browser that sent the form can open it, as the same user, and on its own path.
"""

import base64
import secrets
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import escape_leading_slashes

from store.rate_limits import TooManyRequests, spend

PARAMETER = COOKIE = "answer"
MAX_AGE = 600  # seconds
MAX_SIZE = 1_000_000  # bytes, compressed; a larger page is drawn at once
DRAWN = frozenset({200, 400, 403, 404, 409, 410, 422})
LEFT_OUT = frozenset({"Content-Length", "Set-Cookie"})


class PageWithSecret(TemplateResponse):
    """Drawn at once, so that what it shows, such as the key of a second factor, is not stored."""


class RedirectedAnswerMiddleware:
    """For navigations of a browser, since only these are in its history."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET" and PARAMETER in request.GET:
            return _stored(request) or HttpResponseRedirect(_address(request, key=None))
        response = self.get_response(request)
        is_navigation = request.method == "POST" and _is_navigation(request)
        return _redirected(request, response) if is_navigation else response


def _is_navigation(request: HttpRequest) -> bool:
    """`Sec-Fetch-Mode` says it. Older browsers do not send it, and none does to an address without https; then what
    asks for a page is a navigation, and what takes anything is a script.
    """
    mode = request.headers.get("Sec-Fetch-Mode")
    return mode == "navigate" if mode else "text/html" in request.headers.get("Accept", "")


def _redirected(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    is_page = response.get("Content-Type", "").startswith("text/html")
    if response.status_code not in DRAWN or not is_page or not isinstance(response, HttpResponse):
        return response
    if isinstance(response, PageWithSecret):
        return response
    body = zlib.compress(response.content)
    if len(body) > MAX_SIZE or not _may_store(request):
        return response
    browser = secrets.token_urlsafe(16)
    session = _sessions()()
    session.update(
        {
            "user": request.user.pk,
            "browser": browser,
            "path": request.path,
            "status": response.status_code,
            "headers": {name: value for name, value in response.items() if name not in LEFT_OUT},
            "body": base64.b64encode(body).decode(),
        }
    )
    session.set_expiry(MAX_AGE)
    _sessions().clear_expired()
    session.create()
    redirect = HttpResponseRedirect(_address(request, key=session.session_key), status=303)
    redirect.cookies = response.cookies
    redirect.set_cookie(
        COOKIE,
        browser,
        max_age=MAX_AGE,
        path=request.path,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return redirect


def _may_store(request: HttpRequest) -> bool:
    """Not more rows for a client than a person needs, whatever forms it sends."""
    try:
        spend("stored page", request.META.get("REMOTE_ADDR", ""))
    except TooManyRequests:
        return False
    return True


def _stored(request: HttpRequest) -> HttpResponse | None:
    """The page that this address asks for; None for another browser, user or path, and after ten minutes."""
    stored = _sessions()(request.GET[PARAMETER])
    asked_by = (request.user.pk, request.COOKIES.get(COOKIE), request.path)
    if "body" not in stored or (stored["user"], stored["browser"], stored["path"]) != asked_by:
        return None
    body = zlib.decompress(base64.b64decode(stored["body"]))
    headers = stored["headers"] | {"Cache-Control": "private, no-store"}
    return HttpResponse(body, status=stored["status"], headers=headers)


def _sessions() -> Any:
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    return store


def _address(request: HttpRequest, *, key: str | None) -> str:
    query = request.GET.copy()
    query.pop(PARAMETER, None)
    if key:
        query[PARAMETER] = key
    return escape_leading_slashes(quote(request.path)) + (f"?{query.urlencode()}" if query else "")
