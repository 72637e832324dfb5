"""Addresses of the public pages and the signed link of a buyer. `store.wiring` passes the paths in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from store.safety.models import RecallRecipient

_SALT = "store.safety.recall"


@dataclass(frozen=True, slots=True)
class Pages:
    """`notice`: (id of the recall, language) -> path; `answer`: (token, language) -> path."""

    notice: Callable[[int, str], str]
    answer: Callable[[str, str], str]


_pages: Pages | None = None


def configure(pages: Pages) -> None:
    global _pages  # noqa: PLW0603  set once, when the process starts
    _pages = pages


def notice_url(recall_id: int, lang: str) -> str:
    """The absolute URL of the public notice."""
    return f"{settings.PUBLIC_URL}{_configured().notice(recall_id, lang)}"


def answer_url(recipient: RecallRecipient) -> str:
    """The absolute URL with which this buyer answers; it opens nothing else and has no end."""
    token = signing.dumps([recipient.recall_id, recipient.key], salt=_SALT)
    return f"{settings.PUBLIC_URL}{_configured().answer(token, recipient.language)}"


def recipient_of(token: str) -> RecallRecipient | None:
    """None for a token that was cut off or forged."""
    try:
        recall_id, key = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    found = RecallRecipient.objects.filter(recall_id=recall_id, key=key).select_related("recall")
    return found.first()


def _configured() -> Pages:
    if _pages is None:
        raise RuntimeError("store.safety.recalls.links.configure(...) must be called when the program starts")
    return _pages
