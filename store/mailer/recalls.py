"""Recalls as the mailer needs them. `store.wiring` passes them in, since `store.safety` stands above the mailer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings

from store.mailer import mail_blocks, mail_texts
from store.mailer.models import MailPlan

PICTURE = "recalled-product"


@dataclass(frozen=True, slots=True)
class RecalledPieces:
    """`lot`: "" where it is not known."""

    order_number: str
    sku: str
    lot: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallNotice:
    """The notice for one buyer, in the language of their mail. `picture`: a PNG; `remedies`: codes, in order."""

    email: str
    name: str
    product: str
    identification: str
    hazard: str
    action: str
    picture: bytes
    picture_text: str
    remedies: tuple[str, ...]
    contact_email: str
    contact_phone: str
    pieces: tuple[RecalledPieces, ...]
    answer_url: str
    page_url: str
    needs_answer: bool


class Recalls(Protocol):
    def notice(self, plan: MailPlan) -> RecallNotice | None: ...

    def notices(
        self, plans: Sequence[MailPlan], *, ends_at: float
    ) -> Mapping[int, RecallNotice | Exception | None]: ...

    def has_open_recall(self, order_id: str) -> bool: ...

    def letter_url(self, plan: MailPlan) -> str: ...


_recalls: Recalls | None = None


def configure(recalls: Recalls) -> None:
    global _recalls  # noqa: PLW0603  set once, when the process starts
    _recalls = recalls


def _configured() -> Recalls:
    if _recalls is None:
        raise RuntimeError("store.mailer.recalls.configure(...) must be called when the program starts")
    return _recalls


def fetch(plan: MailPlan) -> RecallNotice | None:
    """The notice of a recall mail; None if there is no such recall."""
    return _configured().notice(plan)


def fetch_all(plans: Sequence[MailPlan], *, ends_at: float) -> Mapping[int, RecallNotice | Exception | None]:
    """The notices of several recall mails, by the primary key of the mail. See `fetch_each`."""
    return _configured().notices(plans, ends_at=ends_at)


def has_open_recall(order_id: str) -> bool:
    """Is something of this order recalled? Then nobody is told how to use it."""
    return _configured().has_open_recall(order_id)


def letter_url(plan: MailPlan) -> str:
    """Where the notice can be printed, for a member of staff; "" for other mails."""
    return _configured().letter_url(plan)


def context(plan: MailPlan, notice: RecallNotice) -> Mapping[str, Any]:
    """The values of the mail texts."""
    lots = dict.fromkeys(one.lot for one in notice.pieces if one.lot)
    return {
        **_context_of_all(
            plan.locale,
            replace(notice, **_OF_NOBODY),
            str(settings.PUBLIC_URL),
            tuple(mail_texts.phrases(plan.locale).items()),
        ),
        "first_name": notice.name,
        "orders": ", ".join(dict.fromkeys(one.order_number for one in notice.pieces)),
        "lots": ", ".join(lots),
        "lot_unknown": any(not one.lot for one in notice.pieces),
        "answer_url": notice.answer_url,
    }


# The notice without what differs between its readers.
_OF_NOBODY: Mapping[str, Any] = {
    "email": "",
    "name": "",
    "pieces": (),
    "answer_url": "",
    "needs_answer": False,
}


@lru_cache(maxsize=16)
def _context_of_all(
    lang: str, notice: RecallNotice, shop: str, words: tuple[tuple[str, str], ...]
) -> Mapping[str, Any]:
    phrases = dict(words)
    return {
        "lang": lang,
        "shop": shop,
        "product": notice.product,
        "heading": mail_blocks.recall_heading_block(phrases["recall_heading"]),
        "heading_text": phrases["recall_heading"],
        "picture": mail_blocks.picture_block(PICTURE, notice.picture_text),
        "identification": mail_blocks.paragraphs_block(notice.identification),
        "hazard": mail_blocks.paragraphs_block(notice.hazard),
        "action": mail_blocks.paragraphs_block(notice.action),
        "remedies": [phrases[f"recall_{code}"] for code in notice.remedies],
        "page_url": notice.page_url,
        "contact": notice.contact_email,
        "contact_block": mail_blocks.reach_block(notice.contact_email, notice.contact_phone, lang),
    }
