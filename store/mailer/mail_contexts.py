"""The values for the placeholders of each kind's text, from the plan and the current order."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from email.utils import parseaddr
from typing import Any

from django.conf import settings

from store import guidebook
from store.mailer import links, mail_blocks, mail_texts
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan, State
from store.mailer.orders import Order
from store.mailer.plan_rules import SHIPPED_STATUS
from store.saleor.order_state import Delivery
from store.saleor.order_totals import RowKind

Context = Mapping[str, Any]
SIGNALS = ("DANGER", "WARNING", "CAUTION", "NOTICE")
_RETURNED = (Delivery.RETURNED, Delivery.PARTLY_RETURNED)


def common(plan: MailPlan, order: Order) -> Context:
    return {
        "lang": plan.locale,
        "shop": settings.PUBLIC_URL,
        "first_name": order.buyer_name,
        "order_number": order.number,
        "order_url": links.order_url(order.id),
        "contact": parseaddr(settings.MAIL_REPLY_TO)[1],
    }


def order_confirmation(plan: MailPlan, order: Order) -> Context:
    return {
        "items": mail_blocks.order_lines_block(order, plan.locale),
        "address": _address(plan, order),
        "shipping_method": order.shipping_method,
        "has_inserts": bool(known_inserts(order)),
    }


def safety_first(plan: MailPlan, order: Order) -> Context:
    found = [guidebook.library().inserts[slug] for slug in known_inserts(order)]
    query = mail_blocks.language_query(plan.locale).replace("?", "&")
    return {
        "has_cups": any(mail_texts.exists(f"how-to-{insert.material}") for insert in found),
        "inserts": [
            {
                "title": insert.title(plan.locale),
                "version": insert.version,
                "url": f"{settings.PUBLIC_URL}/inserts/{insert.slug}/?v={insert.version}{query}",
            }
            for insert in found
        ],
        "key_warnings": mail_blocks.statements_block(_most_severe_first(found, plan.locale), plan.locale),
    }


def shipped(plan: MailPlan, order: Order) -> Context:
    fulfillment = order.fulfillment(plan.fulfillment_id)
    quantities = fulfillment.quantities if fulfillment else ()
    sent = sum(
        quantity
        for other in order.fulfillments
        if other.status == SHIPPED_STATUS
        for _, quantity in other.quantities
    )
    return {
        "items": mail_blocks.shipment_lines_block(quantities, plan.locale),
        "has_inserts": any(line.insert_slug for line, _ in quantities),
        "tracking_number": fulfillment.tracking_number if fulfillment else "",
        "address": _address(plan, order),
        "is_partial": sent < sum(line.quantity for line in order.lines),
    }


def howto(plan: MailPlan, order: Order) -> Context:
    insert = next(i for i in guidebook.library().inserts.values() if i.material == plan.about)
    return {
        "insert_url": f"{settings.PUBLIC_URL}/inserts/{insert.slug}/{mail_blocks.language_query(plan.locale)}",
        "first_session_url": mail_blocks.guide_url("first-session", plan.locale),
    }


def order_cancelled(plan: MailPlan, order: Order) -> Context:
    """Amounts are "" where there is none."""
    return {
        "paid": _amount(plan, order, order.state.received),
        "refunded": _amount(plan, order, order.state.refunded),
        "refund_due": _amount(plan, order, order.state.refund_due),
        "has_gift_card": bool(order.totals.amount(RowKind.GIFT_CARD)),
    }


def order_refunded(plan: MailPlan, order: Order) -> Context:
    """`amount` of this refund; `refunded` all of them together, "" if this is the first."""
    all_refunded = Decimal(plan.about)
    earlier = _refunded_before(plan)
    return {
        "amount": _amount(plan, order, all_refunded - earlier),
        "refunded": _amount(plan, order, all_refunded) if earlier else "",
        "paid": _amount(plan, order, order.state.received),
        "is_full": not order.state.held,
        "is_returned": order.state.delivery in _RETURNED,
    }


def known_inserts(order: Order) -> list[str]:
    return [slug for slug in order.insert_slugs if slug in guidebook.library().inserts]


def _refunded_before(plan: MailPlan) -> Decimal:
    """What earlier mails of this order told of."""
    others = MailPlan.objects.filter(order_id=plan.order_id, kind=Kind.ORDER_REFUNDED)
    told = others.exclude(state=State.CANCELLED).values_list("about", flat=True)
    return max((Decimal(about) for about in told if Decimal(about) < Decimal(plan.about)), default=Decimal(0))


def _amount(plan: MailPlan, order: Order, amount: Decimal) -> str:
    return mail_blocks.money(amount, order.totals.currency, plan.locale) if amount else ""


def _address(plan: MailPlan, order: Order) -> object:
    return mail_blocks.address_block(order.address, plan.locale) if order.address else ""


def _most_severe_first(inserts: Sequence[Any], lang: str) -> list[str]:
    """Ids of the key statements of several inserts, each once, ordered by signal word."""
    signals = {s.id: s.signal for insert in inserts for s in insert.summary_statements(lang)}
    return sorted(
        signals, key=lambda id_: SIGNALS.index(signals[id_]) if signals[id_] in SIGNALS else len(SIGNALS)
    )
