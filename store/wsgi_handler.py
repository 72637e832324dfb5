"""Django's WSGI handler, which answers 400 where the head of a request can't be made into a request.

Django makes the request before it begins to answer: an error there would leave the application, as a status 500 with a
traceback and without the signal that the request is over.
"""

import codecs
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase

# Charsets that forms and JSON come in. Python knows more that are none (`hex`), or decode to what is no text (`idna`).
CHARSETS = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252"})


class MalformedHead(ValueError):
    """The path or a header can't be read."""


class CheckedRequest(WSGIRequest):
    """Raises MalformedHead."""

    def __init__(self, environ: WSGIEnvironment) -> None:
        try:
            super().__init__(environ)
        except ValueError as error:
            raise MalformedHead(str(error)) from error
        charset = self.content_params.get("charset") if self.content_params else None
        if charset and not _is_plain(charset):
            raise MalformedHead(f"charset {charset!r}")


class CheckedHandler(WSGIHandler):
    request_class = CheckedRequest

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> HttpResponseBase:
        try:
            return super().__call__(environ, start_response)
        except MalformedHead:
            response = HttpResponse(
                "A header of the request can't be read.", "text/plain; charset=utf-8", 400
            )
            start_response("400 Bad Request", list(response.items()))
            return response  # closing it says that the request is over


def _is_plain(charset: str) -> bool:
    """Whether it is one of CHARSETS, or none at all, which Django reads as UTF-8."""
    try:
        return codecs.lookup(charset).name in CHARSETS
    except LookupError:
        return True
