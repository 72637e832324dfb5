"""One HTTP call to a webhook: address checked, body signed, Saleor's headers, no redirects."""

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

TIMEOUT = httpx2.Timeout(18.0, connect=2.0)
DEADLINE = 20.0  # seconds for the whole answer, so that a receiver who drips can't hold a worker
KEPT_CHARACTERS = 2000
LARGEST_ANSWER = 1_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """`final`: asking again would not help (a redirect, a 4xx, a forbidden address)."""

    ok: bool
    final: bool
    status_code: int | None
    text: str
    seconds: float
    body: bytes = b""


def post(webhook: Webhook, *, event_type: str, payload: str, number: str = "") -> Outcome:
    body = payload.encode()
    started = time.monotonic()
    try:
        code, answer = _send(webhook, body, headers(webhook, event_type=event_type, body=body, number=number))
    except url_validation.Refused as refused:
        return Outcome(False, False, None, str(refused), time.monotonic() - started)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        said = str(error) or type(error).__name__
        return Outcome(False, False, None, said[:KEPT_CHARACTERS], time.monotonic() - started)
    return Outcome(
        ok=200 <= code < 300,
        final=300 <= code < 500,
        status_code=code,
        text=answer.decode(errors="replace")[:KEPT_CHARACTERS],
        seconds=time.monotonic() - started,
        body=answer,
    )


def headers(webhook: Webhook, *, event_type: str, body: bytes, number: str = "") -> dict[str, str]:
    signature = signing_keys.sign_body(body, secret=webhook.secret_key)
    domain = settings.PUBLIC_URL.split("://", 1)[-1]
    sent = {"User-Agent": "Saleor/3.23", "Content-Type": "application/json"}
    for prefix in ("Saleor-", "X-Saleor-"):  # the second is deprecated there, and still sent
        sent |= {
            f"{prefix}Event": event_type.lower(),
            f"{prefix}Domain": domain,
            f"{prefix}Signature": signature,
        }
    sent["Saleor-Api-Url"] = f"{settings.PUBLIC_URL}/graphql/"
    if number:  # Saleor has no such header; the same for each retry, so that a receiver can tell doubles
        sent["X-Cupwell-Delivery"] = number
    return sent | {name.lower(): str(value) for name, value in webhook.custom_headers.items()}


def _send(webhook: Webhook, body: bytes, sent: Mapping[str, str]) -> tuple[int, bytes]:
    url = httpx2.URL(webhook.target_url)
    address = url_validation.resolve(url)
    request = _client().build_request(
        "POST",
        url.copy_with(host=address),
        content=body,
        headers={**sent, "Host": url.netloc.decode()},
        extensions={"sni_hostname": url.host},
    )
    response = _client().send(request, follow_redirects=False, stream=True)
    try:
        return response.status_code, _read(response)
    finally:
        response.close()


def _read(response: httpx2.Response) -> bytes:
    until = time.monotonic() + DEADLINE
    answer = bytearray()
    for part in response.iter_bytes():
        answer += part
        if len(answer) > LARGEST_ANSWER:
            raise httpx2.ReadError(f"the answer is larger than {LARGEST_ANSWER} bytes")
        if time.monotonic() > until:
            raise httpx2.ReadTimeout(f"the answer took longer than {DEADLINE:.0f} seconds")
    return bytes(answer)


@cache
def _client() -> httpx2.Client:
    return httpx2.Client(timeout=TIMEOUT, trust_env=False)


def as_text(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False)


def as_json(body: bytes) -> Any:
    """What an answer says; None for what is no JSON, or holds a NUL character, which PostgreSQL keeps no text with."""
    try:
        return None if b"\\u0000" in body else json.loads(body)
    except (ValueError, RecursionError):
        return None
