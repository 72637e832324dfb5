"""The safety inserts as page and as PDF, in the version that holds today."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from store import guidebook
from store.guidebook.inserts import Insert
from store.storefront import door, reading
from store.storefront.languages import chosen_language, links
from store.storefront.page import render

SIZES = ("a6", "a4")


@door.catalogue
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
            "contents": reading.contents(found.sections, lang),
            "printed": printed if printed != found.version else "",
            "is_current": printed == found.version,
            "unknown_version": asked if asked and not printed else "",
            "changes": changes,
            "others": [
                {"slug": o.slug, "title": o.title(lang)} for o in library.inserts.values() if o != found
            ],
            "canonical": settings.PUBLIC_URL + reverse("storefront:insert", args=[slug]),
        },
    )


@door.catalogue
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
