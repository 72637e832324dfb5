"""The printed insert as one sheet that folds to A6: what must be met first, in the order in which it unfolds.

Cups: A4, folded twice, eight panels. Outside: cover and back, with the spread that opens next printed upside down above
them. Inside: four panels. Oil and spare parts: A5, folded once, four panels. The rest is in the A4 version.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from store.guidebook import html
from store.guidebook.languages import date_text
from store.guidebook.limit_words import keep_together
from store.guidebook.mechanisms import CUP_MECHANISMS, Mechanism
from store.guidebook.records import Figure, InsertRecord, Section, Statement

# The figures of the four steps, by the kind of cup that they show.
_PICTURES = {
    Mechanism.SQUEEZE: ("squeeze", "skin-tones", "glide", "release"),
    Mechanism.BULB: ("bulb", "skin-tones", "glide-bulb", "release-bulb"),
    Mechanism.VALVE: ("pump", "skin-tones", "glide-valve", "release-valve"),
}
_STEPS = ("put_on", "look", "glide", "release_short")
_LIMITS = ("L-TIME", "L-PARK", "L-SUCTION", "L-WEEK")
_FIRST_AID = ("FA-BLISTER", "FA-BURN", "FA-CUT", "FA-FAINT")
_WARNINGS = ("W-FLAME", "L-AGE", "W-CHILD", "W-SHARE", "W-GLASS", "W-PUMP", "W-SLEEP")
Panels = list[SafeString]


def is_folded_twice(insert: InsertRecord) -> bool:
    return insert.mechanism in CUP_MECHANISMS


def sheet_body(insert: InsertRecord, lang: str, *, address: str) -> SafeString:
    """Both sides of the sheet as HTML, each panel a <section class="panel …">; figures as inline SVG.

    `address` is the URL in the QR code of the cover.
    """
    cover = _cover(insert, lang, address)
    outside, inside = (
        _eight_panels(insert, lang, cover) if is_folded_twice(insert) else _four_panels(insert, lang, cover)
    )
    return format_html(
        '<div class="side">{}</div><div class="side">{}</div>',
        mark_safe("".join(outside)),  # noqa: S308
        mark_safe("".join(inside)),  # noqa: S308
    )


def _eight_panels(insert: InsertRecord, lang: str, cover: SafeString) -> tuple[Panels, Panels]:
    sites = _section(insert, "sites")
    spots = replace(sites, items=(*sites.statements, *_statements(insert, ("L-FLARE",))))
    never = _section(insert, "never")
    outside = [
        _panel("cover bottom right", cover),
        _panel(
            "never top right turned",
            _sections(lang, replace(never, items=(*_statements(insert, ("W-WHO",)), *never.items))),
        ),
        _panel(
            "ask top left turned",
            _sections(
                lang,
                _section(insert, "ask"),
                _section(insert, "helper"),
                _section(insert, "limits", _LIMITS),
            ),
        ),
        _panel("back bottom left", _back(insert, lang, _section(insert, "warnings", _WARNINGS))),
    ]
    inside = [
        _panel("sites top left", _sections(lang, spots)),
        _panel("maps top right", _figure_list([f for f in sites.items if isinstance(f, Figure)], lang)),
        _panel("pictures bottom left", _pictures(insert, lang)),
        _panel(
            "stop bottom right",
            _sections(
                lang,
                _section(insert, "stop"),
                _section(insert, "red-now"),
                _section(insert, "first-aid", _FIRST_AID),
            ),
        ),
    ]
    return outside, inside


def _four_panels(insert: InsertRecord, lang: str, cover: SafeString) -> tuple[Panels, Panels]:
    warnings = _section(insert, "warnings")
    grave = tuple(s for s in warnings.statements if s.signal != "NOTICE")
    notices = tuple(s for s in warnings.statements if s.signal == "NOTICE")
    left = [
        *(section for section in insert.sections if section.key in {"what", "never"}),
        replace(warnings, items=grave),
    ]
    right = [s for s in insert.sections if s.key in {"sites", "use", "stop", "red-now"}]
    rest = [s for s in insert.sections if s.key in {"first-aid", "storage", "wear", "disposal"}]
    if insert.mechanism is Mechanism.SPARE_PART:  # its few words are spread over the panels
        right += [section for section in rest if section.key != "disposal"]
        rest = [section for section in rest if section.key == "disposal"]
    if notices:
        right.insert(1, replace(_section(insert, "limits"), items=notices))
    outside = [_panel("cover right", cover), _panel("back left", _back(insert, lang, *rest))]
    return outside, [_panel("left", _sections(lang, *left)), _panel("right", _sections(lang, *right))]


def _panel(classes: str, body: SafeString) -> SafeString:
    return format_html('<section class="panel {}"><div class="panel-body">{}</div></section>', classes, body)


def _cover(insert: InsertRecord, lang: str, address: str) -> SafeString:
    signs = format_html_join(
        "",
        '<li><img src="figure:{}" alt="{}"><span>{}</span></li>',
        ((sign.slug, sign.alt(lang), keep_together(sign.title(lang))) for sign in insert.signs),
    )
    return format_html(
        '<p class="kind">{}</p><h1>{}</h1><p class="keep">{}</p><ul class="signs">{}</ul>'
        '<div class="code"><img class="qr" src="qr:" alt="{}: {}"><p>{}</p></div>'
        '<p class="edition">{} {} · {} · {}</p>',
        insert.label("insert", lang),
        insert.title(lang),
        insert.label("keep", lang),
        signs,
        insert.label("scan", lang),
        address,
        insert.label("all_of_it", lang),
        insert.label("version", lang),
        insert.version,
        date_text(insert.date, lang),
        insert.label("language", lang),
    )


def _back(insert: InsertRecord, lang: str, *sections: Section) -> SafeString:
    folding = insert.label("folding" if is_folded_twice(insert) else "folding_small", lang)
    return format_html(
        '{}{}<p class="folding">{}</p>',
        _sections(lang, *sections),
        html.colophon(insert, lang),
        keep_together(folding),
    )


def _pictures(insert: InsertRecord, lang: str) -> SafeString:
    rows = []
    for label, slug in zip(_STEPS, _PICTURES[insert.mechanism], strict=True):
        rows.append(format_html("<h2>{}</h2>", insert.label(label, lang)))
        rows.append(_figure_list([insert.figures[slug]], lang))
    return mark_safe("".join(rows))  # noqa: S308


def _figure_list(figures: Sequence[Figure], lang: str) -> SafeString:
    drawn = (html.render_figure(figure, lang, html.address_in_pdf(figure)) for figure in figures)
    return mark_safe("".join(drawn))  # noqa: S308


def _section(insert: InsertRecord, key: str, ids: Iterable[str] | None = None) -> Section:
    """The section of that key; with `ids`, only those of them that the insert has, in the order of `ids`."""
    section = next(section for section in insert.sections if section.key == key)
    return section if ids is None else replace(section, items=_statements(insert, ids))


def _statements(insert: InsertRecord, ids: Iterable[str]) -> tuple[Statement, ...]:
    return tuple(insert.statements[id_] for id_ in ids if id_ in insert.statements)


def _sections(lang: str, *sections: Section) -> SafeString:
    return html.render(sections, lang)
