"""Middleware that cleans the texts of query strings, paths, cookies and forms before anybody reads them.

A cookie can name any character by its number (`"\\000"`), also one that PostgreSQL takes in no question.

JSON requests are not forms: their views are exempt from CSRF and read their body with `saleor.text.load_json`.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict

from store.saleor.text import clean_text


class FormCleaningMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.path_info = clean_text(request.path_info)
        request.GET = _cleaned(request.GET)  # type: ignore[assignment]
        request.COOKIES = {name: clean_text(value) for name, value in request.COOKIES.items()}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]
            for files in request.FILES.lists():
                for file in files[1]:
                    file.name = clean_text(file.name or "")


def _cleaned(values: QueryDict) -> QueryDict:
    """The same keys and values, cleaned. Invalid UTF-8 has become U+FFFD before, so no half character is left."""
    cleaned = QueryDict(mutable=True, encoding=values.encoding)
    for key, items in values.lists():
        cleaned.setlist(clean_text(key), [clean_text(item) for item in items])
    cleaned._mutable = False
    return cleaned
