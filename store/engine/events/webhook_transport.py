"""The HTTP request to a webhook: checked IP address, signed body, Saleor's headers, no redirects."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx2
from django.conf import settings

from store.engine.events import signing_keys, url_validation
from store.engine.events.models import Webhook
from store.saleor.text import load_json

TIMEOUT = httpx2.Timeout(18.0, connect=2.0)
DEADLINE = 20.0  # seconds for the whole response, so that a slowly sending receiver can't occupy a worker
MAX_LOGGED_CHARACTERS = 2000
MAX_RESPONSE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of an attempt. `final`: a retry would not help (a redirect or a 4xx). `seconds` is its duration."""

    ok: bool
    final: bool
    status_code: int | None
    text: str
    seconds: float
    body: bytes = b""


def post(webhook: Webhook, *, event_type: str, payload: str, number: str = "") -> Outcome:
    """POST the payload (JSON text); failures are an Outcome, too. `number` identifies the delivery across retries."""
    body = payload.encode()
    started = time.monotonic()
    try:
        code, response_body = _send(
            webhook, body, headers(webhook, event_type=event_type, body=body, number=number)
        )
    except url_validation.ForbiddenAddress as refused:
        return Outcome(False, False, None, str(refused), time.monotonic() - started)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        message = str(error) or type(error).__name__
        return Outcome(False, False, None, message[:MAX_LOGGED_CHARACTERS], time.monotonic() - started)
    return Outcome(
        ok=200 <= code < 300,
        final=300 <= code < 500,
        status_code=code,
        text=response_body.decode(errors="replace")[:MAX_LOGGED_CHARACTERS],
        seconds=time.monotonic() - started,
        body=response_body,
    )


def headers(webhook: Webhook, *, event_type: str, body: bytes, number: str = "") -> dict[str, str]:
    signature = signing_keys.sign_body(body, secret=webhook.secret_key)
    domain = settings.PUBLIC_URL.split("://", 1)[-1]
    result = {"User-Agent": "Saleor/3.23", "Content-Type": "application/json"}
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


def _send(webhook: Webhook, body: bytes, request_headers: Mapping[str, str]) -> tuple[int, bytes]:
    url = httpx2.URL(webhook.target_url)
    address = url_validation.resolve(url)
    request = _client().build_request(
        "POST",
        url.copy_with(host=address),
        content=body,
        headers={**request_headers, "Host": url.netloc.decode()},
        extensions={"sni_hostname": url.host},
    )
    response = _client().send(request, follow_redirects=False, stream=True)
    try:
        return response.status_code, _read(response)
    finally:
        response.close()


def _read(response: httpx2.Response) -> bytes:
    deadline = time.monotonic() + DEADLINE
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > MAX_RESPONSE_BYTES:
            raise httpx2.ReadError(f"the answer is larger than {MAX_RESPONSE_BYTES} bytes")
        if time.monotonic() > deadline:
            raise httpx2.ReadTimeout(f"the answer took longer than {DEADLINE:.0f} seconds")
    return bytes(body)


@cache
def _client() -> httpx2.Client:
    return httpx2.Client(timeout=TIMEOUT, trust_env=False)


def encode_json(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False)


def decode_json(body: bytes) -> Any:
    """The decoded, cleaned JSON; None if it is invalid or holds a NUL, which no payment reference has."""
    try:
        return None if b"\\u0000" in body else load_json(body, repair=True)
    except ValueError:
        return None
