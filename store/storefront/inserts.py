"""The safety inserts as page and as PDF, always in the current version."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from store import guidebook
from store.guidebook.inserts import Insert
from store.storefront import guide_content, related_products, view_decorators
from store.storefront.languages import language_links, requested_language
from store.storefront.page_context import render

SIZES = ("a6", "a4")
# {now}: the current version; {paper}: the version that the reader's printed insert has.
TEXTS = {
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


@view_decorators.public
def insert(request: HttpRequest, slug: str) -> HttpResponse:
    insert = _find_insert(slug)
    library = guidebook.library()
    lang = requested_language(request, library.languages)
    requested = request.GET.get("v", "")[:12]
    printed, changes = _resolve_printed_version(insert, requested, lang)
    return render(
        request,
        "insert.html",
        {
            "insert": insert,
            "lang": lang,
            "languages": language_links(request, library.languages, lang),
            "title": insert.title(lang),
            "body": insert.html(lang),
            "contents": guide_content.table_of_contents(insert.sections, lang),
            "printed": printed if printed != insert.version else "",
            "is_current": printed == insert.version,
            "unknown_version": requested if requested and not printed else "",
            "changes": changes,
            "labels": guide_content.LABELS[lang],
            "texts": {
                k: v.format(now=insert.version, paper=printed or requested) for k, v in TEXTS[lang].items()
            },
            "related": related_products.products_with_page(request, related_products.INSERT_ATTRIBUTE, slug),
            "others": [
                {"slug": other.slug, "title": other.title(lang)}
                for other in library.inserts.values()
                if other != insert
            ],
            "canonical": settings.PUBLIC_URL + reverse("storefront:insert", args=[slug]),
        },
    )


@view_decorators.public
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    insert = _find_insert(slug)
    lang = requested_language(request, guidebook.library().languages)
    requested = request.GET.get("size", "a6")
    size = requested if requested in SIZES else "a6"
    response = HttpResponse(insert.pdf(lang, size=size), content_type="application/pdf")
    filename = f"{slug}-{insert.version}-{lang}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=filename) or ""
    response["Cache-Control"] = "public, max-age=300"
    return response


def _find_insert(slug: str) -> Insert:
    insert = guidebook.library().inserts.get(slug)
    if insert is None:
        raise Http404("We have no safety insert of that name.")
    return insert


def _resolve_printed_version(insert: Insert, requested: str, lang: str) -> tuple[str, list[guidebook.Change]]:
    """The version of the reader's printed insert and what changed since; ("", []) for one that never existed."""
    if not requested:
        return "", []
    try:
        version = insert.resolve(requested)
    except guidebook.UnknownVersion:
        return (insert.version, []) if requested == insert.version else ("", [])
    return version, insert.changes_since(version, lang) if version != insert.version else []
