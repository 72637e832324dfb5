""" "Is cupping for me?": the questions are asked and answered in the browser.

This page has no form and takes no answer: what a person says about their health never reaches the server.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from store import guidebook
from store.storefront import view_decorators
from store.storefront.languages import chosen_language, links
from store.storefront.page_context import render


@view_decorators.catalogue
def self_check(request: HttpRequest) -> HttpResponse:
    library = guidebook.library()
    lang = chosen_language(request, library.languages)
    check = library.self_check(lang)
    return render(
        request,
        "selfcheck.html",
        {
            "check": check,
            "lists": [
                (check.outcomes[outcome], check.by_outcome(outcome)) for outcome in ("never", "ask", "helper")
            ],
            "outcomes": list(check.outcomes.items()),
            "lang": lang,
            "languages": links(request, library.languages, lang),
            "canonical": settings.PUBLIC_URL + reverse("storefront:self-check"),
        },
    )
