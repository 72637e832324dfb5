"""Composes a mail from its plan and the current order: subject, text part, HTML part, attachments."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import mjml
from django.conf import settings
from django.template.loader import render_to_string

from store import guidebook
from store.guidebook import figure_png
from store.guidebook.limit_words import keep_together
from store.mailer import mail_texts, markdown_rendering, personal_values, providers, unsubscribe
from store.mailer.accounts import Account
from store.mailer.gift_cards import GiftCard
from store.mailer.mail_blocks import LibraryKey
from store.mailer.mail_classes import Kind, MailClass
from store.mailer.mail_kinds import About, MailKind, mail_kind
from store.mailer.markdown_rendering import xml_text
from store.mailer.merchant_messages import ToMerchant
from store.mailer.message import Attachment, InlinePicture, Mail, bare_address
from store.mailer.models import MailPlan
from store.mailer.preference_links import preferences_url
from store.mailer.recalls import PICTURE, RecallNotice

logger = logging.getLogger(__name__)
# The phrase that tells why this mail came, for kinds that are about no order and no account.
_WHY = {
    Kind.MERCHANT_MESSAGE: "why_message",
    Kind.LOW_STOCK: "why_low_stock",
    Kind.GIFT_CARD: "why_gift_card",
    Kind.PAYMENT_RETURNED: "why_payment_returned",
    Kind.STOCK_CONFIRMATION: "why_stock",
    Kind.STOCK_NOTICE: "why_stock",
}
# They bought nothing, and the address for questions is their own.
_TO_STAFF = (Kind.MERCHANT_MESSAGE, Kind.LOW_STOCK, Kind.STAFF_PASSWORD, Kind.STAFF_INVITATION)
HTML_LIMIT = 90_000  # bytes; Gmail clips at about 102 kB, which would hide warnings at the end


class HtmlTooLong(Exception):
    """The HTML part exceeds HTML_LIMIT and would be clipped by the reader's mail client."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the HTML part has {size} bytes, the limit is {HTML_LIMIT}: shorten the words")
        self.size = size


@dataclass(frozen=True, slots=True)
class FooterLine:
    text: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Subject and parts, with marks where a personal value belongs (see `personal_values`).

    `text_only_because`: why there is no HTML part; "" if there is one.
    """

    subject: str
    text: str
    html: str
    text_only_because: str
    figures: tuple[str, ...] = ()


def compose(plan: MailPlan, about: About, *, recipient: str) -> Mail:
    """Compose the mail of a plan. Raises MailTextError or RenderingError if even its text can't be written."""
    kind, lang = mail_kind(Kind(plan.kind)), plan.locale
    words, values = _words(plan, kind, about, recipient)
    html, problem = words.html, words.text_only_because
    if (size := len(personal_values.fill_html(html, values).encode())) > HTML_LIMIT:
        logger.error("%s", too_long := HtmlTooLong(size))
        html, problem = "", f"{type(too_long).__name__}: {too_long}"
    return Mail(
        subject=personal_values.fill_line(words.subject, values),
        words=(words.text, html),
        values=values,
        text_only_because=problem,
        recipient=recipient,
        message_id=plan.message_id,
        lang=lang,
        pictures=tuple(_picture(slug, about) for slug in words.figures) if html else (),
        attachments=_insert_attachments(kind.attaches(plan, about), lang),
        secrets=_secrets(about),
        headers=_headers(plan, kind, recipient),
        sender=settings.MAIL_CARE_FROM if kind.mail_class == MailClass.CARE else "",
        reply_to=about.row.sender_email if isinstance(about, ToMerchant) else "",
    )


def _secrets(about: About) -> tuple[str, ...]:
    if isinstance(about, Account):
        return (about.link,)
    return (about.code,) if isinstance(about, GiftCard) else ()


