"""Error pages, named by the root URLconf as handler404, handler500 and so on.

Those of 400, 500 and an outage have a template of their own and no context: they must work when the database or Saleor
does not.
"""

import sys

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from store.outages import is_outage
from store.saleor.errors import SaleorError
from store.storefront.page_context import render

RETRY_SECONDS = "30"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Shows the message of an Http404 that was raised with a sentence; Django's own reasons are not shown."""
    message = str(exception) if isinstance(exception, Http404) and exception.args else ""
    return render(
        request, "errors/404.html", {"message": message if message[:1].isupper() else ""}, status=404
    )


def gone(request: HttpRequest, message: str = "") -> HttpResponse:
    return render(request, "errors/410.html", {"message": message}, status=410)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Saleor or the database is away for the moment. Without them there may be no page to say so in."""
    try:
        response = render(request, "errors/503.html", status=503)
    except Exception as error:
        if not (is_outage(error) or isinstance(error, SaleorError)):
            raise
        return outage(request)
    response["Retry-After"] = RETRY_SECONDS
    return response


def outage(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        render_to_string("storefront/errors/outage.html"), status=503, headers={"Retry-After": RETRY_SECONDS}
    )


def too_many_requests(request: HttpRequest, seconds: int) -> HttpResponse:
    response = render(request, "errors/429.html", {"seconds": seconds}, status=429)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. Django calls it while it handles the exception."""
    if is_outage(sys.exc_info()[1]):
        return outage(request)
    return HttpResponse(render_to_string("storefront/errors/500.html"), status=500)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("storefront/errors/400.html"), status=400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """settings.CSRF_FAILURE_VIEW: the form was open for too long, or cookies are switched off."""
    return forbidden(request)
