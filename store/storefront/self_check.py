"""The self-check "Is cupping for me?", which runs in the browser.

The page has no form and accepts no input: answers about health never reach the server. Its stylesheet shows one step
after another and the result, so it needs no script; browsers without `:has()` show lists to read.
"""

import math
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from store import guidebook
from store.guidebook.self_check import Question
from store.storefront import languages, view_decorators
from store.storefront.page_context import render

STEPS = 5


@view_decorators.public
def self_check(request: HttpRequest) -> HttpResponse:
    library = guidebook.library()
    check = library.self_check(languages.current())
    return render(
        request,
        "selfcheck.html",
        {
            "check": check,
            "steps": _steps(check.questions),
            "lists": [
                (check.outcomes[outcome], check.by_outcome(outcome)) for outcome in ("never", "ask", "helper")
            ],
            "outcomes": list(check.outcomes.items()),
            "canonical": settings.PUBLIC_URL + reverse("storefront:self-check"),
        },
    )


def _steps(questions: Sequence[Question]) -> list[Sequence[Question]]:
    """In their order, as many in each step, the last with fewer."""
    size = math.ceil(len(questions) / STEPS)
    return [questions[start : start + size] for start in range(0, len(questions), size)]
