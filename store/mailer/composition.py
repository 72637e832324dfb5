"""A plan and the order as it is now become a mail: subject, text part, HTML part, attachments."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import policy as email_policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any

import mjml
from django.conf import settings
from django.template.loader import render_to_string

from store import guidebook
from store.mailer import links, mail_blocks, mail_texts, markdown_rendering, unsubscribe
from store.mailer.mail_kinds import Kind, MailClass
from store.mailer.models import MailPlan
from store.mailer.orders import Order

SIGNALS = ("DANGER", "WARNING", "CAUTION", "NOTICE")
HTML_LIMIT = 90_000  # Gmail cuts at about 102 kB, and with it the warnings at the end


class TooLong(Exception):
    """The HTML part would be cut by the reader's mail program."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the HTML part has {size} bytes, the limit is {HTML_LIMIT}: shorten the words")
        self.size = size


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    version: str

    def evidence(self) -> dict[str, object]:
        digest = hashlib.sha256(self.content).hexdigest()
        return {"name": self.name, "version": self.version, "size": len(self.content), "sha256": digest}


@dataclass(frozen=True, slots=True)
class Mail:
    """A finished mail, before it is put into an envelope."""

    subject: str
    text: str
    html: str
    recipient: str
    message_id: str
    lang: str
    attachments: tuple[Attachment, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_bytes(self, *, at: datetime) -> bytes:
        message = EmailMessage(policy=email_policy.SMTP)
        message["From"] = settings.MAIL_FROM
        message["To"] = self.recipient
        message["Reply-To"] = settings.MAIL_REPLY_TO
        message["Subject"] = self.subject
        message["Date"] = format_datetime(at)
        message["Message-ID"] = self.message_id
        message["Content-Language"] = self.lang
        message["Auto-Submitted"] = "auto-generated"
        for name, value in self.headers.items():
            message[name] = value
        message.set_content(self.text, cte="quoted-printable")
        message.add_alternative(self.html, subtype="html", cte="quoted-printable")
        for one in self.attachments:
            message.add_attachment(one.content, maintype="application", subtype="pdf", filename=one.name)
        return message.as_bytes()


def compose(plan: MailPlan, order: Order, *, recipient: str) -> Mail:
    lang = plan.locale
    attachments = _inserts(order, lang) if plan.kind == Kind.SAFETY_FIRST else ()
    context = _common(plan, order) | _CONTEXTS[Kind(plan.kind)](plan, order)
    subject, text, html = typeset_mail(
        name=source_name(plan), lang=lang, context=context, foot=_foot(plan, recipient)
    )
    return Mail(
        subject=subject,
        text=text,
        html=html,
        recipient=recipient,
        message_id=plan.message_id,
        lang=lang,
        attachments=attachments,
        headers=_headers(plan, recipient),
    )


def source_name(plan: MailPlan) -> str:
    return f"{plan.kind}-{plan.about}" if plan.kind == Kind.HOWTO else plan.kind


def typeset_mail(
    *, name: str, lang: str, context: Mapping[str, Any], foot: list[dict[str, str]]
) -> tuple[str, str, str]:
    """Subject, text and HTML from the one source guides/emails/<lang>/<name>.md."""
    source = mail_texts.load(name, lang)
    where, slots = f"guides/emails/{lang}/{name}.md", markdown_rendering.Slots()
    subject = markdown_rendering.one_line(source.subject, context, where=where)
    preheader = markdown_rendering.one_line(source.preheader, context, where=where)
    filled = markdown_rendering.fill(source.body, context, slots=slots, where=where)
    text = markdown_rendering.to_text(filled, slots=slots) + _foot_text(foot)
    html = _html(
        parts=markdown_rendering.to_parts(filled, slots=slots),
        subject=subject,
        preheader=preheader,
        lang=lang,
        foot=foot,
    )
    return subject, text, html


def _html(**context: object) -> str:
    source = render_to_string("mailer/layout.mjml", context | {"shop_url": settings.PUBLIC_URL})
    html: str = mjml.mjml2html(source)
    if len(html.encode()) > HTML_LIMIT:
        raise TooLong(len(html.encode()))
    return html


def _foot_text(foot: list[dict[str, str]]) -> str:
    lines = (f"{line['text']} {line.get('url', '').removeprefix('mailto:')}" for line in foot)
    return "\n--\n" + "\n".join(markdown_rendering.wrapped(line.strip()) for line in lines) + "\n"


def _foot(plan: MailPlan, recipient: str) -> list[dict[str, str]]:
    phrases = mail_texts.phrases(plan.locale)
    contact = parseaddr(settings.MAIL_REPLY_TO)[1]
    foot = [
        {"text": phrases["why"].replace("{number}", plan.order_number)},
        {"text": phrases["questions"], "url": f"mailto:{contact}", "label": contact},
    ]
    if plan.mail_class == MailClass.CARE:
        url = unsubscribe.link(recipient, plan.locale)
        foot.append({"text": phrases["unsubscribe_why"], "url": url, "label": phrases["unsubscribe"]})
    return foot


def _headers(plan: MailPlan, recipient: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if plan.mail_class == MailClass.CARE:  # RFC 8058; never on a safety mail, which can't be turned off
        found["List-Unsubscribe"] = f"<{unsubscribe.link(recipient, plan.locale)}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if plan.kind in (Kind.SHIPPED, Kind.HOWTO):
        first = MailPlan.objects.filter(order_id=plan.order_id, kind=Kind.ORDER_CONFIRMATION).first()
        if first:
            found["References"] = found["In-Reply-To"] = first.message_id
    return found


def _common(plan: MailPlan, order: Order) -> dict[str, Any]:
    address = order.address or order.billing_address
    return {
        "lang": plan.locale,
        "shop": settings.PUBLIC_URL,
        "first_name": address.first_name if address else "",
        "order_number": order.number,
        "contact": parseaddr(settings.MAIL_REPLY_TO)[1],
    }


def _order_confirmation(plan: MailPlan, order: Order) -> dict[str, Any]:
    phrases = dict(mail_texts.phrases(plan.locale))
    return {
        "items": mail_blocks.bought(order, plan.locale, phrases),
        "address": mail_blocks.address(order.address) if order.address else "",
        "shipping_method": order.shipping_method,
        "order_url": links.order(order.id),
        "has_inserts": bool(_known_inserts(order)),
    }


def _safety_first(plan: MailPlan, order: Order) -> dict[str, Any]:
    found = [guidebook.library().inserts[slug] for slug in _known_inserts(order)]
    query = mail_blocks.query(plan.locale).replace("?", "&")
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
        "key_warnings": mail_blocks.statements(_gravest_first(found, plan.locale), plan.locale),
    }


def _shipped(plan: MailPlan, order: Order) -> dict[str, Any]:
    shipment = order.shipment(plan.shipment_id)
    quantities = shipment.quantities if shipment else ()
    sent = sum(
        quantity for one in order.shipments if one.status == "FULFILLED" for _, quantity in one.quantities
    )
    return {
        "items": mail_blocks.parcel(quantities),
        "has_inserts": any(line.insert_slug for line, _ in quantities),
        "tracking_number": shipment.tracking_number if shipment else "",
        "address": mail_blocks.address(order.address) if order.address else "",
        "is_partial": sent < sum(line.quantity for line in order.lines),
    }


def _howto(plan: MailPlan, order: Order) -> dict[str, Any]:
    insert = next(one for one in guidebook.library().inserts.values() if one.material == plan.about)
    return {
        "insert_url": f"{settings.PUBLIC_URL}/inserts/{insert.slug}/{mail_blocks.query(plan.locale)}",
        "first_session_url": mail_blocks.guide_url("first-session", plan.locale),
    }


def _gravest_first(inserts: Sequence[Any], lang: str) -> list[str]:
    """The key statements of several inserts, each once, warnings before cautions."""
    said = {one.id: one.signal for insert in inserts for one in insert.summary_statements(lang)}
    return sorted(said, key=lambda one: SIGNALS.index(said[one]) if said[one] in SIGNALS else len(SIGNALS))


_CONTEXTS = {
    Kind.ORDER_CONFIRMATION: _order_confirmation,
    Kind.SAFETY_FIRST: _safety_first,
    Kind.SHIPPED: _shipped,
    Kind.HOWTO: _howto,
}


def _known_inserts(order: Order) -> list[str]:
    return [slug for slug in order.insert_slugs if slug in guidebook.library().inserts]


def _inserts(order: Order, lang: str) -> tuple[Attachment, ...]:
    library = guidebook.library()
    return tuple(
        Attachment(
            name=f"{insert.slug}-{insert.version}-{lang}.pdf",
            content=insert.pdf(lang),
            version=insert.version,
        )
        for insert in (library.inserts[slug] for slug in _known_inserts(order))
    )
