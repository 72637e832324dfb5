"""Blocks of a mail other than running text (buttons, order lines, addresses), each as MJML and as plain text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency
from django.conf import settings
from django.template.loader import render_to_string

from store import guidebook
from store.guidebook.languages import address_in
from store.guidebook.records import Change, Section
from store.mailer import mail_texts, personal_values
from store.mailer.markdown_rendering import LINES, STYLES, Block
from store.mailer.orders import Line, Order
from store.mailer.personal_values import WIDTH, mark, underlined, wrap_text
from store.saleor.order_totals import Row as TotalsRow
from store.saleor.order_totals import RowKind
from store.saleor.postal_address import PostalAddress

FIGURE_SRC = "cid:{slug}"

_LIST_MARK = re.compile(r"(- |\d+\. )")
LOCALES = {"en": "en_US", "de": "de_DE", "es": "es_ES"}
MAX_LINES = (
    60  # of an order or a parcel; more would exceed the size that mail clients show, and nobody reads them
)
# Phrase of each row of the totals: without a name, and with one.
_TOTALS_PHRASES = {
    RowKind.SUBTOTAL: ("subtotal", "subtotal"),
    RowKind.DISCOUNT: ("discount", "discount_named"),
    RowKind.SHIPPING: ("shipping", "shipping"),
    RowKind.SHIPPING_DISCOUNT: ("shipping_discount", "shipping_discount_named"),
    RowKind.TAX: ("tax", "tax"),
    RowKind.GIFT_CARD: ("gift_card", "gift_card_named"),
}


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    amount: str
    is_total: bool = False


@lru_cache(maxsize=1024)  # a shop has few prices
def money(amount: Decimal, currency: str, lang: str) -> str:
    return format_currency(amount, currency, locale=LOCALES.get(lang, "en_US"))


def button_block(*, label: str, url: str) -> Block:
    return Block(_mjml("button", label=label, url=url), f"{label}:\n{url}")


def address_block(address: PostalAddress, lang: str) -> Block:
    """The address as its country writes it, with the country in the mail's language."""
    own = personal_values.marks("address", address.lines(lang))
    return replace(_address_of_anybody(tuple(own)), personal=own)


@lru_cache(maxsize=32)
def _address_of_anybody(names: tuple[str, ...]) -> Block:
    lines = [mark(name) for name in names]
    return Block(_mjml("address", lines=lines), "\n".join(lines))


def text_block(text: str) -> Block:
    """A text that somebody wrote, line by line."""
    lines = text.splitlines()
    return Block(_mjml("address", lines=lines), "\n".join(map(wrap_text, lines)))


class LibraryKey:
    """The guidebook as a key of a cache: equal to itself alone, and kept alive as long as the cache has it."""

    def __init__(self) -> None:
        self.library = guidebook.library()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LibraryKey) and self.library is other.library

    def __hash__(self) -> int:
        return id(self.library)


def statements_block(ids: Iterable[str], lang: str) -> Block:
    """Safety statements by id, verbatim from guides/statements."""
    return _statements_block(tuple(map(str, ids)), lang, LibraryKey())


@lru_cache(maxsize=128)
def _statements_block(ids: tuple[str, ...], lang: str, _: LibraryKey) -> Block:
    found = guidebook.render_mail_statements(list(ids), lang, figure_src=FIGURE_SRC)
    return Block(
        _mjml("statements", body=found.html),
        _separate_lists(found.text.splitlines()),
        tuple(figure.slug for figure in found.figures),
    )


def sections_block(sections: Sequence[Section], lang: str, *, tag: str = "h2") -> Block:
    """Sections of an insert or a guide with their headings, verbatim, figures included. tag: of the headings."""
    found = [
        (one.heading(lang), guidebook.render_mail_items(one.items, lang, figure_src=FIGURE_SRC))
        for one in sections
    ]
    text = "\n\n".join(
        f"{underlined(heading, LINES[tag])}\n\n{_separate_lists(one.text.splitlines())}"
        for heading, one in found
    )
    return Block(
        _mjml(
            "sections", sections=[(heading, one.html) for heading, one in found], tag=tag, style=STYLES[tag]
        ),
        text,
        tuple(figure.slug for _, one in found for figure in one.figures),
    )


def changes_block(changes: Sequence[Change], lang: str) -> Block:
    """What a major version of an insert has changed: under the heading where it stands, each statement before its label
    ("New", "Changed", "No longer").
    """
    rows: dict[str, list[tuple[str, str]]] = {}
    for one in changes:
        if one.major and not one.id.startswith(("figure:", "sign:")):
            rows.setdefault(one.heading, []).append((one.label, one.now or one.was or ""))
    return Block(
        _mjml("changes", groups=rows.items()),
        "\n\n".join(_changes_text(heading, group) for heading, group in rows.items()),
    )


def _changes_text(heading: str, rows: Sequence[tuple[str, str]]) -> str:
    lines = "\n".join(wrap_text(f"{text} ({label})", first="- ", rest="  ") for label, text in rows)
    return f"{heading}\n{'-' * len(heading)}\n\n{lines}" if heading else lines


def contact_block(lang: str) -> Block:
    """Whom to tell of an injury: address and telephone number of guides/maker.toml."""
    contact = guidebook.library().maker.contact
    return reach_block(contact["email"], contact.get("phone", ""), lang)


def reach_block(email: str, phone: str, lang: str) -> Block:
    """An address and, if there is one, a telephone number, as links."""
    phrases = mail_texts.phrases(lang)
    rows = [(phrases["injury_mail"], email, f"mailto:{email}")]
    if phone:
        rows.append((phrases["injury_phone"], phone, f"tel:{phone.replace(' ', '')}"))
    text = "\n".join(f"{label}: {value}" for label, value, _ in rows)
    return Block(_contact_mjml(tuple(rows)), text)


