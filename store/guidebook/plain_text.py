"""Sections as plain text, for the text part of a mail, terminals and the reading-level test."""

from collections.abc import Iterable, Iterator

from store.guidebook.html import colophon_rows, item_layout
from store.guidebook.languages import supported_language
from store.guidebook.records import Figure, InsertRecord, Item, Section


def render(sections: Iterable[Section], lang: str) -> str:
    return "\n".join(line for section in sections for line in _section(section, supported_language(lang)))


def _section(section: Section, lang: str) -> Iterator[str]:
    heading = section.heading(lang)
    yield from (heading, "-" * len(heading), "")
    if section.lead:
        yield f"{section.lead.text(lang)}\n"
    step = 0
    for item in section.items:
        step = step + 1 if not isinstance(item, Figure) and item.kind == "step" else step
        yield line(item, lang, step)
    yield ""


def line(item: Item, lang: str, step: int = 0) -> str:
    """One item on one line: numbered (`step`, 1-based), with a dash, or after its signal word."""
    if isinstance(item, Figure):
        return f"[{item.title(lang)}: {item.alt(lang)}]\n"
    layout = item_layout(item)
    if layout == "steps":
        return f"{step}. {item.text(lang)}"
    if layout == "list":
        return f"- {item.text(lang)}"
    label = item.in_language(lang).label
    return f"{label}: {item.text(lang)}\n" if label else f"{item.text(lang)}\n"


def colophon(insert: InsertRecord, lang: str) -> str:
    head = insert.label("maker_heading", lang)
    marks = [insert.label("example", lang)] if insert.maker.example else []
    marks += [insert.label("unsigned", lang)] if insert.signed_by is None else []
    rows = [f"{name}: {value}" for name, value in colophon_rows(insert, lang)]
    return "\n".join(["", head, "-" * len(head), "", *marks, *rows, ""])
