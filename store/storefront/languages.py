"""Guides and inserts speak several languages; the rest of the shop speaks English."""

from collections.abc import Sequence

from django.http import HttpRequest

NAMES = {"en": "English", "de": "Deutsch", "es": "Español"}


def chosen_language(request: HttpRequest, languages: Sequence[str]) -> str:
    asked = request.GET.get("lang", "en")
    return asked if asked in languages else "en"


def links(request: HttpRequest, languages: Sequence[str], current: str) -> list[dict[str, str | bool]]:
    """One link a language, keeping the rest of the address."""
    found: list[dict[str, str | bool]] = []
    for code in languages:
        query = request.GET.copy()
        query.pop("lang", None)
        if code != "en":
            query["lang"] = code
        url = request.path + (f"?{query.urlencode()}" if query else "")
        found.append({"code": code, "name": NAMES.get(code, code), "url": url, "on": code == current})
    return found
