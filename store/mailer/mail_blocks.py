"""The parts of a mail that are no running text, each with its MJML and its plain text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel.numbers import format_currency
from django.conf import settings
from django.template.loader import render_to_string

from store import guidebook
from store.mailer.markdown_rendering import WIDTH, Block, wrapped
from store.mailer.orders import Address, Line, Money, Order

_MARK = re.compile(r"(- |\d+\. )")
REGIONS = {"en": "en_US", "de": "de_DE", "es": "es_ES"}


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    amount: str
    is_total: bool = False


def money(value: Money, lang: str) -> str:
    return format_currency(value.amount, value.currency, locale=REGIONS.get(lang, "en_US"))


def button(*, label: str, url: str) -> Block:
    return Block(_mjml("button", label=label, url=url), f"{label}:\n{url}")


def address(found: Address) -> Block:
    return Block(_mjml("address", lines=found.lines), "\n".join(found.lines))


def statements(ids: Iterable[str], lang: str) -> Block:
    """Safety statements, word for word from guides/statements."""
    found = guidebook.fragment(list(ids), lang)
    return Block(_mjml("statements", body=found.html), _spaced(found.text.splitlines()))


def guides(slugs: Sequence[str], lang: str) -> Block:
    """Links to guides, under the titles that they have in the library."""
    known = guidebook.library().guides
    links = [{"title": known[slug].title(lang), "url": guide_url(slug, lang)} for slug in slugs]
    return Block(
        _mjml("guides", links=links), "\n".join(f"- {one['title']}:\n  {one['url']}" for one in links)
    )


def guide_url(slug: str, lang: str) -> str:
    return f"{settings.PUBLIC_URL}/guides/{slug}/{query(lang)}"


def query(lang: str) -> str:
    """What the address of a guide or insert needs to open in this language."""
    return "" if lang == "en" else f"?lang={lang}"


def bought(order: Order, lang: str, phrases: dict[str, str]) -> Block:
    """What was bought, with sums."""
    rows = [Row(_named(line, line.quantity), money(line.total, lang)) for line in order.lines]
    sums = [
        Row(phrases["subtotal"], money(order.subtotal, lang)),
        Row(phrases["shipping"], money(order.shipping, lang)),
        Row(phrases["total"], money(order.total, lang), is_total=True),
    ]
    if order.tax.amount:
        sums.append(Row(phrases["tax_included"], money(order.tax, lang)))
    text = "\n".join([*map(_in_columns, rows), "-" * WIDTH, *map(_in_columns, sums)])
    return Block(_mjml("bought", rows=rows, sums=sums), text)


def parcel(quantities: Sequence[tuple[Line, int]]) -> Block:
    """What is in a shipment, without prices."""
    names = [_named(line, quantity) for line, quantity in quantities]
    return Block(_mjml("parcel", names=names), "\n".join(f"- {name}" for name in names))


def _named(line: Line, quantity: int) -> str:
    name = (
        f"{line.product}, {line.variant}" if line.variant and line.variant != line.product else line.product
    )
    return f"{quantity} × {name}"


def _in_columns(row: Row) -> str:
    room = WIDTH - len(row.amount) - 1
    if len(row.label) > room:
        return f"{row.label}\n{row.amount:>{WIDTH}}"
    return f"{row.label:<{room}} {row.amount}"


def _spaced(lines: Sequence[str]) -> str:
    """Lists and paragraphs kept apart by an empty line, each line no wider than a screen of text."""
    out: list[str] = []
    for before, line in zip(("", *lines), lines, strict=False):
        if before and line and bool(_MARK.match(before)) != bool(_MARK.match(line)):
            out.append("")
        out.append(_hanging(line))
    return "\n".join(out)


def _hanging(line: str) -> str:
    """A line of a list keeps its mark in the margin."""
    mark = _MARK.match(line)
    return wrapped(line, rest=" " * len(mark[0])) if mark else wrapped(line)


def _mjml(name: str, **context: object) -> str:
    return render_to_string(f"mailer/blocks/{name}.mjml", context)
