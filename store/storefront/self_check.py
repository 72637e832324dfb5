"""The self-check "Is cupping for me?", which runs in the browser.

The page has no form and accepts no input: answers about health never reach the server.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from store import guidebook
from store.storefront import languages, view_decorators
from store.storefront.page_context import render


@view_decorators.public
def self_check(request: HttpRequest) -> HttpResponse:
    library = guidebook.library()
    check = library.self_check(languages.current())
    return render(
        request,
        "selfcheck.html",
        {
            "check": check,
            "lists": [
                (check.outcomes[outcome], check.by_outcome(outcome)) for outcome in ("never", "ask", "helper")
            ],
            "outcomes": list(check.outcomes.items()),
            "canonical": settings.PUBLIC_URL + reverse("storefront:self-check"),
        },
    )
