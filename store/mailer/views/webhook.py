"""POST /hooks/saleor/: receives the webhooks of a real Saleor. Verifies the signature, stores, then answers."""

import logging
from functools import cache
from urllib.parse import urljoin

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from store.mailer.inbox import Received, receive
from store.saleor import events, signature
from store.saleor.whole_numbers import whole_number

logger = logging.getLogger(__name__)
MAX_BODY = 2 * 1024 * 1024  # bytes; a parcel of 2,000 lines has 300 kB
STATUS = {Received.NEW: 200, Received.SEEN: 200, Received.IGNORED: 202}


@csrf_exempt
@require_POST
def saleor(request: HttpRequest) -> JsonResponse:
    body = _body(request)
    if body is None:
        return _problem(413, "TOO_LARGE", f"The body is larger than {MAX_BODY} bytes.")
    try:
        signature.verify(
            body=body,
            signature=request.headers.get("Saleor-Signature")
            or request.headers.get("X-Saleor-Signature")
            or "",
            keys=_keys(_jwks_url()),
            secret=settings.SALEOR_WEBHOOK_SECRET,
        )
        received = receive(events.parse_body(body), source="webhook")
    except signature.InvalidSignature as error:
        return _problem(401, "INVALID_SIGNATURE", f"Not accepted: {error}.")
    except (signature.KeysUnavailable, signature.UnknownKey) as error:
        return _try_again("KEYS_UNAVAILABLE", f"The shop's public keys can't be read now: {error}.")
    except DatabaseError as error:
        logger.exception("a webhook could not be stored")
        return _try_again("NOT_STORED", f"The event can't be stored now: {type(error).__name__}.")
    except events.MalformedEvent as error:
        return _problem(400, "MALFORMED", f"Not stored: {error}.")
    return JsonResponse({"status": received}, status=STATUS[received])


def _body(request: HttpRequest) -> bytes | None:
    """The request body, or None if it exceeds MAX_BODY; reads at most MAX_BODY + 1 bytes."""
    if (whole_number(request.META.get("CONTENT_LENGTH") or "0") or 0) > MAX_BODY:
        return None
    body = request.read(MAX_BODY + 1)
    return body if len(body) <= MAX_BODY else None


def _jwks_url() -> str:
    if settings.SALEOR_JWKS_URL:
        return str(settings.SALEOR_JWKS_URL)
    return urljoin(settings.SALEOR_API_URL, "/.well-known/jwks.json") if settings.SALEOR_API_URL else ""


@cache
def _keys(url: str) -> signature.JwksCache | None:
    return signature.jwks_from_url(url) if url else None


def _try_again(code: str, message: str) -> JsonResponse:
    """Saleor sends an event again after a 5xx; every other answer but 2xx is final for it."""
    response = _problem(503, code, f"{message} Please send it again.")
    response["Retry-After"] = str(round(signature.MIN_REFETCH_SECONDS))
    return response


def _problem(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)
