"""The languages of the shop: English at the root, the others below their code (`/de/products/`).

The URL alone decides the language of a page. A cookie remembers what a shopper chose, and the browser's own language
is offered; neither is ever forced on anyone.
"""

from dataclasses import dataclass
from functools import lru_cache

from babel import localedata
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header

from store.guidebook.languages import address_in
from store.saleor.client.enums import LanguageCodeEnum
from store.storefront.channels import Channel

NAMES: dict[str, str] = dict(settings.LANGUAGES)
COOKIE_MAX_AGE = 365 * 24 * 3600  # seconds
MAX_HEADER = 500  # characters, as Django reads of it
# Where the channel's country does not speak the language.
DIALECTS = {"de": "de_DE", "es": "es_ES"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """To this page in another language; `url` also remembers the choice, `page` does not."""

    code: str
    name: str
    url: str
    page: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A line in the language that the reader seems to prefer; `dismiss_url` keeps the page's own."""

    code: str
    text: str
    url: str
    dismiss: str
    dismiss_url: str


def current() -> str:
    """The language of this request: "en", "de" or "es"."""
    return _known(translation.get_language() or "") or settings.LANGUAGE_CODE


def current_code() -> LanguageCodeEnum:
    """As Saleor names it."""
    return LanguageCodeEnum(current().upper())


def alt_key() -> str:
    """The key of the metadata that holds the alternative text of a picture in the current language."""
    return f"alt.{current()}"


def format_locale(channel: Channel) -> str:
    """How amounts and dates are written: as the language does, in English as the channel's country does."""
    language = current()
    if language == settings.LANGUAGE_CODE:
        return channel.locale
    dialect = f"{language}_{channel.country}"
    return dialect if localedata.exists(dialect) else DIALECTS[language]


def path_in(code: str, path: str) -> str:
    """The path, with its query, of the same page in another language.

    It begins with one slash whatever the path was: with two, a browser would take what follows for another site.
    """
    first, _, rest = path.lstrip("/").partition("/")
    bare = f"/{rest if first in NAMES and first != settings.LANGUAGE_CODE else path}"
    bare = f"/{bare.lstrip('/')}"
    return address_in(bare, code)


def links(request: HttpRequest) -> list[LanguageLink]:
    path = request.get_full_path()
    return [
        LanguageLink(code, name, _choice_url(code, path), path_in(code, path), code == current())
        for code, name in NAMES.items()
    ]


def offer(request: HttpRequest) -> Offer | None:
    """None where the page is in the language that was chosen or that the browser asks for."""
    preferred = preferred_by(request)
    if request.method != "GET" or preferred is None or preferred == current():
        return None
    path = request.get_full_path()
    with translation.override(preferred):
        text, dismiss = gettext("This page is also there in English."), gettext("No, thank you")
    return Offer(preferred, text, _choice_url(preferred, path), dismiss, _choice_url(current(), path))


def preferred_by(request: HttpRequest) -> str | None:
    """The language that the reader chose, or else the browser's first one; None for one that we don't have."""
    return chosen(request) or _browser_language(request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:MAX_HEADER])


def chosen(request: HttpRequest) -> str | None:
    """The language of the cookie."""
    return _known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))


def set_cookie(response: HttpResponse, code: str, *, secure: bool) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=COOKIE_MAX_AGE,
        samesite="Lax",
        httponly=True,
        secure=secure,
    )


@lru_cache(maxsize=512)
def _browser_language(header: str) -> str | None:
    """The first language of Accept-Language, if it is one of ours; None for others and without the header."""
    accepted = parse_accept_lang_header(header)
    return _known(accepted[0][0]) if accepted else None


def _known(code: str) -> str | None:
    short = code.replace("_", "-").split("-")[0].lower()
    return short if short in NAMES else None


def _choice_url(code: str, path: str) -> str:
    return f"/language/{code}/?{urlencode({'next': path})}"
