"""Receives the messages of shoppers to the merchant: stored, and sent as a mail that the merchant answers.

It goes to the merchant's own address only, with the shopper's as Reply-To. The shopper gets no copy of a free text:
otherwise anybody could have the shop send a text of their own to any address.
"""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from store.mailer import enqueue, planning
from store.mailer.mail_classes import Kind
from store.mailer.merchant_messages import Topic, merchant_address
from store.mailer.models import MerchantMessage
from store.mailer.orders import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`key`: equal for what is the same message; `number`: of the order as the shopper wrote it.

    `asked_at`: of a request to return, as the order's note of it says, in ISO 8601.
    """

    topic: Topic
    key: str
    name: str
    email: str
    number: str
    text: str
    locale: str
    asked_at: str = ""


def receive(message: Message) -> MerchantMessage | None:
    """Store the message and plan its mail; None if it was received before. Any number of calls may run at once."""
    with transaction.atomic(durable=True):
        row = _store(message)
        if row:
            _plan_for_merchant(row)
    return row


def receive_return(message: Message, order: Order) -> MerchantMessage | None:
    """As `receive`, for the return of an order: its buyer gets an acknowledgement with what was asked and when."""
    with transaction.atomic(durable=True):
        row = _store(message, order_id=order.id)
        if row:
            _plan_for_merchant(row)
            plan = planning.plan_for_order(
                order,
                Kind.RETURN_RECEIVED,
                key=f"return:{row.digest}",
                about=str(row.pk),
                lang=message.locale,
            )
            if plan:
                enqueue.enqueue_on_commit(plan)
    return row


def is_received(topic: Topic, key: str) -> bool:
    """Whether the message with this key has come in before."""
    return MerchantMessage.objects.filter(digest=_digest(topic, key)).exists()


def _digest(topic: Topic, key: str) -> str:
    return hashlib.sha256(f"{topic}\n{key}".encode()).hexdigest()


def _store(message: Message, *, order_id: str = "") -> MerchantMessage | None:
    digest = _digest(message.topic, message.key)
    row, is_new = MerchantMessage.objects.get_or_create(
        digest=digest,
        defaults={
            "topic": message.topic,
            "sender_name": message.name,
            "sender_email": message.email,
            "order_id": order_id,
            "order_number": message.number,
            "asked_at": message.asked_at,
            "text": message.text,
            "locale": message.locale,
        },
    )
    return row if is_new else None


def _plan_for_merchant(row: MerchantMessage) -> None:
    plan = planning.plan_for_merchant(
        key=f"message:{row.digest}", about=str(row.pk), recipient=merchant_address()
    )
    if plan:
        enqueue.enqueue_on_commit(plan)
