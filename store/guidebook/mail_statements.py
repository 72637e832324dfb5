"""Statements for a mail, chosen by id or by section: HTML with inline styles for old mail clients, and plain text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from store.guidebook import documents, plain_text
from store.guidebook.html import item_layout
from store.guidebook.languages import supported_language
from store.guidebook.library import Library
from store.guidebook.library import library as load_library
from store.guidebook.limit_words import keep_together
from store.guidebook.mechanisms import Mechanism
from store.guidebook.records import Figure, Item, Statement

# Mail clients drop style sheets, so styles are inline. Border and signal word carry the meaning, not color.
_PANEL = "margin:0 0 12px;padding:10px 12px;border:2px solid #1d1d1b;border-left-width:8px"
_WORD = "margin:0 0 4px;font-weight:700;letter-spacing:.04em"


@dataclass(frozen=True, slots=True)
class MailStatements:
    html: SafeString
    text: str
    figures: tuple[Figure, ...] = ()


def render_mail_statements(
    ids: Iterable[str],
    lang: str,
    *,
    material: str | None = None,
    mechanism: Mechanism | None = None,
    figure_src: str | None = None,
) -> MailStatements:
    """The statements with these ids, in order. "@never", "@sites" … and "figure:release" work as in guides/.

    `material` and `mechanism` filter groups; `figure_src` is a URL pattern such as "cid:{slug}" (default: the PNG on
    the shop's site).
    Raises KeyError for an unknown id.
    """
    materials, mechanisms = (material,) if material else (), (mechanism,) if mechanism else ()
    return render_mail_items(
        list(_items(load_library(), ids, materials, mechanisms)), lang, figure_src=figure_src
    )


def render_mail_items(items: Sequence[Item], lang: str, *, figure_src: str | None = None) -> MailStatements:
    """The items of a section of an insert or guide; `figure_src` as in `render_mail_statements`."""
    figures, lang = tuple(i for i in items if isinstance(i, Figure)), supported_language(lang)
    html = mark_safe("".join(_render_groups(items, lang, figure_src)))  # noqa: S308
    return MailStatements(html, _text(items, lang), figures)


def _items(
    library: Library, ids: Iterable[str], materials: tuple[str, ...], mechanisms: tuple[Mechanism, ...]
) -> Iterator[Item]:
    for name in ids:
        if name in documents.GROUPS:
            yield from documents.statements_of_group(library.statements, name, materials, mechanisms)
        elif name.startswith("figure:"):
            yield library.figures[name.removeprefix("figure:")]
        else:
            yield library.statements[name]


def _text(items: Sequence[Item], lang: str) -> str:
    step, lines = 0, []
    for item in items:
        step = step + 1 if isinstance(item, Statement) and item.kind == "step" else 0
        lines.append(plain_text.line(item, lang, step))
        if isinstance(item, Figure) and item.legend:
            lines += [f"{no}. {text}" for no, text in enumerate(item.legend_texts(lang), start=1)]
            lines.append("")
    return "\n".join(lines).strip() + "\n"


def _render_groups(items: Sequence[Item], lang: str, figure_src: str | None) -> Iterator[SafeString]:
    for layout, group in groupby(items, key=item_layout):
        if layout in {"steps", "list"}:
            tag = mark_safe("ol" if layout == "steps" else "ul")  # noqa: S308
            rows = format_html_join(
                "", "<li>{}</li>", ((keep_together(i.text(lang)),) for i in group if isinstance(i, Statement))
            )
            yield format_html('<{0} style="margin:0 0 12px;padding-left:24px">{1}</{0}>', tag, rows)
        else:
            yield from (_render_item(item, lang, figure_src) for item in group)


def _render_item(item: Item, lang: str, figure_src: str | None) -> SafeString:
    if isinstance(item, Figure):
        pattern = figure_src or f"{settings.PUBLIC_URL}{settings.STATIC_URL}guidebook/figures/{{slug}}.png"
        return format_html(
            '<p style="margin:0 0 12px"><img src="{}" alt="{}" width="480"'
            ' style="max-width:100%;height:auto;background:#fff"></p>{}',
            pattern.format(slug=item.slug),
            item.alt(lang),
            _legend(item, lang),
        )
    label = item.in_language(lang).label
    if not label:
        return format_html('<p style="margin:0 0 12px">{}</p>', keep_together(item.text(lang)))
    return format_html(
        '<div style="{}"><p style="{}">{}</p><p style="margin:0">{}</p></div>',
        _PANEL,
        _WORD,
        label,
        keep_together(item.text(lang)),
    )


def _legend(drawing: Figure, lang: str) -> SafeString:
    """What the numbers in the drawing stand for."""
    rows = [(keep_together(text),) for text in drawing.legend_texts(lang)]
    if not rows:
        return mark_safe("")
    style = "margin:0 0 12px;padding-left:24px;font-size:14px;line-height:20px"
    return format_html('<ol style="{}">{}</ol>', style, format_html_join("", "<li>{}</li>", rows))
