"""The safety inserts as page and as PDF, always in the current version."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from store import guidebook
from store.guidebook.inserts import Insert
from store.storefront import guide_content, languages, related_products, view_decorators
from store.storefront.page_context import render

SIZES = ("a6", "a4")


@view_decorators.public
def insert(request: HttpRequest, slug: str) -> HttpResponse:
    insert = _find_insert(slug)
    library = guidebook.library()
    lang = languages.current()
    requested = request.GET.get("v", "")[:12]
    printed, changes = _resolve_printed_version(insert, requested, lang)
    return render(
        request,
        "insert.html",
        {
            "insert": insert,
            "date": date.fromisoformat(str(insert.date)),
            "title": insert.title(lang),
            "body": insert.html(lang),
            "contents": guide_content.table_of_contents(insert.sections, lang),
            "printed": printed if printed != insert.version else "",
            "is_current": printed == insert.version,
            "unknown_version": requested if requested and not printed else "",
            "changes": changes,
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
    lang = languages.current()
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
        raise Http404(_("We have no safety insert of that name."))
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
