"""Redirect after POST, also for a form with errors: what was typed and what was wrong, kept for the page that follows.

A page that is drawn as the answer of a POST makes a browser ask "Confirm form resubmission" on Back and on reload. So a
form with errors redirects to its page; what was typed travels in a signed cookie of that page, for ten minutes, and the
address names which one it was, so that a later visit starts clean. It works without JavaScript and with any number of
processes, and nothing is stored on the server. A form puts in only what it shows again: no card, no health answer.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

SALT = "storefront.form"
PARAMETER = "form"
NOT_IN_A_NAME = re.compile(r"[^\w.:-]", re.ASCII)  # of a cookie: an id in the path may end in "="
MAX_AGE = 600  # seconds
MAX_SIZE = 3500  # bytes; browsers drop a cookie above 4,096


@dataclass(frozen=True, slots=True)
class FormState:
    """`values` as typed, by field; `messages` about the form as a whole; `errors` by field.

    `is_checked` is False where the form was only drawn anew, such as for another country: then it shows no errors.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    is_checked: bool = True


def redirect(request: HttpRequest, url: str, state: FormState) -> HttpResponse | None:
    """A redirect to the page that shows the form again; None where the state is too large to be kept (then the caller
    draws the page, which `store.redirected_answers` gives an address of its own, and nothing that was typed is lost).
    `url`: its path, with its query if it has one.
    """
    key = secrets.token_urlsafe(6)
    value = signing.dumps({"key": key, **asdict(state)}, salt=SALT, compress=True)
    if len(value) > MAX_SIZE:
        return None
    path, _, query_string = url.partition("?")
    query = QueryDict(query_string, mutable=True)
    query[PARAMETER] = key
    response = HttpResponseRedirect(f"{path}?{query.urlencode()}", status=303)
    response.set_cookie(
        _cookie_name(path),
        value,
        max_age=MAX_AGE,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def read(request: HttpRequest) -> FormState | None:
    """The state that this address asks for; None for another one, and after ten minutes."""
    key = request.GET.get(PARAMETER)
    if not key:
        return None
    try:
        kept = signing.loads(request.COOKIES.get(_cookie_name(request.path), ""), salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, json.JSONDecodeError):
        return None
    if kept.pop("key") != key:
        return None
    return FormState(kept["values"], tuple(kept["messages"]), kept["errors"], kept["is_checked"])


def leave(url: str, *, to: str) -> HttpResponse:
    """A redirect to another page, when the form of this page (`url`: its path) went through: what was typed is
    forgotten."""
    response = HttpResponseRedirect(to, status=303)
    response.delete_cookie(_cookie_name(url), path=url, samesite="Lax")
    return response


def _cookie_name(url: str) -> str:
    return "form" + NOT_IN_A_NAME.sub("-", url).rstrip("-")
