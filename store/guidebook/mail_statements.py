"""Statements for a mail, by id: HTML that old mail clients draw, and the same words as text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from store.guidebook import documents, plain_text
from store.guidebook.html import shape
from store.guidebook.languages import pick
from store.guidebook.library import Library, library
from store.guidebook.records import Figure, Item, Statement

# Mail clients drop style sheets, so what matters stands in the tag. Border and word carry it, not colour.
_PANEL = "margin:0 0 12px;padding:10px 12px;border:2px solid #1d1d1b;border-left-width:8px"
_WORD = "margin:0 0 4px;font-weight:700;letter-spacing:.04em"


@dataclass(frozen=True, slots=True)
class Fragment:
    html: SafeString
    text: str
    figures: tuple[Figure, ...] = ()


def fragment(
    ids: Iterable[str], lang: str, *, material: str | None = None, figure_src: str | None = None
) -> Fragment:
    """The statements with these ids, in order. "@never", "@sites" … and "figure:release" work as in guides/.

    `figure_src` is a pattern such as "cid:{slug}"; without it pictures come from the shop's own address.
    """
    items = list(_items(library(), ids, (material,) if material else ()))
    found, lang = tuple(i for i in items if isinstance(i, Figure)), pick(lang)
    return Fragment(mark_safe("".join(_runs(items, lang, figure_src))), _text(items, lang), found)  # noqa: S308


def _items(shelf: Library, ids: Iterable[str], materials: tuple[str, ...]) -> Iterator[Item]:
    for name in ids:
        if name in documents.GROUPS:
            yield from documents.group(shelf.statements, name, materials)
        elif name.startswith("figure:"):
            yield shelf.figures[name.removeprefix("figure:")]
        else:
            yield shelf.statements[name]


def _text(items: list[Item], lang: str) -> str:
    step, lines = 0, []
    for item in items:
        step = step + 1 if isinstance(item, Statement) and item.kind == "step" else 0
        lines.append(plain_text.line(item, lang, step))
    return "\n".join(lines).strip() + "\n"


def _runs(items: list[Item], lang: str, figure_src: str | None) -> Iterator[SafeString]:
    for form, run in groupby(items, key=shape):
        if form in {"steps", "list"}:
            tag = mark_safe("ol" if form == "steps" else "ul")  # noqa: S308
            rows = format_html_join(
                "", "<li>{}</li>", ((i.text(lang),) for i in run if isinstance(i, Statement))
            )
            yield format_html('<{0} style="margin:0 0 12px;padding-left:24px">{1}</{0}>', tag, rows)
        else:
            yield from (_single(item, lang, figure_src) for item in run)


def _single(item: Item, lang: str, figure_src: str | None) -> SafeString:
    if isinstance(item, Figure):
        pattern = figure_src or f"{settings.PUBLIC_URL}{settings.STATIC_URL}guidebook/figures/{{slug}}.png"
        return format_html(
            '<p style="margin:0 0 12px"><img src="{}" alt="{}" width="480" style="max-width:100%;height:auto"></p>',
            pattern.format(slug=item.slug),
            item.alt(lang),
        )
    label = item.said(lang).label
    if not label:
        return format_html('<p style="margin:0 0 12px">{}</p>', item.text(lang))
    return format_html(
        '<div style="{}"><p style="{}">{}</p><p style="margin:0">{}</p></div>',
        _PANEL,
        _WORD,
        label,
        item.text(lang),
    )
