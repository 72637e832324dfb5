"""The safety inserts as page and as PDF, in the version that holds today."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from store import guidebook
from store.guidebook.inserts import Insert
from store.storefront import guide_content, related_products, view_decorators
from store.storefront.languages import chosen_language, links
from store.storefront.page_context import render

SIZES = ("a6", "a4")
# What stands around an insert. {now}: the version that holds; {paper}: the one the reader has, as far as we know it.
WORDS = {
    "en": {
        "pdf": "PDF to print",
        "newest": "Your printed insert has version {now}: it is the newest.",
        "unknown": "We know no version {paper}. This is version {now}; please read this one.",
        "older": "Your printed insert has version {paper}. This is version {now}.",
        "changed": "What has changed since then:",
        "same": "No warning and no limit has changed.",
    },
    "de": {
        "pdf": "PDF zum Drucken",
        "newest": "Ihr gedrucktes Blatt hat die Version {now}: Es ist die neueste.",
        "unknown": "Eine Version {paper} kennen wir nicht. Dies ist Version {now}; bitte lesen Sie diese.",
        "older": "Ihr gedrucktes Blatt hat die Version {paper}. Dies ist Version {now}.",
        "changed": "Was sich seither geändert hat:",
        "same": "Keine Warnung und keine Grenze hat sich geändert.",
    },
    "es": {
        "pdf": "PDF para imprimir",
        "newest": "Su hoja impresa es la versión {now}: es la más nueva.",
        "unknown": "No conocemos la versión {paper}. Esta es la versión {now}; lea esta, por favor.",
        "older": "Su hoja impresa es la versión {paper}. Esta es la versión {now}.",
        "changed": "Lo que ha cambiado desde entonces:",
        "same": "No ha cambiado ninguna advertencia ni ningún límite.",
    },
}


@view_decorators.catalogue
def insert(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find(slug)
    library = guidebook.library()
    lang = chosen_language(request, library.languages)
    asked = request.GET.get("v", "")[:12]
    printed, changes = _printed(found, asked, lang)
    return render(
        request,
        "insert.html",
        {
            "insert": found,
            "lang": lang,
            "languages": links(request, library.languages, lang),
            "title": found.title(lang),
            "body": found.html(lang),
            "contents": guide_content.contents(found.sections, lang),
            "printed": printed if printed != found.version else "",
            "is_current": printed == found.version,
            "unknown_version": asked if asked and not printed else "",
            "changes": changes,
            "around": guide_content.AROUND[lang],
            "words": {k: v.format(now=found.version, paper=printed or asked) for k, v in WORDS[lang].items()},
            "sets": related_products.sets_with(request, related_products.INSERT, slug),
            "others": [
                {"slug": o.slug, "title": o.title(lang)} for o in library.inserts.values() if o != found
            ],
            "canonical": settings.PUBLIC_URL + reverse("storefront:insert", args=[slug]),
        },
    )


@view_decorators.catalogue
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find(slug)
    lang = chosen_language(request, guidebook.library().languages)
    asked = request.GET.get("size", "a6")
    size = asked if asked in SIZES else "a6"
    response = HttpResponse(found.pdf(lang, size=size), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}-{found.version}-{lang}.pdf"'
    response["Cache-Control"] = "public, max-age=300"
    return response


def _find(slug: str) -> Insert:
    found = guidebook.library().inserts.get(slug)
    if found is None:
        raise Http404("We have no safety insert of that name.")
    return found


def _printed(found: Insert, asked: str, lang: str) -> tuple[str, list[guidebook.Change]]:
    """The version on the reader's paper, and what is different now; no version when we never printed it."""
    if not asked:
        return "", []
    try:
        version = found.resolve(asked)
    except guidebook.UnknownVersion:
        return (found.version, []) if asked == found.version else ("", [])
    return version, found.changes_since(version, lang) if version != found.version else []
