"""The service worker: guides and inserts can be read without a connection after the first visit.

It caches the guides and inserts of the reader's language, as an anonymous visitor sees them. Its scopes are
/guides/ and /inserts/ only; cart, checkout and orders never pass through it.
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
from store.storefront.languages import language_links, requested_language
from store.storefront.page_context import render

# {date}: the day on which the copy was saved, formatted by the browser.
NOTES = {
    "en": "The shop can't be reached just now. You are reading the copy that was saved on {date}.",
    "de": "Der Shop ist gerade nicht erreichbar. Sie lesen die Fassung, die am {date} gespeichert wurde.",
    "es": "Ahora no se puede acceder a la tienda. Está leyendo la copia que se guardó el {date}.",
}
TEXTS = {
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
ASSETS = (
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


@view_decorators.public
def worker_script(request: HttpRequest) -> HttpResponse:
    """The worker's script. Browsers fetch it at each visit; a new edition makes it a new script, hence a new cache."""
    lang = requested_language(request, guidebook.library().languages)
    plan = {
        "edition": edition(Path(settings.GUIDES_DIR)),
        "pages": _page_urls(lang),
        "assets": _asset_urls(),
        "offline": _in_language(lang, reverse("storefront:offline")),
        "notes": NOTES,
    }
    plan_json = json.dumps(plan, ensure_ascii=False)
    script = render_to_string("storefront/offline.js", {"plan": mark_safe(plan_json)})  # noqa: S308 - our own texts
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@view_decorators.public
def offline_page(request: HttpRequest) -> HttpResponse:
    """Shown without a connection in place of a page that was never saved."""
    library = guidebook.library()
    lang = requested_language(request, library.languages)
    context = TEXTS[lang] | {
        "lang": lang,
        "languages": language_links(request, library.languages, lang),
        "guides": guide_content.guide_cards(library.guides, lang),
        "inserts": guide_content.insert_cards(library.inserts, lang),
    }
    return render(request, "offline.html", context)


@lru_cache(maxsize=4)
def edition(_root: Path) -> str:
    """Fingerprint of all guides and inserts and of the static files that they use. `_root` is only the cache key."""
    library = guidebook.library()
    content: dict[str, Any] = {"looks": _asset_urls()}
    content |= {f"guide {g.slug}": _content_of(g) for g in library.guides.values()}
    content |= {f"insert {i.slug}": _content_of(i) for i in library.inserts.values()}
    content["maker"] = [dict(library.maker.maker), dict(library.maker.responsible_person)]
    return insert_versions.fingerprint(content)


def _content_of(item: Guide | Insert) -> list[Any]:
    return [insert_versions.fingerprint(insert_versions.published_content(item.sections)), dict(item.titles)]


def _page_urls(lang: str) -> list[str]:
    library = guidebook.library()
    paths = [
        reverse("storefront:offline"),
        *(reverse("storefront:insert", args=[slug]) for slug in library.inserts),
        *(reverse("storefront:guide", args=[slug]) for slug in library.guides),
        reverse("storefront:guides"),
        reverse("storefront:self-check"),
    ]
    return [_in_language(lang, path) for path in paths]


def _in_language(lang: str, path: str) -> str:
    return path if lang == "en" else f"{path}?lang={lang}"


def _asset_urls() -> list[str]:
    """URLs as the pages request them; shop.js imports modules by their unhashed names."""
    modules = ("selfcheck.js", "reading.js")
    return [
        *(static(name) for name in ASSETS),
        *(f"{settings.STATIC_URL}storefront/{name}" for name in modules),
    ]
