"""The desk's pages about words: which guides and inserts are in force, and a check of any text for claims and hazards.

They are the same whichever shop answers: guides/ and the wording rules belong to the store, not to the commerce engine.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminTextareaWidget

from store.guidebook import library
from store.guidebook.checks import example_maker_problem
from store.guidebook.languages import LANGUAGES, address_in
from store.guidebook.wording.merchant_text import find_claims

MAX_TEXT = 20_000  # characters


class TextForm(forms.Form):
    """A text as it will be published; paragraphs are separated by an empty line."""

    text = forms.CharField(
        max_length=MAX_TEXT,
        label="Text",
        help_text="English, German or Spanish, as it will be published.",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 10}),
    )


def guides(request: HttpRequest) -> HttpResponse:
    """Every guide and insert with its version, who signed it, and its pages in each language."""
    books = library()
    inserts = [
        (insert, _pages(f"/inserts/{insert.slug}/"), _pages(f"/inserts/{insert.slug}.pdf"))
        for insert in books.inserts.values()
    ]
    shown = sorted(books.guides.values(), key=lambda guide: (guide.topic, guide.order))
    context = {
        "title": "Guides and inserts",
        "inserts": [(one, one.title(LANGUAGES[0]), pages, prints) for one, pages, prints in inserts],
        "guides": [(one, one.title(LANGUAGES[0]), _pages(f"/guides/{one.slug}/")) for one in shown],
        "problem": example_maker_problem(),
    }
    return _page(request, "safety/guides.html", context)


def check_text(request: HttpRequest) -> HttpResponse:
    """What the rules say of a text, before it is saved anywhere; nothing is kept."""
    form = TextForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_valid():
        blocks = [block for block in form.cleaned_data["text"].split("\n\n") if block.strip()]
        found = find_claims(blocks, None, tuple)  # of no country: what is forbidden in any market is shown
    context = {"title": "Check a text", "form": form, "found": found}
    return _page(request, "safety/check_text.html", context, status=422 if form.errors else 200)


def _pages(path: str) -> list[tuple[str, str]]:
    """(language, address) for each language."""
    return [(lang, address_in(path, lang)) for lang in LANGUAGES]


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return TemplateResponse(request, template, admin.site.each_context(request) | context, status=status)


guides_page = admin.site.admin_view(guides)
check_text_page = admin.site.admin_view(check_text)
