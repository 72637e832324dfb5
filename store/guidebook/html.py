"""Sections as HTML for the web page and, with other page rules, for the PDF. Class names start with gb-."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from store.guidebook.languages import pick
from store.guidebook.records import Figure, Item, Section, Statement

if TYPE_CHECKING:
    from store.guidebook.inserts import Insert

PROSE = frozenset({"note", "answer", "evidence", "history", "outcome", "red-flag-act"})
ALERT = mark_safe(
    '<svg class="gb-alert" viewBox="0 0 24 22" width="20" height="18" aria-hidden="true" focusable="false">'
    '<path d="M12 1 23 21H1Z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/>'
    '<path d="M12 8v6M12 16.6v1.8" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/></svg>'
)


def render(sections: Iterable[Section], lang: str) -> SafeString:
    seen: set[str] = set()
    return mark_safe("\n".join(_section(section, pick(lang), seen) for section in sections))  # noqa: S308


def _section(section: Section, lang: str, seen: set[str]) -> SafeString:
    anchor = section.key if section.key != "q" else ""
    opening = mark_safe("<h2>")
    if anchor and anchor not in seen:
        seen.add(anchor)
        opening = format_html('<h2 id="{}">', anchor)
    return format_html(
        '<section class="gb-section gb-{}">\n{}{}</h2>\n{}\n</section>',
        section.key,
        opening,
        section.heading(lang),
        mark_safe("\n".join(_runs(section.items, lang, seen))),  # noqa: S308
    )


def shape(item: Item) -> str:
    """How an item is set: steps count, lists list, signals stand in a panel, the rest is prose."""
    if isinstance(item, Figure):
        return "figure"
    if item.signal:
        return "signal"
    if item.kind == "step":
        return "steps"
    return "prose" if item.kind in PROSE or item.id == "ST-NOW" else "list"


def run_of(item: Item) -> str:
    """Neighbours of one run share a list, a panel of one signal word, or a row of figures."""
    form = shape(item)
    return f"{form} {item.signal}" if isinstance(item, Statement) and form == "signal" else form


def _runs(items: tuple[Item, ...], lang: str, seen: set[str]) -> Iterator[SafeString]:
    for form, run in groupby(items, key=run_of):
        if form == "steps":
            yield format_html('<ol class="gb-steps">{}</ol>', _entries(run, lang))
        elif form == "list":
            yield format_html('<ul class="gb-list">{}</ul>', _entries(run, lang))
        elif form == "figure":
            drawn = (figure(item, lang, seen) for item in run if isinstance(item, Figure))
            yield format_html('<div class="gb-figures">{}</div>', mark_safe("".join(drawn)))  # noqa: S308
        elif form == "prose":
            yield from (_prose(item, lang) for item in run if isinstance(item, Statement))
        else:
            yield panel([item for item in run if isinstance(item, Statement)], lang)


def _entries(run: Iterable[Item], lang: str) -> SafeString:
    rows = ((item.id, item.text(lang)) for item in run if isinstance(item, Statement))
    return format_html_join("", '<li data-id="{}">{}</li>', rows)


def _prose(item: Statement, lang: str) -> SafeString:
    urgent = f" gb-act gb-act-{item.urgency}" if item.kind == "red-flag-act" else ""
    return format_html('<p class="gb-{}{}" data-id="{}">{}</p>', item.kind, urgent, item.id, item.text(lang))


def panel(said: list[Statement], lang: str) -> SafeString:
    """Messages under one signal word, grouped as in ANSI Z535.6. Word, sign and border tell it, not colour."""
    word = said[0].said(lang)
    if len(said) == 1:
        body = format_html('<p data-id="{}">{}</p>', said[0].id, said[0].text(lang))
    else:
        body = format_html('<ul class="gb-list">{}</ul>', _entries(said, lang))
    return format_html(
        '<div class="gb-signal gb-{}"><p class="gb-word">{} {}</p>{}</div>',
        (word.signal or "").lower(),
        ALERT if word.signal != "NOTICE" else "",
        word.label,
        body,
    )


def figure(drawing: Figure, lang: str, seen: set[str]) -> SafeString:
    """The SVG inline, named by its title and described in words; ids are made unique to the page."""
    mark = f"fig-{drawing.slug}" if drawing.slug not in seen else f"fig-{drawing.slug}-{len(seen)}"
    seen.add(drawing.slug)
    return format_html(
        '<figure class="gb-figure gb-figure-{}">{}<figcaption><strong>{}</strong>{}</figcaption></figure>',
        drawing.slug,
        inline(drawing, lang, mark),
        drawing.title(lang),
        _legend(drawing, lang),
    )


def inline(drawing: Figure, lang: str, mark: str) -> SafeString:
    body = re.sub(r"^.*?<svg[^>]*>", "", drawing.svg, count=1, flags=re.DOTALL)
    body = re.sub(r"\b(id|href)=\"(#?)([\w-]+)\"", rf'\1="\2{mark}-\3"', body)
    body = re.sub(r"url\(#([\w-]+)\)", rf"url(#{mark}-\1)", body)
    found = re.search(r'viewBox="([^"]+)"', drawing.svg)
    box = found[1] if found else "0 0 480 320"
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}',
        box,
        *(mark,) * 2,
        mark,
        drawing.title(lang),
        mark,
        drawing.alt(lang),
        mark_safe(body),  # noqa: S308 (our own drawing)
    )


def _legend(drawing: Figure, lang: str) -> SafeString:
    rows = ((line,) for line in drawing.key(lang))
    return format_html('<ol class="gb-legend">{}</ol>', format_html_join("", "<li>{}</li>", rows))


def colophon(insert: "Insert", lang: str) -> SafeString:
    """Version, date, who made it, who answers for it in the EU, where to report an injury."""
    rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", colophon_rows(insert, lang))
    marks = [insert.label("example", lang)] if insert.maker.example else []
    marks += [insert.label("unsigned", lang)] if insert.signed_by is None else []
    return format_html(
        '\n<section class="gb-section gb-colophon">\n<h2 id="maker">{}</h2>\n{}<dl>{}</dl>\n</section>',
        insert.label("maker_heading", lang),
        format_html_join("", '<p class="gb-mark">{}</p>', ((mark,) for mark in marks)),
        rows,
    )


def colophon_rows(insert: "Insert", lang: str) -> list[tuple[str, str]]:
    block = insert.maker
    maker = ", ".join(
        block.maker[k] for k in ("name", "trade_name", "address", "email") if block.maker.get(k)
    )
    answers = ", ".join(block.responsible_person[k] for k in ("name", "address", "email"))
    contact = ", ".join(v for v in (block.contact.get("email"), block.contact.get("phone")) if v)
    return [
        (insert.label("version", lang), f"{insert.slug} {insert.version}"),
        (insert.label("date", lang), insert.date),
        (insert.label("language_label", lang), insert.label("language", lang)),
        (insert.label("maker", lang), maker),
        (insert.label("responsible", lang), answers),
        (insert.label("contact", lang), contact),
    ]


def escape(words: str) -> str:
    return str(conditional_escape(words))
