"""The languages of guides and inserts; all other pages are in English."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.encoding import escape_uri_path

NAMES = {"en": "English", "de": "Deutsch", "es": "Español"}


def requested_language(request: HttpRequest, languages: Sequence[str]) -> str:
    requested = request.GET.get("lang", "en")
    return requested if requested in languages else "en"


def language_links(
    request: HttpRequest, languages: Sequence[str], current: str
) -> list[dict[str, str | bool]]:
    """One link per language to this page, with the rest of its query."""
    links: list[dict[str, str | bool]] = []
    for code in languages:
        query = request.GET.copy()
        query.pop("lang", None)
        if code != "en":
            query["lang"] = code
        url = escape_uri_path(request.path) + (f"?{query.urlencode()}" if query else "")
        links.append({"code": code, "name": NAMES.get(code, code), "url": url, "is_current": code == current})
    return links