@lru_cache(maxsize=16)
def _contact_mjml(rows: tuple[tuple[str, str, str], ...]) -> str:
    return _mjml("contact", rows=rows)


def recall_heading_block(heading: str) -> Block:
    """The headline of a recall, red as in the template of Regulation (EU) 2024/1435."""
    return Block(_mjml("recall_heading", heading=heading), f"{heading}\n{'=' * len(heading)}")


def picture_block(name: str, description: str) -> Block:
    """A picture of the mail by its name, with what it shows below it."""
    src = FIGURE_SRC.format(slug=name)
    return Block(_mjml("picture", src=src, description=description), f"[{description}]", (name,))


def paragraphs_block(text: str) -> Block:
    """Text that a merchant wrote, its lines as paragraphs."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Block(_mjml("paragraphs", lines=lines), "\n\n".join(wrap_text(line) for line in lines))


def guide_links_block(slugs: Sequence[str], lang: str) -> Block:
    """Links to guides by slug, with their titles."""
    known = guidebook.library().guides
    links = [{"title": known[slug].title(lang), "url": guide_url(slug, lang)} for slug in slugs]
    return Block(
        _mjml("guides", links=links), "\n".join(f"- {link['title']}:\n  {link['url']}" for link in links)
    )


def guide_url(slug: str, lang: str) -> str:
    return str(settings.PUBLIC_URL) + address_in(f"/guides/{slug}/", lang)


def insert_url(slug: str, lang: str) -> str:
    """The page of an insert in this language, without a version."""
    return str(settings.PUBLIC_URL) + address_in(f"/inserts/{slug}/", lang)


def order_lines_block(order: Order, lang: str) -> Block:
    """The order's lines before discounts, and what `order_totals` says down to the total."""
    shown, phrases = order.totals, mail_texts.phrases(lang)

    def amount(value: Decimal) -> str:
        return money(value, shown.currency, lang)

    rows = [
        Row(_line_label(line, line.quantity), amount(shown.line_totals[line.id]))
        for line in order.lines[:MAX_LINES]
    ]
    rows += [Row(text, "") for text in _more(len(order.lines), phrases)]
    totals = [Row(_totals_label(row, phrases), amount(row.amount)) for row in shown.rows]
    totals.append(Row(phrases["total"], amount(shown.total), is_total=True))
    if shown.included_tax is not None:
        totals.append(Row(phrases["tax_included"], amount(shown.included_tax)))
    labels = personal_values.marks("label", [row.label for row in (*rows, *totals)])
    amounts = personal_values.marks("amount", [row.amount for row in (*rows, *totals)])
    named = tuple(
        replace(row, label=label, amount=row.amount and amount)
        for row, label, amount in zip((*rows, *totals), labels, amounts, strict=True)
    )
    return replace(_order_of_anybody(named, len(rows)), personal=labels | amounts)


@lru_cache(maxsize=128)
def _order_of_anybody(named: tuple[Row, ...], lines: int) -> Block:
    """named: the rows, with names of marks for labels and amounts; the first `lines` of them are order lines."""
    marked = [replace(row, label=mark(row.label), amount=row.amount and mark(row.amount)) for row in named]
    rows, totals = marked[:lines], marked[lines:]
    text = [[personal_values.row(row.label, row.amount) for row in part] for part in (rows, totals)]
    return Block(_mjml("order_lines", rows=rows, totals=totals), "\n".join([*text[0], "-" * WIDTH, *text[1]]))


def shipment_lines_block(quantities: Sequence[tuple[Line, int]], lang: str) -> Block:
    """The lines of a shipment, without prices."""
    names = [_line_label(line, quantity) for line, quantity in quantities[:MAX_LINES]]
    names += _more(len(quantities), mail_texts.phrases(lang))
    own = personal_values.marks("part", names)
    return replace(_shipment_of_anybody(tuple(own)), personal=own)


@lru_cache(maxsize=64)
def _shipment_of_anybody(names: tuple[str, ...]) -> Block:
    parts = [mark(name) for name in names]
    return Block(_mjml("shipment_lines", names=parts), "\n".join(f"- {part}" for part in parts))


def _more(count: int, phrases: Mapping[str, str]) -> list[str]:
    """What stands for the lines beyond MAX_LINES: nothing, or one sentence."""
    left = count - MAX_LINES
    return [phrases["more_lines"].replace("{count}", str(left))] if left > 0 else []


def _totals_label(row: TotalsRow, phrases: Mapping[str, str]) -> str:
    unnamed, named = _TOTALS_PHRASES[row.kind]
    return phrases[named].replace("{name}", row.name) if row.name else phrases[unnamed]


def _line_label(line: Line, quantity: int) -> str:
    name = (
        f"{line.product}, {line.variant}" if line.variant and line.variant != line.product else line.product
    )
    return f"{quantity} × {name}"


def _separate_lists(lines: Sequence[str]) -> str:
    """Wrap each line to WIDTH and put an empty line between lists and paragraphs."""
    out: list[str] = []
    for before, line in zip(("", *lines), lines, strict=False):
        if before and line and bool(_LIST_MARK.match(before)) != bool(_LIST_MARK.match(line)):
            out.append("")
        out.append(_hanging_indent(line))
    return "\n".join(out)


def _hanging_indent(line: str) -> str:
    """Wrap a list line so that its continuation is indented below the text, not the mark."""
    mark = _LIST_MARK.match(line)
    return wrap_text(line, rest=" " * len(mark[0])) if mark else wrap_text(line)


def _mjml(name: str, **context: object) -> str:
    return render_to_string(f"mailer/blocks/{name}.mjml", context)
