"""Composes a mail from its plan and the current order: subject, text part, HTML part, attachments."""

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
HTML_LIMIT = 90_000  # bytes; Gmail clips at about 102 kB, which would hide warnings at the end


class HtmlTooLong(Exception):
    """The HTML part exceeds HTML_LIMIT and would be clipped by the reader's mail client."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the HTML part has {size} bytes, the limit is {HTML_LIMIT}: shorten the words")
        self.size = size


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    version: str

    def metadata(self) -> dict[str, object]:
        digest = hashlib.sha256(self.content).hexdigest()
        return {"name": self.name, "version": self.version, "size": len(self.content), "sha256": digest}


@dataclass(frozen=True, slots=True)
class Mail:
    """A composed mail."""

    subject: str
    text: str
    html: str
    recipient: str
    message_id: str
    lang: str
    text_only_because: str = ""
    attachments: tuple[Attachment, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_bytes(self, *, at: datetime) -> bytes:
        """The RFC 5322 message; `at` becomes its Date."""
        # A name outside ASCII stands in the header as it is (RFC 6532); otherwise headers are plain ASCII.
        policy = email_policy.SMTP if self.recipient.isascii() else email_policy.SMTPUTF8
        message = EmailMessage(policy=policy)
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
        for attachment in self.attachments:
            message.add_attachment(
                attachment.content, maintype="application", subtype="pdf", filename=attachment.name
            )
        return message.as_bytes()


def compose(plan: MailPlan, order: Order, *, recipient: str) -> Mail:
    """Compose the mail of a plan. Raises MailTextError, RenderingError or HtmlTooLong."""
    lang = plan.locale
    attachments = _insert_attachments(order, lang) if plan.kind == Kind.SAFETY_FIRST else ()
    context = _common_context(plan, order) | _CONTEXTS[Kind(plan.kind)](plan, order)
    subject, text, html = render_mail(
        name=source_name(plan), lang=lang, context=context, footer=_footer(plan, recipient)
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


def render_mail(
    *, name: str, lang: str, context: Mapping[str, Any], footer: list[dict[str, str]]
) -> tuple[str, str, str]:
    """Subject, text part and HTML part from guides/emails/<lang>/<name>.md.

    `footer`: lines with "text" and optionally "url" and "label".
    """
    source = mail_texts.load(name, lang)
    where, slots = f"guides/emails/{lang}/{name}.md", markdown_rendering.Slots()
    subject = markdown_rendering.render_line(source.subject, context, where=where)
    preheader = markdown_rendering.render_line(source.preheader, context, where=where)
    filled = markdown_rendering.fill_placeholders(source.body, context, slots=slots, where=where)
    text = markdown_rendering.to_text(filled, slots=slots) + _footer_text(footer)
    html = _html(
        parts=markdown_rendering.to_parts(filled, slots=slots),
        subject=subject,
        preheader=preheader,
        lang=lang,
        footer=footer,
    )
    return subject, text, html


def _html(**context: object) -> str:
    source = render_to_string("mailer/layout.mjml", context | {"shop_url": settings.PUBLIC_URL})
    html: str = mjml.mjml2html(source)
    if len(html.encode()) > HTML_LIMIT:
        raise HtmlTooLong(len(html.encode()))
    return html


def _footer_text(footer: list[dict[str, str]]) -> str:
    lines = (f"{line['text']} {line.get('url', '').removeprefix('mailto:')}" for line in footer)
    return "\n--\n" + "\n".join(markdown_rendering.wrap_text(line.strip()) for line in lines) + "\n"


def _footer(plan: MailPlan, recipient: str) -> list[dict[str, str]]:
    phrases = mail_texts.phrases(plan.locale)
    contact = parseaddr(settings.MAIL_REPLY_TO)[1]
    footer = [
        {"text": phrases["why"].replace("{number}", plan.order_number)},
        {"text": phrases["questions"], "url": f"mailto:{contact}", "label": contact},
    ]
    if plan.mail_class == MailClass.CARE:
        url = unsubscribe.unsubscribe_url(recipient, plan.locale)
        footer.append({"text": phrases["unsubscribe_why"], "url": url, "label": phrases["unsubscribe"]})
    return footer


def _headers(plan: MailPlan, recipient: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if plan.mail_class == MailClass.CARE:  # RFC 8058; never on safety mails, which can't be unsubscribed
        found["List-Unsubscribe"] = f"<{unsubscribe.unsubscribe_url(recipient, plan.locale)}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if plan.kind in (Kind.SHIPPED, Kind.HOWTO):
        first = MailPlan.objects.filter(order_id=plan.order_id, kind=Kind.ORDER_CONFIRMATION).first()
        if first:
            found["References"] = found["In-Reply-To"] = first.message_id
    return found


def _common_context(plan: MailPlan, order: Order) -> dict[str, Any]:
    address = order.address or order.billing_address
    return {
        "lang": plan.locale,
        "shop": settings.PUBLIC_URL,
        "first_name": address.first_name if address else "",
        "order_number": order.number,
        "contact": parseaddr(settings.MAIL_REPLY_TO)[1],
    }


def _order_confirmation_context(plan: MailPlan, order: Order) -> dict[str, Any]:
    phrases = dict(mail_texts.phrases(plan.locale))
    return {
        "items": mail_blocks.order_lines_block(order, plan.locale, phrases),
        "address": mail_blocks.address_block(order.address) if order.address else "",
        "shipping_method": order.shipping_method,
        "order_url": links.order_url(order.id),
        "has_inserts": bool(_known_inserts(order)),
    }


def _safety_first_context(plan: MailPlan, order: Order) -> dict[str, Any]:
    found = [guidebook.library().inserts[slug] for slug in _known_inserts(order)]
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


def _shipped_context(plan: MailPlan, order: Order) -> dict[str, Any]:
    fulfillment = order.fulfillment(plan.fulfillment_id)
    quantities = fulfillment.quantities if fulfillment else ()
    shipped = sum(
        quantity
        for other in order.fulfillments
        if other.status == "FULFILLED"
        for _, quantity in other.quantities
    )
    return {
        "items": mail_blocks.shipment_lines_block(quantities),
        "has_inserts": any(line.insert_slug for line, _ in quantities),
        "tracking_number": fulfillment.tracking_number if fulfillment else "",
        "address": mail_blocks.address_block(order.address) if order.address else "",
        "is_partial": shipped < sum(line.quantity for line in order.lines),
    }


def _howto_context(plan: MailPlan, order: Order) -> dict[str, Any]:
    insert = next(i for i in guidebook.library().inserts.values() if i.material == plan.about)
    return {
        "insert_url": f"{settings.PUBLIC_URL}/inserts/{insert.slug}/{mail_blocks.language_query(plan.locale)}",
        "first_session_url": mail_blocks.guide_url("first-session", plan.locale),
    }


def _most_severe_first(inserts: Sequence[Any], lang: str) -> list[str]:
    """Ids of the key statements of several inserts, each once, ordered by signal word."""
    signals = {s.id: s.signal for insert in inserts for s in insert.summary_statements(lang)}
    return sorted(
        signals, key=lambda id_: SIGNALS.index(signals[id_]) if signals[id_] in SIGNALS else len(SIGNALS)
    )


_CONTEXTS = {
    Kind.ORDER_CONFIRMATION: _order_confirmation_context,
    Kind.SAFETY_FIRST: _safety_first_context,
    Kind.SHIPPED: _shipped_context,
    Kind.HOWTO: _howto_context,
}


def _known_inserts(order: Order) -> list[str]:
    return [slug for slug in order.insert_slugs if slug in guidebook.library().inserts]


def _insert_attachments(order: Order, lang: str) -> tuple[Attachment, ...]:
    library = guidebook.library()
    return tuple(
        Attachment(
            name=f"{insert.slug}-{insert.version}-{lang}.pdf",
            content=insert.pdf(lang),
            version=insert.version,
        )
        for insert in (library.inserts[slug] for slug in _known_inserts(order))
    )
