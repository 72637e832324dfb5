"""Sections as HTML, for the web page and (with other CSS) for the PDF. Class names start with gb-."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from store.guidebook.languages import date_text, supported_language
from store.guidebook.limit_words import keep_together
from store.guidebook.records import Figure, InsertRecord, Item, Section, Statement, name_and_address

OPEN = '<section class="gb-section gb-{}">\n{}{}</h2>\n{}{}{}\n</section>'
FOLDED = (
    '<section class="gb-section gb-fold gb-{}">\n<details>\n<summary>{}{}</h2>{}</summary>\n{}{}\n</details>\n'
    "</section>"
)
TIMED = frozenset({"how", "use"})
PROSE = frozenset({"note", "answer", "evidence", "history", "outcome", "red-flag-act"})
ALERT_SYMBOL = mark_safe(
    '<svg class="gb-alert" viewBox="0 0 24 22" width="20" height="18" aria-hidden="true" focusable="false">'
    '<path d="M12 1 23 21H1Z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/>'
    '<path d="M12 8v6M12 16.6v1.8" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/></svg>'
)


def address_in_pdf(drawing: Figure) -> str:
    return f"figure:{drawing.slug}"


def address_on_web(drawing: Figure) -> str:
    """A file of its own: a reader's browser keeps it, and asks for it when it comes into view."""
    return static(f"guidebook/drawings/{drawing.slug}.svg")


def render(
    sections: Iterable[Section],
    lang: str,
    *,
    folding: bool = False,
    timer: SafeString | None = None,
    address: Callable[[Figure], str] = address_in_pdf,
) -> SafeString:
    """All sections. `folding`: those marked so are closed until they are opened, searched or printed.

    `timer` stands above the first list of steps of the section `how`, or of `use`. `address` is where a figure is.
    """
    lang, seen = supported_language(lang), set[str]()
    parts = []
    for section in sections:
        before = timer if section.key in TIMED else None
        timer = None if before else timer
        parts.append(_section(section, lang, seen, address, folding=folding, before=before or SafeString()))
    return mark_safe("\n".join(parts))  # noqa: S308


def _section(
    section: Section,
    lang: str,
    seen: set[str],
    address: Callable[[Figure], str],
    *,
    folding: bool,
    before: SafeString,
) -> SafeString:
    anchor = section.key if section.key != "q" else ""
    opening = mark_safe("<h2>")
    if anchor and anchor not in seen:
        seen.add(anchor)
        opening = format_html('<h2 id="{}">', anchor)
    return format_html(
        FOLDED if folding and section.folded else OPEN,
        section.key,
        opening,
        _printed(section.heading(lang)),
        _lead(section, lang) if folding else "",
        before,
        mark_safe("\n".join(_render_groups(section.items, lang, address))),  # noqa: S308
    )


def _lead(section: Section, lang: str) -> SafeString:
    if section.lead is None:
        return SafeString()
    return format_html(
        '<p class="gb-lead" data-id="{}">{}</p>', section.lead.id, _printed(section.lead.text(lang))
    )


def _printed(text: str) -> str:
    return keep_together(text)


def item_layout(item: Item) -> str:
    """How an item is rendered: "figure", "signal" (a panel), "steps" (numbered), "list" (bulleted) or "prose"."""
    if isinstance(item, Figure):
        return "figure"
    if item.signal:
        return "signal"
    if item.kind == "step":
        return "steps"
    return "prose" if item.kind in PROSE or item.introduces_stop_signs else "list"


def group_key(item: Item) -> str:
    """Adjacent items with the same key share one list, one panel (same signal word) or one row of figures."""
    layout = item_layout(item)
    return f"{layout} {item.signal}" if isinstance(item, Statement) and layout == "signal" else layout


def _render_groups(
    items: tuple[Item, ...], lang: str, address: Callable[[Figure], str]
) -> Iterator[SafeString]:
    for layout, group in groupby(items, key=group_key):
        if layout == "steps":
            yield format_html('<ol class="gb-steps">{}</ol>', _list_items(group, lang))
        elif layout == "list":
            yield format_html('<ul class="gb-list">{}</ul>', _list_items(group, lang))
        elif layout == "figure":
            drawn = (render_figure(item, lang, address(item)) for item in group if isinstance(item, Figure))
            yield format_html('<div class="gb-figures">{}</div>', mark_safe("".join(drawn)))  # noqa: S308
        elif layout == "prose":
            yield from (_paragraph(item, lang) for item in group if isinstance(item, Statement))
        else:
            yield signal_panel([item for item in group if isinstance(item, Statement)], lang)


