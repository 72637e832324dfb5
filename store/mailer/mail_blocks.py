"""Blocks of a mail other than running text (buttons, order lines, addresses), each as MJML and as plain text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel.numbers import format_currency
from django.conf import settings
from django.template.loader import render_to_string

from store import guidebook
from store.mailer.markdown_rendering import WIDTH, Block, wrap_text
from store.mailer.orders import Address, Line, Money, Order

_LIST_MARK = re.compile(r"(- |\d+\. )")
LOCALES = {"en": "en_US", "de": "de_DE", "es": "es_ES"}


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    amount: str
    is_total: bool = False


def money(value: Money, lang: str) -> str:
    return format_currency(value.amount, value.currency, locale=LOCALES.get(lang, "en_US"))


def button_block(*, label: str, url: str) -> Block:
    return Block(_mjml("button", label=label, url=url), f"{label}:\n{url}")


def address_block(found: Address) -> Block:
    return Block(_mjml("address", lines=found.lines), "\n".join(found.lines))


def statements_block(ids: Iterable[str], lang: str) -> Block:
    """Safety statements by id, verbatim from guides/statements."""
    found = guidebook.render_mail_statements(list(ids), lang)
    return Block(_mjml("statements", body=found.html), _separate_lists(found.text.splitlines()))


def guide_links_block(slugs: Sequence[str], lang: str) -> Block:
    """Links to guides by slug, with their titles."""
    known = guidebook.library().guides
    links = [{"title": known[slug].title(lang), "url": guide_url(slug, lang)} for slug in slugs]
    return Block(
        _mjml("guides", links=links), "\n".join(f"- {link['title']}:\n  {link['url']}" for link in links)
    )


def guide_url(slug: str, lang: str) -> str:
    return f"{settings.PUBLIC_URL}/guides/{slug}/{language_query(lang)}"


def language_query(lang: str) -> str:
    """The query string that selects the language of a guide or insert; "" for the default."""
    return "" if lang == "en" else f"?lang={lang}"


def order_lines_block(order: Order, lang: str, phrases: dict[str, str]) -> Block:
    """The order's lines with amounts and totals."""
    rows = [Row(_line_label(line, line.quantity), money(line.total, lang)) for line in order.lines]
    totals = [
        Row(phrases["subtotal"], money(order.subtotal, lang)),
        Row(phrases["shipping"], money(order.shipping, lang)),
        Row(phrases["total"], money(order.total, lang), is_total=True),
    ]
    if order.tax.amount:
        totals.append(Row(phrases["tax_included"], money(order.tax, lang)))
    text = "\n".join([*map(_align_amount, rows), "-" * WIDTH, *map(_align_amount, totals)])
    return Block(_mjml("order_lines", rows=rows, totals=totals), text)


def shipment_lines_block(quantities: Sequence[tuple[Line, int]]) -> Block:
    """The lines of a shipment, without prices."""
    names = [_line_label(line, quantity) for line, quantity in quantities]
    return Block(_mjml("shipment_lines", names=names), "\n".join(f"- {name}" for name in names))


def _line_label(line: Line, quantity: int) -> str:
    name = (
        f"{line.product}, {line.variant}" if line.variant and line.variant != line.product else line.product
    )
    return f"{quantity} × {name}"


def _align_amount(row: Row) -> str:
    width = WIDTH - len(row.amount) - 1
    if len(row.label) > width:
        return f"{row.label}\n{row.amount:>{WIDTH}}"
    return f"{row.label:<{width}} {row.amount}"


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
