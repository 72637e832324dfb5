"""The notice as a letter (PDF) for buyers whom the mail did not reach, with their address as the order has it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from store import guidebook
from store.guidebook import pdf
from store.guidebook.languages import date_text
from store.mailer import mail_texts, orders
from store.mailer.recalls import RecallNotice
from store.safety.models import RecallRecipient
from store.safety.recalls import notice
from store.saleor.errors import SaleorError

MAX_LETTERS = 50  # in one PDF: about half a second each


@dataclass(frozen=True, slots=True)
class _Letter:
    """`code`: the URL of a picture with the QR code that leads to the answer."""

    address: Sequence[str]
    bought: str
    lots: str
    code: str
    notice: RecallNotice
    remedies: Sequence[str]


def letters_pdf(recipients: Sequence[RecallRecipient]) -> bytes:
    """One letter a page or more, in the language of the first recipient. All of one recall and one language.

    An address that can't be read from the shop is left blank, to be written by hand.
    """
    lang, recall = recipients[0].language, recipients[0].recall
    words = mail_texts.phrases(lang)
    found = [_letter(one, words) for one in recipients]
    context = {
        "lang": lang,
        "words": words,
        "letters": found,
        "author": guidebook.library().maker.maker["name"],
        "sender": guidebook.library().maker.sender(lang),
        "day": date_text(timezone.localdate().isoformat(), lang),
        "css": render_to_string("safety/letter.css"),
    }
    document = render_to_string("safety/letters.html", context)
    digest = hashlib.sha256(document.encode()).hexdigest()[:16]
    codes = {one.code: pdf.qr_code(one.notice.answer_url) for one in found}
    return pdf.build(
        document, pdf.stylesheet("a4"), digest, {"recall:picture": bytes(recall.picture), **codes}
    )


def _letter(recipient: RecallRecipient, words: Mapping[str, str]) -> _Letter:
    own = notice.notice_of(recipient)
    numbers = ", ".join(dict.fromkeys(one.order_number for one in own.pieces))
    return _Letter(
        address=_address(recipient),
        bought=words["recall_your_order"].replace("{orders}", numbers),
        lots=", ".join(dict.fromkeys(one.lot for one in own.pieces if one.lot)),
        code=f"code:{recipient.pk}",
        notice=own,
        remedies=[words[f"recall_{code}"] for code in own.remedies],
    )


def _address(recipient: RecallRecipient) -> Sequence[str]:
    try:
        order = orders.fetch(recipient.order_id)
    except SaleorError:
        order = None
    return order.address.lines(recipient.language) if order and order.address else ()
