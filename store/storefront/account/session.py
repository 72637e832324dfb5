"""Who is logged in: Saleor's refresh token, in a signed cookie that no script can read.

Pages for everybody never read it, so they are the same, and may be kept, for whoever asks.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from store.saleor import clients
from store.saleor.client.client import Client
from store.saleor.errors import Refused, check

COOKIE = "account"
SALT = "storefront.account"
MAX_AGE = 30 * 24 * 3600  # seconds; Saleor's refresh tokens live as long
NEXT = "next"  # parameter of the login page: the path to go on to

P = ParamSpec("P")


_revokers: list[Callable[[str], None]] = []


def connect(revoke_token: Callable[[str], None]) -> None:
    """`revoke_token` ends one login by its refresh token. Saleor's API can only end all of them, so with a real Saleor
    nothing is connected, and a token that was copied before lives until it expires.
    """
    _revokers[:] = [revoke_token]


def revoke(request: HttpRequest) -> None:
    """The login of this browser is ended also for whoever has copied its token."""
    token = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MAX_AGE)
    if token:
        for revoke_token in _revokers:
            revoke_token(token)


def client(request: HttpRequest) -> Client | None:
    """The client with the permissions of whoever is logged in; None for a guest, and where the login has ended."""
    token = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MAX_AGE)
    if not token:
        return None
    try:
        answer = check(clients.storefront().token_refresh(refresh_token=token).token_refresh)
    except Refused:
        return None
    return clients.signed_in(answer.token) if answer.token else None


def start(request: HttpRequest, response: HttpResponse, refresh_token: str) -> None:
    response.set_signed_cookie(
        COOKIE,
        refresh_token,
        salt=SALT,
        max_age=MAX_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def end(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def required(
    view: Callable[Concatenate[HttpRequest, Client, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view for somebody who is logged in, with their client; everybody else is sent to the login first."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        own = client(request)
        if own is None:
            query = urlencode({NEXT: request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('storefront:log-in')}?{query}", status=303)
        return view(request, own, *args, **kwargs)

    return wrapper


def next_url(request: HttpRequest) -> str:
    """Where to go after the login: a path of this shop."""
    url = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    allowed = url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if url and allowed else reverse("storefront:account")
