"""The signed links of the mails: they name a request and what is done with it, and contain no address."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.core import signing

from store.back_in_stock.models import StockRequest

_SALT = "store.back_in_stock"


class Step(StrEnum):
    CONFIRM = "confirm"
    STOP = "stop"


class Link(NamedTuple):
    step: Step
    request_id: int


class InvalidLink(Exception):
    """It was cut off or forged."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Paths of pages of the shop. `answer` takes a token and a language, `product` a slug, a SKU, channel, language."""

    answer: Callable[[str, str], str]
    product: Callable[[str, str, str, str], str]


_pages: Pages | None = None


def configure(pages: Pages) -> None:
    global _pages  # noqa: PLW0603  set once, when the process starts
    _pages = pages


def _configured() -> Pages:
    if _pages is None:
        raise RuntimeError("store.back_in_stock.links.configure(...) must be called when the program starts")
    return _pages


def url(step: Step, row: StockRequest) -> str:
    """The absolute URL of the page that does this step."""
    token = signing.dumps([step.value, row.pk], salt=_SALT)
    return f"{settings.PUBLIC_URL}{_configured().answer(token, row.language)}"


def product_url(row: StockRequest) -> str:
    path = _configured().product(row.product_slug, row.sku, row.channel, row.language)
    return f"{settings.PUBLIC_URL}{path}"


def read(token: str) -> Link:
    """Raises InvalidLink."""
    try:
        step, request_id = signing.loads(token, salt=_SALT)
        return Link(Step(step), int(request_id))
    except (signing.BadSignature, ValueError, TypeError):
        raise InvalidLink from None
