"""The HTTP request to a webhook: checked IP address, signed body, Saleor's headers, no redirects."""

import json
import time
from dataclasses import dataclass
from typing import Any

import httpx2
from django.conf import settings

from store.engine.events import checked_requests, signing_keys, url_validation
from store.engine.events.models import Webhook
from store.saleor.text import load_json
from store.saleor.version import SCHEMA_VERSION

MAX_LOGGED_CHARACTERS = 2000


NO_CONNECTION = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.InvalidURL,
    url_validation.ForbiddenAddress,
    url_validation.NoAddress,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of an attempt. `final`: a retry would not help (a redirect or a 4xx). `seconds` is its duration.
    `was_sent`: False where no connection was made, so that the other side knows nothing of it.
    """

    ok: bool
    final: bool
    status_code: int | None
    text: str
    seconds: float
    body: bytes = b""
    was_sent: bool = True


def post(webhook: Webhook, *, event_type: str, payload: str, number: str = "") -> Outcome:
    """POST the payload (JSON text); failures are an Outcome, too. `number` identifies the delivery across retries."""
    body = payload.encode()
    started = time.monotonic()
    try:
        response = checked_requests.send(
            "POST",
            webhook.target_url,
            headers=headers(webhook, event_type=event_type, body=body, number=number),
            content=body,
        )
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, url_validation.ForbiddenAddress) as error:
        message = str(error) or type(error).__name__
        return Outcome(
            ok=False,
            final=False,
            status_code=None,
            text=message[:MAX_LOGGED_CHARACTERS],
            seconds=time.monotonic() - started,
            was_sent=not isinstance(error, NO_CONNECTION),
        )
    code = response.status_code
    return Outcome(
        ok=200 <= code < 300,
        final=300 <= code < 500,
        status_code=code,
        text=response.body.decode(errors="replace")[:MAX_LOGGED_CHARACTERS],
        seconds=time.monotonic() - started,
        body=response.body,
    )


def headers(webhook: Webhook, *, event_type: str, body: bytes, number: str = "") -> dict[str, str]:
    signature = signing_keys.sign_body(body, secret=webhook.secret_key)
    domain = settings.PUBLIC_URL.split("://", 1)[-1]
    result = {"User-Agent": f"Saleor/{SCHEMA_VERSION}", "Content-Type": "application/json"}
    for prefix in ("Saleor-", "X-Saleor-"):  # Saleor deprecated the second and still sends it
        result |= {
            f"{prefix}Event": event_type.lower(),
            f"{prefix}Domain": domain,
            f"{prefix}Signature": signature,
        }
    result["Saleor-Api-Url"] = f"{settings.PUBLIC_URL}/graphql/"
    if number:  # Saleor has no such header; the same for each retry, so that a receiver can detect duplicates
        result["X-Cupwell-Delivery"] = number
    return result | {name.lower(): str(value) for name, value in webhook.custom_headers.items()}


def encode_json(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False)


def decode_json(body: bytes) -> Any:
    """The decoded, cleaned JSON; None if it is invalid or holds a NUL, which no payment reference has."""
    try:
        return None if b"\\u0000" in body else load_json(body, repair=True)
    except ValueError:
        return None
