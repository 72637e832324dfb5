"""Sections as HTML, for the web page and (with other CSS) for the PDF. Class names start with gb-."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from store.guidebook.languages import supported_language
from store.guidebook.records import Figure, InsertRecord, Item, Section, Statement

PROSE = frozenset({"note", "answer", "evidence", "history", "outcome", "red-flag-act"})
ALERT_SYMBOL = mark_safe(
    '<svg class="gb-alert" viewBox="0 0 24 22" width="20" height="18" aria-hidden="true" focusable="false">'
    '<path d="M12 1 23 21H1Z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/>'
    '<path d="M12 8v6M12 16.6v1.8" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/></svg>'
)


def render(sections: Iterable[Section], lang: str) -> SafeString:
    seen: set[str] = set()
    return mark_safe("\n".join(_section(section, supported_language(lang), seen) for section in sections))  # noqa: S308


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
        mark_safe("\n".join(_render_groups(section.items, lang, seen))),  # noqa: S308
    )


def item_layout(item: Item) -> str:
    """How an item is rendered: "figure", "signal" (a panel), "steps" (numbered), "list" (bulleted) or "prose"."""
    if isinstance(item, Figure):
        return "figure"
    if item.signal:
        return "signal"
    if item.kind == "step":
        return "steps"
    return "prose" if item.kind in PROSE or item.id == "ST-NOW" else "list"


def group_key(item: Item) -> str:
    """Adjacent items with the same key share one list, one panel (same signal word) or one row of figures."""
    layout = item_layout(item)
    return f"{layout} {item.signal}" if isinstance(item, Statement) and layout == "signal" else layout


def _render_groups(items: tuple[Item, ...], lang: str, seen: set[str]) -> Iterator[SafeString]:
    for layout, group in groupby(items, key=group_key):
        if layout == "steps":
            yield format_html('<ol class="gb-steps">{}</ol>', _list_items(group, lang))
        elif layout == "list":
            yield format_html('<ul class="gb-list">{}</ul>', _list_items(group, lang))
        elif layout == "figure":
            drawn = (render_figure(item, lang, seen) for item in group if isinstance(item, Figure))
            yield format_html('<div class="gb-figures">{}</div>', mark_safe("".join(drawn)))  # noqa: S308
        elif layout == "prose":
            yield from (_paragraph(item, lang) for item in group if isinstance(item, Statement))
        else:
            yield signal_panel([item for item in group if isinstance(item, Statement)], lang)


def _list_items(group: Iterable[Item], lang: str) -> SafeString:
    rows = ((item.id, item.text(lang)) for item in group if isinstance(item, Statement))
    return format_html_join("", '<li data-id="{}">{}</li>', rows)


def _paragraph(item: Statement, lang: str) -> SafeString:
    urgent = f" gb-act gb-act-{item.urgency}" if item.kind == "red-flag-act" else ""
    return format_html('<p class="gb-{}{}" data-id="{}">{}</p>', item.kind, urgent, item.id, item.text(lang))


def signal_panel(statements: list[Statement], lang: str) -> SafeString:
    """Safety messages grouped under one signal word, as in ANSI Z535.6. Word, symbol and border mark it, not color."""
    first = statements[0].in_language(lang)
    if len(statements) == 1:
        body = format_html('<p data-id="{}">{}</p>', statements[0].id, statements[0].text(lang))
    else:
        body = format_html('<ul class="gb-list">{}</ul>', _list_items(statements, lang))
    return format_html(
        '<div class="gb-signal gb-{}"><p class="gb-word">{} {}</p>{}</div>',
        (first.signal or "").lower(),
        ALERT_SYMBOL if first.signal != "NOTICE" else "",
        first.label,
        body,
    )


def render_figure(drawing: Figure, lang: str, seen: set[str]) -> SafeString:
    """The SVG inline, with title and description for screen readers.

    `seen` holds the slugs used so far on the page, so that element ids stay unique.
    """
    id_prefix = f"fig-{drawing.slug}" if drawing.slug not in seen else f"fig-{drawing.slug}-{len(seen)}"
    seen.add(drawing.slug)
    return format_html(
        '<figure class="gb-figure gb-figure-{}">{}<figcaption><strong>{}</strong>{}</figcaption></figure>',
        drawing.slug,
        inline_svg(drawing, lang, id_prefix),
        drawing.title(lang),
        _legend(drawing, lang),
    )


def inline_svg(drawing: Figure, lang: str, id_prefix: str) -> SafeString:
    body = re.sub(r"^.*?<svg[^>]*>", "", drawing.svg, count=1, flags=re.DOTALL)
    body = re.sub(r"\b(id|href)=\"(#?)([\w-]+)\"", rf'\1="\2{id_prefix}-\3"', body)
    body = re.sub(r"url\(#([\w-]+)\)", rf"url(#{id_prefix}-\1)", body)
    found = re.search(r'viewBox="([^"]+)"', drawing.svg)
    box = found[1] if found else "0 0 480 320"
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}',
        box,
        *(id_prefix,) * 2,
        id_prefix,
        drawing.title(lang),
        id_prefix,
        drawing.alt(lang),
        mark_safe(body),  # noqa: S308 (drawings of this repository)
    )


def _legend(drawing: Figure, lang: str) -> SafeString:
    rows = ((line,) for line in drawing.legend_texts(lang))
    return format_html('<ol class="gb-legend">{}</ol>', format_html_join("", "<li>{}</li>", rows))


def colophon(insert: InsertRecord, lang: str) -> SafeString:
    """Version, date, maker, EU responsible person, and the contact for reporting an injury."""
    rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", colophon_rows(insert, lang))
    marks = [insert.label("example", lang)] if insert.maker.example else []
    marks += [insert.label("unsigned", lang)] if insert.signed_by is None else []
    return format_html(
        '\n<section class="gb-section gb-colophon">\n<h2 id="maker">{}</h2>\n{}<dl>{}</dl>\n</section>',
        insert.label("maker_heading", lang),
        format_html_join("", '<p class="gb-mark">{}</p>', ((mark,) for mark in marks)),
        rows,
    )


def colophon_rows(insert: InsertRecord, lang: str) -> list[tuple[str, str]]:
    """(label, value) pairs of the colophon, in the order in which they are shown."""
    details = insert.maker
    maker = ", ".join(
        details.maker[k] for k in ("name", "trade_name", "address", "email") if details.maker.get(k)
    )
    responsible = ", ".join(details.responsible_person[k] for k in ("name", "address", "email"))
    contact = ", ".join(v for v in (details.contact.get("email"), details.contact.get("phone")) if v)
    return [
        (insert.label("version", lang), f"{insert.slug} {insert.version}"),
        (insert.label("date", lang), insert.date),
        (insert.label("language_label", lang), insert.label("language", lang)),
        (insert.label("maker", lang), maker),
        (insert.label("responsible", lang), responsible),
        (insert.label("contact", lang), contact),
    ]


def escape(words: str) -> str:
    return str(conditional_escape(words))
