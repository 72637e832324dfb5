"""The mail with the link to an order's page, for a buyer who has lost it."""

from django.db import transaction
from django.utils import timezone

from store.mailer import enqueue, planning
from store.mailer.mail_classes import Kind
from store.mailer.orders import Order


def send(order: Order, *, lang: str) -> None:
    """Plan the mail, at most once an hour for an order, however often somebody asks."""
    hour = timezone.now().strftime("%Y-%m-%dT%H")
    with transaction.atomic(durable=True):
        plan = planning.plan_for_order(order, Kind.ORDER_LINK, key=f"orderlink:{order.id}:{hour}", lang=lang)
        if plan:
            enqueue.enqueue_on_commit(plan)