def _words(
    plan: MailPlan, kind: MailKind[Any, Any], about: About, recipient: str
) -> tuple[Rendered, dict[str, str]]:
    """The parts of this mail with the values to fill in, by the names that `personal_values` takes."""
    name, lang = kind.template(plan), plan.locale
    context = {**kind.about.context(plan, about), **kind.context(plan, about)}
    of_footer = _personal_in_footer(plan, recipient)
    own = {key: context[key] for key in kind.about.personal if context.get(key)} | of_footer
    of_blocks = _personal_in_blocks(context)
    marks = {key: personal_values.mark(key) for key in own}
    try:
        words = _render_once(name, lang, context | marks, _footer(plan, marks))
    except personal_values.NotShareable:
        alone = render_mail(name=name, lang=lang, context=context, footer=_footer(plan, own))
        return _filled(
            alone, _cleaned(of_blocks)
        ), {}  # no other mail has these words: nothing of them is kept
    return words, _cleaned(own | of_blocks)


def _filled(words: Rendered, values: Mapping[str, str]) -> Rendered:
    return replace(
        words,
        subject=personal_values.fill_line(words.subject, values),
        text=personal_values.fill_text(words.text, values),
        html=personal_values.fill_html(words.html, values),
    )


def _personal_in_blocks(context: Mapping[str, Any]) -> dict[str, str]:
    """Raises ValueError where two blocks call different values by one name: a wrong address would be printed."""
    found = dict[str, str]()
    for block in context.values():
        if isinstance(block, markdown_rendering.Block):
            for name, value in block.personal.items():
                if found.setdefault(name, value) != value:
                    raise ValueError(f"two blocks of a mail have a personal value {name}")
    return found


def _cleaned(own: Mapping[str, str]) -> dict[str, str]:
    """The values as they are filled in, by the names of their marks."""
    return {key.replace("_", ""): xml_text(personal_values.clean(value)) for key, value in own.items()}


def _render_once(name: str, lang: str, context: Mapping[str, Any], footer: Sequence[FooterLine]) -> Rendered:
    """`render_mail`, which is asked once for the same words and values."""
    key = (
        mail_texts.load(name, lang),
        _frozen(context),
        tuple(footer),
        str(settings.PUBLIC_URL),
        LibraryKey(),
    )
    try:
        found, is_comparable = _rendered.get(key), True
    except TypeError:  # a guide with its sections
        found, is_comparable = None, False
    if found is None:
        found = render_mail(name=name, lang=lang, context=context, footer=footer)
        personal_values.check_marks(found.subject, found.text, found.html)
        if is_comparable and not found.text_only_because:
            _remember(key, found)
    return found


_rendered: dict[object, Rendered] = {}
_rendered_lock = threading.Lock()
RENDERED_KEPT = 32  # texts of about fifty kilobytes


def _remember(key: object, rendered: Rendered) -> None:
    with _rendered_lock:
        while len(_rendered) >= RENDERED_KEPT:
            del _rendered[next(iter(_rendered))]
        _rendered[key] = rendered


def _frozen(value: object) -> object:
    if isinstance(value, str):
        return str(value)  # a mark can't be compared
    if isinstance(value, Mapping):
        return tuple((key, _frozen(value[key])) for key in sorted(value))
    return tuple(map(_frozen, value)) if isinstance(value, Sequence) else value


def render_mail(
    *, name: str, lang: str, context: Mapping[str, Any], footer: Sequence[FooterLine]
) -> Rendered:
    """Subject and both parts from guides/emails/<lang>/<name>.md. Without HTML part if that can't be made."""
    source = mail_texts.load(name, lang)
    where, slots = f"guides/emails/{lang}/{name}.md", markdown_rendering.Slots()
    subject = markdown_rendering.render_line(source.subject, context, where=where)
    preheader = markdown_rendering.render_line(source.preheader, context, where=where)
    filled = keep_together(
        markdown_rendering.fill_placeholders(source.body, context, slots=slots, where=where)
    )
    text = xml_text(markdown_rendering.to_text(filled, slots=slots) + _footer_text(footer))
    try:
        html, problem = _html(filled, slots, subject, preheader, lang=lang, footer=footer), ""
    except Exception as error:  # whatever it is: the text part says the same, and safety mail must leave
        logger.exception("%s leaves in plain text", where)
        html, problem = "", f"{type(error).__name__}: {error}"
    return Rendered(subject, text, html, problem, tuple(slots.figures) if html else ())


