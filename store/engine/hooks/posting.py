"""One HTTP call to a webhook: address checked, body signed, Saleor's headers, no redirects."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx2
from django.conf import settings

from store.engine.hooks import addresses, signing
from store.engine.hooks.models import Webhook

TIMEOUT = httpx2.Timeout(18.0, connect=2.0)
KEPT_CHARACTERS = 2000


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
        response = _send(webhook, body, headers(webhook, event_type=event_type, body=body, number=number))
    except addresses.Refused as refused:
        return Outcome(False, False, None, str(refused), time.monotonic() - started)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        said = str(error) or type(error).__name__
        return Outcome(False, False, None, said[:KEPT_CHARACTERS], time.monotonic() - started)
    code = response.status_code
    return Outcome(
        ok=200 <= code < 300,
        final=300 <= code < 500,
        status_code=code,
        text=response.text[:KEPT_CHARACTERS],
        seconds=time.monotonic() - started,
        body=response.content,
    )


def headers(webhook: Webhook, *, event_type: str, body: bytes, number: str = "") -> dict[str, str]:
    signature = signing.sign_body(body, secret=webhook.secret_key)
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


def _send(webhook: Webhook, body: bytes, sent: Mapping[str, str]) -> httpx2.Response:
    url = httpx2.URL(webhook.target_url)
    address = addresses.resolve(url)
    request = _client().build_request(
        "POST",
        url.copy_with(host=address),
        content=body,
        headers={**sent, "Host": url.netloc.decode()},
        extensions={"sni_hostname": url.host},
    )
    return _client().send(request, follow_redirects=False)


@cache
def _client() -> httpx2.Client:
    return httpx2.Client(timeout=TIMEOUT, trust_env=False)


def as_text(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False)
