"""Guides and inserts: lists of sections that cite statements and figures by id."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from store.guidebook.languages import Texts
from store.guidebook.loading import Shelf
from store.guidebook.records import Figure, Item, Section, Statement
from store.guidebook.toml_records import Sheet, sheet, sheets

# "@never" in a list of items stands for every statement of that group that suits the material.
GROUPS: Mapping[str, tuple[str, str | None, str | None]] = {
    "@never": ("contraindication", "N", None),
    "@ask": ("contraindication", "D", None),
    "@sites": ("site", "S", None),
    "@stop": ("stop", None, None),
    "@red-now": ("red-flag", None, "now"),
    "@red-doctor": ("red-flag", None, "doctor"),
}


def group(
    statements: Mapping[str, Statement], name: str, materials: tuple[str, ...]
) -> tuple[Statement, ...]:
    """All statements of a group, without those of another material and the line that introduces the list."""
    kind, tier, urgency = GROUPS[name]
    return tuple(
        s
        for s in statements.values()
        if s.kind == kind
        and s.tier == tier
        and s.urgency == urgency
        and s.suits(materials)
        and s.id != "ST-NOW"
    )


def sections(page: Sheet, shelf: Shelf, materials: tuple[str, ...]) -> tuple[Section, ...]:
    found = []
    for data in page.data.get("section", ()):
        heading = data.get("heading")
        if isinstance(heading, str):
            headings, key = _known_heading(page, shelf, heading), heading
        else:
            headings, key = page.texts("section", heading or {}), "q"
        items: list[Item] = []
        for name in data.get("items", ()):
            items += _items(page, shelf, name, materials)
        found.append(Section(key, headings, _each_once(items)))
    if not found:
        page.fail(
            line=1, problem="The file has no section.", remedy="Add [[section]] with heading and items."
        )
    return tuple(found)


def _known_heading(page: Sheet, shelf: Shelf, heading: str) -> Texts:
    if heading not in shelf.headings:
        page.fail(
            line=page.line_with(f'"{heading}"'),
            problem=f"There is no heading '{heading}'.",
            remedy="Add it to headings.toml, or use one that is there.",
        )
    return shelf.headings[heading]


def _items(page: Sheet, shelf: Shelf, name: str, materials: tuple[str, ...]) -> list[Item]:
    if name in GROUPS:
        return [*group(shelf.statements, name, materials)]
    known: Mapping[str, Statement | Figure] = shelf.statements
    wanted = name
    if name.startswith("figure:"):
        known, wanted = shelf.figures, name.removeprefix("figure:")
    if wanted not in known:
        page.fail(
            line=page.line_with(f'"{name}"'),
            problem=f"Nothing has the id '{name}'.",
            remedy=f"Correct the id, or write it in statements/. Groups: {', '.join(GROUPS)}.",
        )
    return [known[wanted]]


def _each_once(items: list[Item]) -> tuple[Item, ...]:
    seen: dict[int, Item] = {id(item): item for item in items}
    return tuple(seen.values())


def guide_sheets(root: Path) -> list[Sheet]:
    return list(sheets(root / "library"))


def insert_sheets(root: Path) -> list[Sheet]:
    return [sheet(path) for path in sorted((root / "inserts").glob("*/insert.toml"))]


def need(page: Sheet, key: str, kind: type) -> Any:
    if not isinstance(page.data.get(key), kind):
        page.fail(
            line=page.line_of(key),
            problem=f"'{key}' is missing or not a {kind.__name__}.",
            remedy="Write it.",
        )
    return page.data[key]
