"""The merchant's answer to a request to return something, as a mail to the buyer."""

from dataclasses import dataclass

from django.db.models import QuerySet

from store.mailer import enqueue, planning
from store.mailer.mail_classes import Kind
from store.mailer.models import MerchantMessage


@dataclass(frozen=True, slots=True)
class _Order:
    id: str
    number: str
    email: str


def plan(*, order_id: str, number: str, email: str, language: str, asked_at: str, answer: str) -> None:
    """Keep the answer with the request and plan its mail, once for a request, in the caller's transaction.

    The mail is in the language in which the buyer asked; in that of the order where the request came another way.
    """
    row = _request_of(order_id, asked_at) or _without_text(order_id, number, email, language, asked_at)
    row.answer = answer
    row.save(update_fields=["answer", "asked_at"])
    mail = planning.plan_for_order(
        _Order(order_id, number, email),
        Kind.RETURN_CLOSED,
        key=f"return-closed:{order_id}:{asked_at}",
        about=str(row.pk),
        lang=row.locale,
    )
    if mail:
        enqueue.enqueue_on_commit(mail)


def _request_of(order_id: str, asked_at: str) -> MerchantMessage | None:
    """The one that is answered: the buyer may have made another since."""
    rows = MerchantMessage.objects.filter(order_id=order_id, topic=MerchantMessage.Topic.RETURN)
    return rows.filter(asked_at=asked_at).first() or _unnamed(rows, asked_at)


def _unnamed(rows: QuerySet[MerchantMessage], asked_at: str) -> MerchantMessage | None:
    """One that came when requests did not yet keep which they are: it is this one from now on."""
    row = rows.filter(asked_at="", answer="").order_by("-pk").first()
    if row:
        row.asked_at = asked_at
    return row


def _without_text(order_id: str, number: str, email: str, language: str, asked_at: str) -> MerchantMessage:
    """Such as one that staff noted for a buyer who called."""
    return MerchantMessage.objects.create(
        topic=MerchantMessage.Topic.RETURN,
        digest=f"{order_id}:{asked_at}"[-64:],
        sender_email=email,
        order_id=order_id,
        order_number=number,
        asked_at=asked_at,
        text="",
        locale=planning.mail_locale(language.replace("-", "_")),
    )
