"""The notice of a recall in one language, for page, mail and letter."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from store.mailer import orders
from store.mailer.models import MailPlan
from store.mailer.recalls import RecalledPieces, RecallNotice
from store.safety.models import Recall, RecallRecipient, RecallText
from store.safety.recalls import links
from store.saleor.email_addresses import InvalidEmailAddress, to_smtp_address
from store.saleor.errors import SaleorError
from store.saleor.personal_names import greeting_name

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
    recipient = recipient_of_plan(plan)
    if recipient is None:
        return None
    if _may_have_moved(recipient, plan):
        _follow_address(recipient)
    return notice_of(recipient)


def notice_of(recipient: RecallRecipient) -> RecallNotice:
    recall, text = recipient.recall, text_of(recipient.recall, recipient.language)
    return RecallNotice(
        email=recipient.email,
        name=first_name if greeting_name(first_name := recipient.name.partition(" ")[0]) else "",
        product=text.product,
        identification=text.identification,
        hazard=text.hazard,
        action=text.action,
        picture=bytes(recall.picture),
        picture_text=text.picture_text,
        remedies=tuple(recall.remedies),
        contact_email=recall.contact_email,
        contact_phone=recall.contact_phone,
        pieces=tuple(
            RecalledPieces(line.order_number, line.sku, line.lot_code, line.quantity)
            for line in recipient.lines.all()
        ),
        answer_url=links.answer_url(recipient),
        page_url=links.notice_url(recall.pk, recipient.language),
        needs_answer=needs_answer(recipient),
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


def _may_have_moved(recipient: RecallRecipient, plan: MailPlan) -> bool:
    """The address was read from the order when the buyer was found; it is read again for a later or a further try."""
    try:
        to_smtp_address(recipient.email)
    except InvalidEmailAddress:
        return True
    return recipient.found_at < timezone.now() - ADDRESS_HOLDS_FOR or plan.attempts.exists()


def _follow_address(recipient: RecallRecipient) -> None:
    """The order's address may have been corrected. While the shop does not answer, the known one is used."""
    try:
        order = orders.fetch(recipient.order_id)
    except SaleorError:
        return
    if order and order.email.strip() and order.email.strip() != recipient.email:
        recipient.email = order.email.strip()[:320]
        recipient.save(update_fields=["email"])
