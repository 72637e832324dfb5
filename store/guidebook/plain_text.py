"""Sections as plain text: for the text part of a mail, a terminal, the reading-level test."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from store.guidebook.languages import pick
from store.guidebook.records import Figure, Item, Section

if TYPE_CHECKING:
    from store.guidebook.inserts import Insert


def render(sections: Iterable[Section], lang: str) -> str:
    return "\n".join(line for section in sections for line in _section(section, pick(lang)))


def _section(section: Section, lang: str) -> Iterator[str]:
    heading = section.heading(lang)
    yield from (heading, "-" * len(heading), "")
    step = 0
    for item in section.items:
        step = step + 1 if not isinstance(item, Figure) and item.kind == "step" else step
        yield line(item, lang, step)
    yield ""


def line(item: Item, lang: str, step: int = 0) -> str:
    """One item on one line: numbered, dashed, or led by its signal word."""
    from store.guidebook.html import shape

    if isinstance(item, Figure):
        return f"[{item.title(lang)}: {item.alt(lang)}]\n"
    form = shape(item)
    if form == "steps":
        return f"{step}. {item.text(lang)}"
    if form == "list":
        return f"- {item.text(lang)}"
    label = item.said(lang).label
    return f"{label}: {item.text(lang)}\n" if label else f"{item.text(lang)}\n"


def colophon(insert: "Insert", lang: str) -> str:
    from store.guidebook.html import colophon_rows

    head = insert.label("maker_heading", lang)
    marks = [insert.label("example", lang)] if insert.maker.example else []
    marks += [insert.label("unsigned", lang)] if insert.signed_by is None else []
    rows = [f"{name}: {value}" for name, value in colophon_rows(insert, lang)]
    return "\n".join(["", head, "-" * len(head), "", *marks, *rows, ""])
