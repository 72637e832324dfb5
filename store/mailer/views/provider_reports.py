"""POST /hooks/mail/<provider>/: bounces, complaints and deliveries, as the mail provider tells them."""

import logging

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from store.mailer import providers
from store.mailer.bounces.provider_reports import webhook_view
from store.saleor.whole_numbers import whole_number

logger = logging.getLogger(__name__)
MAX_BODY = 1024 * 1024  # bytes; a report has some kilobytes


@csrf_exempt
@require_POST
def reports(request: HttpRequest, provider: str) -> HttpResponse:
    """Raises Http404 unless this provider is set, with the secret that its requests carry."""
    chosen = providers.current()
    if chosen is None or provider != settings.MAIL_PROVIDER or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404
    if (whole_number(request.META.get("CONTENT_LENGTH") or "0") or 0) > MAX_BODY:
        return _problem(413, "TOO_LARGE", f"The body is larger than {MAX_BODY} bytes.")
    try:
        return webhook_view(chosen)(request)
    except SuspiciousOperation:
        return _problem(
            401, "NOT_AUTHENTICATED", "The user name, password or signature is not that of this shop."
        )
    except DatabaseError as error:
        logger.exception("a report could not be stored")
        return _problem(
            503, "NOT_STORED", f"It can't be stored now: {type(error).__name__}. Please send it again."
        )
    except Exception as error:  # whatever shape somebody sent
        logger.warning("a report of %s can't be read: %s", provider, type(error).__name__)
        return _problem(400, "MALFORMED", f"Not stored: {type(error).__name__}.")


def _problem(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)
