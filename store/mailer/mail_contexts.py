"""The values for the placeholders of each kind's text, from the plan and the current order."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings

from store import guidebook
from store.guidebook.inserts import Insert
from store.guidebook.mechanisms import CUP_MECHANISMS, Mechanism
from store.guidebook.wording.merchant_text import EU
from store.mailer import links, mail_blocks, mail_texts, merchant_messages
from store.mailer.accounts import Account
from store.mailer.mail_classes import Kind
from store.mailer.message import bare_address
from store.mailer.models import MailPlan, State
from store.mailer.orders import Order
from store.mailer.plan_rules import SHIPPED_STATUS, cup_inserts, howto_parcels
from store.mailer.preference_links import preferences_url
from store.saleor.carriers import tracking
from store.saleor.order_state import Delivery
from store.saleor.order_totals import RowKind

Context = Mapping[str, Any]
WITHDRAWAL_DAYS = 14  # Directive 2011/83/EU, art. 9
CARE_SECTIONS = ("cleaning", "storage", "wear", "disposal")
SHOWN_WITH_THE_NEVER_LIST = "W-WHO"
SIGNALS = ("DANGER", "WARNING", "CAUTION", "NOTICE")
_RETURNED = (Delivery.RETURNED, Delivery.PARTLY_RETURNED)


def common(plan: MailPlan, order: Order) -> Context:
    return {
        "lang": plan.locale,
        "shop": settings.PUBLIC_URL,
        "first_name": order.buyer_name,
        "order_number": order.number,
        "order_url": links.order_url(order.id, plan.locale),
        "contact": bare_address(settings.MAIL_REPLY_TO),
    }


def account(plan: MailPlan, account: Account) -> Context:
    return {
        "lang": plan.locale,
        "shop": settings.PUBLIC_URL,
        "first_name": account.first_name,
        "email": account.email,
        "link": account.link,
        "contact": bare_address(settings.MAIL_REPLY_TO),
    }


def staff_invitation(plan: MailPlan, account: Account) -> Context:
    """`hours`: for how long the link works."""
    return {"roles": ", ".join(account.roles), "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}


def order_confirmation(plan: MailPlan, order: Order) -> Context:
    return {
        "may_withdraw": order.address is not None and order.address.country_code in EU,
        "withdrawal_days": WITHDRAWAL_DAYS,
        "seller": guidebook.library().maker.sender(plan.locale),
        "items": mail_blocks.order_lines_block(order, plan.locale),
        "address": _address(plan, order),
        "shipping_method": order.shipping_method,
        "has_inserts": bool(known_inserts(order)),
    }


def safety_first(plan: MailPlan, order: Order) -> Context:
    found = [guidebook.library().inserts[slug] for slug in known_inserts(order)]
    mechanisms = {insert.mechanism for insert in found}
    never = dict.fromkeys(one.id for insert in found for one in insert.never(plan.locale))
    has_cups = not mechanisms.isdisjoint(CUP_MECHANISMS)
    name = "cups" if has_cups else "oil" if Mechanism.OIL in mechanisms else "parts"
    return {
        "title": mail_texts.phrases(plan.locale)[f"safety_{name}"],
        "has_cups": has_cups,
        "never_heading": guidebook.library().headings["never"][plan.locale],
        "never": mail_blocks.statements_block(never, plan.locale) if never else "",
        "injury_contact": mail_blocks.contact_block(plan.locale),
        "inserts": [
            {
                "title": insert.title(plan.locale),
                "version": insert.version,
                "url": f"{mail_blocks.insert_url(insert.slug, plan.locale)}?v={insert.version}",
            }
            for insert in found
        ],
        "key_warnings": mail_blocks.statements_block(
            [one for one in _most_severe_first(found, plan.locale) if one != SHOWN_WITH_THE_NEVER_LIST],
            plan.locale,
        ),
    }


def shipped(plan: MailPlan, order: Order) -> Context:
    fulfillment = order.fulfillment(plan.fulfillment_id)
    quantities = fulfillment.quantities if fulfillment else ()
    parcel = tracking(
        fulfillment.tracking_number if fulfillment else "",
        carrier=fulfillment.carrier if fulfillment else "",
        delivery_method=order.shipping_method,
    )
    sent = sum(
        quantity
        for other in order.fulfillments
        if other.status == SHIPPED_STATUS
        for _, quantity in other.quantities
    )
    return {
        "items": mail_blocks.shipment_lines_block(quantities, plan.locale),
        "has_inserts": any(line.insert_slug for line, _ in quantities),
        "tracking_number": parcel.number,
        "carrier": parcel.carrier,
        "tracking_url": parcel.url,
        "preferences_url": preferences_url(order_id=order.id, address=order.email, lang=plan.locale),
        "address": _address(plan, order),
        "is_partial": sent < sum(line.quantity for line in order.lines),
    }


def howto(plan: MailPlan, order: Order) -> Context:
    """`document`: the insert, whose sections the mail shows."""
    insert, phrases = guidebook.library().inserts[plan.about], mail_texts.phrases(plan.locale)
    parcels = howto_parcels(order, plan.about)
    return {
        "document": insert,
        "title": phrases.get(f"howto_{insert.slug}", phrases["howto"]),
        "is_spare_part": insert.mechanism is Mechanism.SPARE_PART,
        "is_glass": insert.material == "glass",
        "has_arrived": any(parcel.delivered_at for parcel in parcels),
        "guides": mail_blocks.guide_links_block(_howto_guides(insert), plan.locale),
        "insert_url": mail_blocks.insert_url(insert.slug, plan.locale),
        "injury_contact": mail_blocks.contact_block(plan.locale),
        "first_session_url": mail_blocks.guide_url("first-session", plan.locale),
    }


def area(plan: MailPlan, order: Order) -> Context:
    """`document`: the guide of the area that the buyer has chosen, as far as it is about the buyer's own cups; without
    one, `guides` leads to all of them.
    """
    library = guidebook.library()
    cups = [library.inserts[slug] for slug in cup_inserts(order.insert_slugs)]
    chosen = library.guides.get(plan.about)
    if chosen and cups:
        chosen = chosen.for_products({(cup.material, cup.mechanism) for cup in cups})
    slugs = [slug for slug, guide in library.guides.items() if guide.topic == "area"]
    return {
        "document": chosen,
        "document_title": chosen.title(plan.locale) if chosen else "",
        "preferences_url": preferences_url(order_id=order.id, address=order.email, lang=plan.locale),
        "title": mail_texts.phrases(plan.locale)["area"],
        "guides": mail_blocks.guide_links_block(slugs, plan.locale),
        "guide_url": mail_blocks.guide_url(plan.about, plan.locale) if chosen else "",
        "injury_contact": mail_blocks.contact_block(plan.locale),
    }


def care(plan: MailPlan, order: Order) -> Context:
    """`sets`: each insert of the order by title, with its sections about care."""
    inserts = [guidebook.library().inserts[slug] for slug in cup_inserts(order.insert_slugs)]
    return {
        "sets": [
            {
                "title": insert.title(plan.locale),
                "sections": mail_blocks.sections_block(
                    [one for one in insert.sections if one.key in CARE_SECTIONS], plan.locale, tag="h3"
                ),
            }
            for insert in inserts
        ],
        "injury_contact": mail_blocks.contact_block(plan.locale),
    }


def check_in(plan: MailPlan, order: Order) -> Context:
    return {"injury_contact": mail_blocks.contact_block(plan.locale)}


def insert_change(plan: MailPlan, order: Order) -> Context:
    """`changes`: what is new for somebody who has the version that `plan.about` names."""
    slug, _, version = plan.about.partition("@")
    insert = guidebook.library().inserts[slug]
    return {
        "title": insert.title(plan.locale),
        "version": insert.version,
        "changes": mail_blocks.changes_block(insert.changes_since(version, plan.locale), plan.locale),
        "insert_url": mail_blocks.insert_url(slug, plan.locale),
        "injury_contact": mail_blocks.contact_block(plan.locale),
    }


def _howto_guides(insert: Insert) -> list[str]:
    """The guides about this very material and mechanism, then those that belong to every set."""
    if insert.mechanism is Mechanism.SPARE_PART:
        return []
    own = [
        guide.slug
        for guide in guidebook.library().guides.values()
        if guide.topic in ("material", "care")
        and insert.material in guide.materials
        and (not guide.mechanisms or insert.mechanism in guide.mechanisms)
    ]
    return [*own, "aftercare", "when-to-see-a-doctor"]


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


def return_received(plan: MailPlan, order: Order) -> Context:
    """What was asked, and when: the acknowledgement of a withdrawal on a durable medium (Directive 2011/83/EU, 11a)."""
    message = merchant_messages.find(plan)
    return {
        "text": mail_blocks.text_block(message.text) if message else "",
        "received": merchant_messages.received_text(message.received_at, plan.locale) if message else "",
    }


def return_closed(plan: MailPlan, order: Order) -> Context:
    """What was asked, and the merchant's answer in the merchant's own words."""
    message = merchant_messages.find(plan)
    answer = mail_blocks.text_block(message.answer) if message else ""
    return {**return_received(plan, order), "answer": answer}


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
