"""Guides and inserts are read in bathrooms, cellars and trains: after the first visit they open without a connection.

A small worker in the browser keeps the guides and inserts of the reader's language, as an anonymous visitor sees them.
It rules over /guides/ and /inserts/ alone; cart, checkout and orders never pass through it.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe

from store import guidebook
from store.guidebook import insert_versions
from store.guidebook.guides import Guide
from store.guidebook.inserts import Insert
from store.storefront import guide_content, view_decorators
from store.storefront.languages import chosen_language, links
from store.storefront.page_context import render

# {date} is the day on which the copy was saved, in the reader's own way of writing it.
NOTES = {
    "en": "The shop can't be reached just now. You are reading the copy that was saved on {date}.",
    "de": "Der Shop ist gerade nicht erreichbar. Sie lesen die Fassung, die am {date} gespeichert wurde.",
    "es": "Ahora no se puede acceder a la tienda. Está leyendo la copia que se guardó el {date}.",
}
WORDS = {
    "en": {
        "title": "You are offline.",
        "lead": "This page needs a connection. What you find below was saved on an earlier visit: open any of it.",
        "guides_title": "Guides",
        "inserts_title": "Safety inserts",
    },
    "de": {
        "title": "Sie sind offline.",
        "lead": "Diese Seite braucht eine Verbindung. Was unten steht, wurde bei einem früheren Besuch gespeichert.",
        "guides_title": "Anleitungen",
        "inserts_title": "Sicherheitsblätter",
    },
    "es": {
        "title": "No tiene conexión.",
        "lead": "Esta página necesita conexión. Lo que ve abajo se guardó en una visita anterior y puede abrirse.",
        "guides_title": "Guías",
        "inserts_title": "Hojas de seguridad",
    },
}
LOOKS = (
    "storefront/shop.css",
    "storefront/reading.css",
    "storefront/shop.js",
    "fonts/fraunces-latin-wght-normal.woff2",
    "fonts/source-sans-3-latin-400-normal.woff2",
    "fonts/source-sans-3-latin-600-normal.woff2",
    "fonts/source-sans-3-latin-700-normal.woff2",
    "brand/wordmark.svg",
    "brand/favicon.svg",
)


@view_decorators.catalogue
def worker(request: HttpRequest) -> HttpResponse:
    """The script of the worker. A browser asks for it again at each visit; another edition is another script."""
    lang = chosen_language(request, guidebook.library().languages)
    plan = {
        "edition": edition(Path(settings.GUIDES_DIR)),
        "pages": _pages(lang),
        "assets": _assets(),
        "lost": _in(lang, reverse("storefront:offline")),
        "notes": NOTES,
    }
    words = json.dumps(plan, ensure_ascii=False)
    script = render_to_string("storefront/offline.js", {"plan": mark_safe(words)})  # noqa: S308 - our own words
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@view_decorators.catalogue
def lost(request: HttpRequest) -> HttpResponse:
    """What a reader without a connection sees in place of a page that was never saved."""
    library = guidebook.library()
    lang = chosen_language(request, library.languages)
    context = WORDS[lang] | {
        "lang": lang,
        "languages": links(request, library.languages, lang),
        "guides": guide_content.guide_cards(library.guides, lang),
        "inserts": guide_content.insert_cards(library.inserts, lang),
    }
    return render(request, "offline.html", context)


@lru_cache(maxsize=4)
def edition(_root: Path) -> str:
    """A short name for the words and pictures of all guides and inserts, and for how they look."""
    library = guidebook.library()
    told: dict[str, Any] = {"looks": _assets()}
    told |= {f"guide {g.slug}": _told(g) for g in library.guides.values()}
    told |= {f"insert {i.slug}": _told(i) for i in library.inserts.values()}
    told["maker"] = [dict(library.maker.maker), dict(library.maker.responsible_person)]
    return insert_versions.fingerprint(told)


def _told(one: Guide | Insert) -> list[Any]:
    return [insert_versions.fingerprint(insert_versions.content(one.sections)), dict(one.titles)]


def _pages(lang: str) -> list[str]:
    library = guidebook.library()
    paths = [
        reverse("storefront:offline"),
        *(reverse("storefront:insert", args=[slug]) for slug in library.inserts),
        *(reverse("storefront:guide", args=[slug]) for slug in library.guides),
        reverse("storefront:guides"),
        reverse("storefront:self-check"),
    ]
    return [_in(lang, path) for path in paths]


def _in(lang: str, path: str) -> str:
    return path if lang == "en" else f"{path}?lang={lang}"


def _assets() -> list[str]:
    """As the pages ask for them; the self-check is imported by its plain name."""
    return [*(static(name) for name in LOOKS), f"{settings.STATIC_URL}storefront/selfcheck.js"]