def _list_items(group: Iterable[Item], lang: str) -> SafeString:
    rows = ((item.id, _printed(item.text(lang))) for item in group if isinstance(item, Statement))
    return format_html_join("", '<li data-id="{}">{}</li>', rows)


def _paragraph(item: Statement, lang: str) -> SafeString:
    urgent = f" gb-act gb-act-{item.urgency}" if item.kind == "red-flag-act" else ""
    return format_html(
        '<p class="gb-{}{}" data-id="{}">{}</p>', item.kind, urgent, item.id, _printed(item.text(lang))
    )


def signal_panel(statements: list[Statement], lang: str) -> SafeString:
    """Safety messages grouped under one signal word, as in ANSI Z535.6. Word, symbol and border mark it, not color."""
    first = statements[0].in_language(lang)
    if len(statements) == 1:
        body = format_html('<p data-id="{}">{}</p>', statements[0].id, _printed(statements[0].text(lang)))
    else:
        body = format_html('<ul class="gb-list">{}</ul>', _list_items(statements, lang))
    return format_html(
        '<div class="gb-signal gb-{}"><p class="gb-word">{} {}</p>{}</div>',
        (first.signal or "").lower(),
        ALERT_SYMBOL if first.signal != "NOTICE" else "",
        first.label,
        body,
    )


def render_figure(drawing: Figure, lang: str, address: str) -> SafeString:
    """An image with its text alternative, and below it title and legend."""
    return format_html(
        '<figure class="gb-figure gb-figure-{}">'
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">'
        "<figcaption><strong>{}</strong>{}</figcaption></figure>",
        drawing.slug,
        address,
        drawing.alt(lang),
        *drawing.size,
        _printed(drawing.title(lang)),
        _legend(drawing, lang),
    )


def _legend(drawing: Figure, lang: str) -> SafeString:
    rows = ((_printed(line),) for line in drawing.legend_texts(lang))
    return format_html('<ol class="gb-legend">{}</ol>', format_html_join("", "<li>{}</li>", rows))


def timer(minutes_first: int, minutes_max: int, labels: Mapping[str, str]) -> SafeString:
    """Counts down one of two times, by the script timer.js; without it nothing shows. Nothing is stored or sent."""
    return format_html(
        '<div class="gb-timer" data-timer data-look="{look}" data-over="{over}" data-stop="{stop}" hidden>'
        '<p class="gb-timer-title">{title}</p><p class="gb-timer-clock" role="timer" data-clock>{first}:00</p>'
        '<p class="gb-timer-note" data-note role="status"></p>'
        '<p class="gb-timer-buttons"><button type="button" data-minutes="{first}">{start_first}</button> '
        '<button type="button" data-minutes="{longest}">{start_max}</button></p></div>',
        first=minutes_first,
        longest=minutes_max,
        title=_printed(labels["title"]),
        start_first=_printed(labels["first"]),
        start_max=_printed(labels["max"]),
        look=labels["look"],
        over=labels["over"],
        stop=labels["stop"],
    )


def edition(rows: Iterable[tuple[str, str]], sources_label: str, sources: Iterable[str]) -> SafeString:
    """What stands at the end of a guide: (label, value) pairs and the titles of its sources, which are in English."""
    return format_html(
        '\n<section class="gb-section gb-edition">\n<dl>{}</dl>\n<details><summary>{}</summary><ul lang="en">{}</ul>'
        "</details>\n</section>",
        format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows),
        sources_label,
        format_html_join("", "<li>{}</li>", ((title,) for title in sources)),
    )


def colophon(insert: InsertRecord, lang: str) -> SafeString:
    """Version, date, maker, EU responsible person, and the contact for reporting an injury."""
    details = ((label, _printed(value)) for label, value in colophon_rows(insert, lang))
    rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", details)
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
    maker = name_and_address(details.maker, lang)
    responsible = name_and_address(details.responsible_person, lang)
    contact = ", ".join(v for v in (details.contact.get("email"), details.contact.get("phone")) if v)
    return [
        (insert.label("version", lang), f"{insert.slug} {insert.version}"),
        (insert.label("date", lang), date_text(insert.date, lang)),
        (insert.label("language_label", lang), insert.label("language", lang)),
        (insert.label("maker", lang), maker),
        (insert.label("responsible", lang), responsible),
        (insert.label("contact", lang), contact),
    ]


def escape(words: str) -> str:
    return str(conditional_escape(words))