def _html(
    filled: str,
    slots: markdown_rendering.Slots,
    subject: str,
    preheader: str,
    *,
    lang: str,
    footer: Sequence[FooterLine],
) -> str:
    context = {
        "parts": markdown_rendering.to_parts(filled, slots=slots),
        "subject": subject,
        "preheader": preheader,
        "lang": lang,
        "footer": footer,
        "shop_url": settings.PUBLIC_URL,
    }
    html: str = mjml.mjml2html(xml_text(render_to_string("mailer/layout.mjml", context)))
    if len(html.encode()) > HTML_LIMIT:
        raise HtmlTooLong(len(html.encode()))
    return html


def _footer_text(footer: Sequence[FooterLine]) -> str:
    lines = (f"{line.text} {line.url.removeprefix('mailto:')}" for line in footer)
    return "\n--\n" + "\n".join(personal_values.wrap_text(line.strip()) for line in lines) + "\n"


def _personal_in_footer(plan: MailPlan, recipient: str) -> dict[str, str]:
    own = {"footer_number": plan.order_number} if plan.order_number else {}
    if plan.mail_class == MailClass.CARE:
        own["unsubscribe_url"] = unsubscribe.unsubscribe_url(recipient, plan.locale)
        own["footer_preferences"] = preferences_url(
            order_id=plan.order_id, address=recipient, lang=plan.locale
        )
    return own


def _footer(plan: MailPlan, own: Mapping[str, str]) -> list[FooterLine]:
    """own: the values of `_personal_in_footer`, or marks for them."""
    phrases = mail_texts.phrases(plan.locale)
    contact = bare_address(settings.MAIL_REPLY_TO)
    footer = [FooterLine(_why(plan, phrases, str(own.get("footer_number", ""))))]
    if plan.kind not in _TO_STAFF:
        footer.append(FooterLine(phrases["questions"], f"mailto:{contact}", contact))
    if plan.mail_class == MailClass.CARE:
        preferences, unsubscribed = str(own["footer_preferences"]), str(own["unsubscribe_url"])
        footer.append(FooterLine(phrases["preferences_why"], preferences, phrases["preferences"]))
        footer.append(FooterLine(phrases["unsubscribe_why"], unsubscribed, phrases["unsubscribe"]))
    footer.append(FooterLine(guidebook.library().maker.sender(plan.locale)))
    return footer


def _why(plan: MailPlan, phrases: Mapping[str, str], number: str) -> str:
    if plan.kind in _WHY:
        return phrases[_WHY[Kind(plan.kind)]]
    return phrases["why"].replace("{number}", number) if plan.order_id else phrases["why_account"]


def _headers(plan: MailPlan, kind: MailKind[Any, Any], recipient: str) -> dict[str, str]:
    found = providers.headers(plan.message_id)
    if kind.mail_class == MailClass.CARE:  # RFC 8058; never on safety mails, which can't be unsubscribed
        found["List-Unsubscribe"] = f"<{unsubscribe.unsubscribe_url(recipient, plan.locale)}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if kind.is_reply:
        first = MailPlan.objects.filter(order_id=plan.order_id, kind=Kind.ORDER_CONFIRMATION).first()
        if first:
            found["References"] = found["In-Reply-To"] = first.message_id
    return found


def _picture(slug: str, about: About) -> InlinePicture:
    if isinstance(about, RecallNotice) and slug == PICTURE:
        return InlinePicture(slug, about.picture)
    return InlinePicture(slug, figure_png.png_path(guidebook.library().figures[slug]).read_bytes())


def _insert_attachments(slugs: Sequence[str], lang: str) -> tuple[Attachment, ...]:
    library = guidebook.library()
    return tuple(
        Attachment(
            name=f"{insert.slug}-{insert.version}-{lang}.pdf",
            content=insert.pdf(lang),
            version=insert.version,
        )
        for insert in (library.inserts[slug] for slug in slugs)
    )
