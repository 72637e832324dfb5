"""The notice of a recall in one language, for page, mail and letter."""

import logging
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from store.mailer import orders
from store.mailer.fetching import fetch_each
from store.mailer.models import MailAttempt, MailPlan
from store.mailer.recalls import RecalledPieces, RecallNotice
from store.safety.models import Recall, RecallRecipient, RecallText
from store.safety.recalls import links
from store.saleor.email_addresses import InvalidEmailAddress, to_smtp_address
from store.saleor.errors import NetworkError
from store.saleor.personal_names import greeting_name

logger = logging.getLogger(__name__)
FALLBACK = "en"
ADDRESS_HOLDS_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """What everybody may read. `lots`: (SKU, lot code), "" for all lots."""

    recall: Recall
    text: RecallText
    lots: tuple[tuple[str, str], ...]


def public_notices(lang: str) -> list[PublicNotice]:
    """The recalls that were approved, the newest first; ended ones stay."""
    recalls = approved().prefetch_related("texts", "items").order_by("-approved_at")
    return [_public(recall, lang) for recall in recalls]


def public_notice(recall_id: int, lang: str) -> PublicNotice | None:
    recall = approved().filter(pk=recall_id).prefetch_related("texts", "items").first()
    return _public(recall, lang) if recall else None


def approved() -> QuerySet[Recall]:
    return Recall.objects.filter(state__in=(Recall.State.OPEN, Recall.State.CLOSED))


def recipient_of_plan(plan: MailPlan) -> RecallRecipient | None:
    recall_id, _, key = plan.about.partition(":")
    found = RecallRecipient.objects.filter(recall_id=recall_id, key=key).select_related("recall")
    return found.first()


def notice_for(plan: MailPlan) -> RecallNotice | None:
    """The notice for the buyer of a recall mail, or None. Raises nothing while the shop does not answer."""
    found = notices_for([plan], ends_at=time.monotonic())[plan.pk]
    if isinstance(found, Exception):
        raise found
    return found


def notices_for(plans: Sequence[MailPlan], *, ends_at: float) -> dict[int, RecallNotice | Exception | None]:
    """As `notice_for`, by the primary keys of the mails; the same number of questions for any number of them.

    An error of one mail is its value. Those not begun by `ends_at` (of time.monotonic()) are missing.
    """
    wanted = {plan.pk: plan.about.partition(":") for plan in plans}
    rows = RecallRecipient.objects.filter(
        recall_id__in={recall_id for recall_id, _, _ in wanted.values()},
        key__in=[key for _, _, key in wanted.values()],
    ).prefetch_related("lines", "recall__texts")
    recipients = {(str(row.recall_id), row.key): row for row in rows}
    tried = set(MailAttempt.objects.filter(plan__in=wanted).values_list("plan_id", flat=True))
    of_all: dict[tuple[int, str], RecallNotice] = {}
    shop_answers = True

    def notice(plan_id: int) -> RecallNotice | None:
        nonlocal shop_answers
        recall_id, _, key = wanted[plan_id]
        recipient = recipients.get((recall_id, key))
        if recipient and shop_answers and _may_have_moved(recipient, is_tried=plan_id in tried):
            shop_answers = _follow_address(recipient)
        return _notice(recipient, of_all) if recipient else None

    return fetch_each(wanted, notice, ends_at=ends_at)


def notice_of(recipient: RecallRecipient) -> RecallNotice:
    return _notice(recipient, {})


def _notice(recipient: RecallRecipient, of_all: dict[tuple[int, str], RecallNotice]) -> RecallNotice:
    """of_all: the notices that were met before, by recall and language; what differs between readers is replaced."""
    key = (recipient.recall_id, recipient.language)
    if key not in of_all:
        of_all[key] = _notice_of_all(recipient.recall, recipient.language)
    name = recipient.name.partition(" ")[0]
    return replace(
        of_all[key],
        email=recipient.email,
        name=name if greeting_name(name) else "",
        pieces=tuple(
            RecalledPieces(line.order_number, line.sku, line.lot_code, line.quantity)
            for line in recipient.lines.all()
        ),
        answer_url=links.answer_url(recipient),
        needs_answer=needs_answer(recipient),
    )


def _notice_of_all(recall: Recall, language: str) -> RecallNotice:
    text = text_of(recall, language)
    return RecallNotice(
        email="",
        name="",
        product=text.product,
        identification=text.identification,
        hazard=text.hazard,
        action=text.action,
        picture=bytes(recall.picture),
        picture_text=text.picture_text,
        remedies=tuple(recall.remedies),
        contact_email=recall.contact_email,
        contact_phone=recall.contact_phone,
        pieces=(),
        answer_url="",
        page_url=links.notice_url(recall.pk, language),
        needs_answer=False,
    )


def needs_answer(recipient: RecallRecipient) -> bool:
    is_open = recipient.recall.state == Recall.State.OPEN
    return is_open and recipient.answered_at is None and recipient.remedied_at is None


def text_of(recall: Recall, lang: str) -> RecallText:
    texts = {text.language: text for text in recall.texts.all()}
    return texts.get(lang) or texts[FALLBACK]


def picture_data_url(recall: Recall) -> str:
    """For pages of the desk, which also show drafts; "" without a picture."""
    return f"data:image/png;base64,{b64encode(recall.picture).decode()}" if recall.picture else ""


def _public(recall: Recall, lang: str) -> PublicNotice:
    lots = tuple((item.sku, item.lot_code) for item in recall.items.all())
    return PublicNotice(recall, text_of(recall, lang), lots)


def _may_have_moved(recipient: RecallRecipient, *, is_tried: bool) -> bool:
    """The address was read from the order when the buyer was found; it is read again for a later or a further try."""
    try:
        to_smtp_address(recipient.email)
    except InvalidEmailAddress:
        return True
    return recipient.found_at < timezone.now() - ADDRESS_HOLDS_FOR or is_tried


def _follow_address(recipient: RecallRecipient) -> bool:
    """The order's address may have been corrected; the known one is used where the order can't be read.

    False if the shop can't be reached.
    """
    try:
        order = orders.fetch(recipient.order_id)
    except NetworkError:
        return False
    except Exception:  # a recall leaves to the known address, whatever is wrong with the order
        logger.exception("the address of recall recipient %s can't be read again", recipient.pk)
        return True
    if order and order.email.strip() and order.email.strip() != recipient.email:
        recipient.email = order.email.strip()[:320]
        recipient.save(update_fields=["email"])
    return True
