"""The service worker: guides and inserts can be read without a connection after the first visit.

It caches the guides and inserts of the reader's language, as an anonymous visitor sees them. Its scopes are
/guides/ and /inserts/ only, below the language's code; cart, checkout and orders never pass through it.
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
from django.utils.translation import gettext as _

from store import guidebook
from store.guidebook import html, insert_versions
from store.guidebook.guides import Guide
from store.guidebook.inserts import Insert
from store.storefront import guide_content, languages, stylesheets, view_decorators
from store.storefront.page_context import render

ASSETS = (
    "storefront/shop.js",
    "fonts/fraunces-latin-600-normal.woff2",
    "fonts/source-sans-3-latin-400-normal.woff2",
    "fonts/source-sans-3-latin-600-normal.woff2",
    "brand/wordmark.svg",
    "brand/favicon.svg",
)
STYLES = ("shop.css", "reading.css", "guides.css")  # which are in the pages


@view_decorators.public
def worker_script(request: HttpRequest) -> HttpResponse:
    """The worker's script of one language. Browsers fetch it at each visit; a new edition makes a new cache."""
    plan = {
        "edition": edition(Path(settings.GUIDES_DIR)),
        "pages": _page_urls(),
        "assets": _asset_urls(),
        "offline": reverse("storefront:offline"),
        "language": languages.current(),
        "note": _("The shop can't be reached just now. You are reading the copy that was saved on {date}."),
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
    context = {
        "guides": guide_content.guide_cards(library.guides, languages.current()),
        "inserts": guide_content.insert_cards(library.inserts, languages.current()),
    }
    return render(request, "offline.html", context)


@lru_cache(maxsize=4)
def edition(_root: Path) -> str:
    """Fingerprint of all guides and inserts and of the static files that they use. `_root` is only the cache key."""
    library = guidebook.library()
    content: dict[str, Any] = {"looks": [*_asset_urls(), *(stylesheets.inline(n).source for n in STYLES)]}
    content |= {f"guide {g.slug}": _content_of(g) for g in library.guides.values()}
    content |= {f"insert {i.slug}": _content_of(i) for i in library.inserts.values()}
    content["maker"] = [dict(library.maker.maker), dict(library.maker.responsible_person)]
    return insert_versions.fingerprint(content)


def _content_of(item: Guide | Insert) -> list[Any]:
    return [insert_versions.fingerprint(insert_versions.published_content(item.sections)), dict(item.titles)]


def _page_urls() -> list[str]:
    library = guidebook.library()
    return [
        reverse("storefront:offline"),
        *(reverse("storefront:insert", args=[slug]) for slug in library.inserts),
        *(reverse("storefront:guide", args=[slug]) for slug in library.guides),
        reverse("storefront:guides"),
        reverse("storefront:self-check"),
    ]


def _asset_urls() -> list[str]:
    """URLs as the pages request them; shop.js imports modules by their unhashed names."""
    modules = ("reading.js",)
    return [
        *(static(name) for name in ASSETS),
        *(html.address_on_web(figure) for figure in guidebook.library().figures.values()),
        *(f"{settings.STATIC_URL}storefront/{name}" for name in modules),
    ]
