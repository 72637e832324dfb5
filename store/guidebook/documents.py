"""Sections of guides and inserts: each lists statements and figures by id, or by group."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from store.guidebook.languages import Texts
from store.guidebook.loading import GuideRecords, fill_limits
from store.guidebook.mechanisms import Mechanism
from store.guidebook.records import Figure, Item, Section, Statement
from store.guidebook.toml_records import TomlFile, read_toml, read_toml_folder

# Group name -> (kind, tier, urgency). "@never" in a list of items stands for every statement of that group
# that applies to the material and the mechanism.
GROUPS: Mapping[str, tuple[str, str | None, str | None]] = {
    "@never": ("contraindication", "N", None),
    "@ask": ("contraindication", "D", None),
    "@sites": ("site", "S", None),
    "@stop": ("stop", None, None),
    "@red-now": ("red-flag", None, "now"),
    "@red-doctor": ("red-flag", None, "doctor"),
}


def statements_of_group(
    statements: Mapping[str, Statement],
    name: str,
    materials: tuple[str, ...],
    mechanisms: tuple[Mechanism, ...] = (),
) -> tuple[Statement, ...]:
    """The statements of a group that apply to `materials` and `mechanisms`, without their introduction."""
    kind, tier, urgency = GROUPS[name]
    return tuple(
        s
        for s in statements.values()
        if s.kind == kind
        and s.tier == tier
        and s.urgency == urgency
        and s.applies_to(materials, mechanisms)
        and not s.introduces_stop_signs
    )


def read_sections(
    file: TomlFile,
    records: GuideRecords,
    materials: tuple[str, ...],
    mechanisms: tuple[Mechanism, ...] = (),
) -> tuple[Section, ...]:
    """The sections of a guide or insert file, ids resolved. Raises GuidebookError for an unknown id or no section."""
    sections = []
    for data in file.data.get("section", ()):
        heading = data.get("heading")
        if isinstance(heading, str):
            headings, key = _known_heading(file, records, heading), heading
        else:
            headings = fill_limits(file, "section", file.texts("section", heading or {}), records.limits)
            key = "q"
        items: list[Item] = []
        for name in data.get("items", ()):
            items += _resolve_items(file, records, name, materials, mechanisms)
        lead = _lead(file, records, data["lead"]) if "lead" in data else None
        sections.append(Section(key, headings, _unique(items), bool(data.get("fold", False)), lead))
    if not sections:
        file.raise_error(
            line=1, problem="The file has no section.", remedy="Add [[section]] with heading and items."
        )
    return tuple(sections)


def _known_heading(file: TomlFile, records: GuideRecords, heading: str) -> Texts:
    if heading not in records.headings:
        file.raise_error(
            line=file.line_with(f'"{heading}"'),
            problem=f"There is no heading '{heading}'.",
            remedy="Add it to headings.toml, or use one that is there.",
        )
    return records.headings[heading]


def _resolve_items(
    file: TomlFile,
    records: GuideRecords,
    name: str,
    materials: tuple[str, ...],
    mechanisms: tuple[Mechanism, ...],
) -> list[Item]:
    if name in GROUPS:
        return [*statements_of_group(records.statements, name, materials, mechanisms)]
    known: Mapping[str, Statement | Figure] = records.statements
    id_ = name
    if name.startswith("figure:"):
        known, id_ = records.figures, name.removeprefix("figure:")
    if id_ not in known:
        file.raise_error(
            line=file.line_with(f'"{name}"'),
            problem=f"Nothing has the id '{name}'.",
            remedy=f"Correct the id, or write it in statements/. Groups: {', '.join(GROUPS)}.",
        )
    return [known[id_]]


def _lead(file: TomlFile, records: GuideRecords, id_: str) -> Statement:
    if id_ not in records.statements:
        file.raise_error(
            line=file.line_with(f'"{id_}"'),
            problem=f"Nothing has the id '{id_}'.",
            remedy="Correct the id of the lead, or write it in statements/.",
        )
    return records.statements[id_]


def _unique(items: list[Item]) -> tuple[Item, ...]:
    seen: dict[int, Item] = {id(item): item for item in items}
    return tuple(seen.values())


def guide_files(root: Path) -> list[TomlFile]:
    return list(read_toml_folder(root / "library"))


def insert_files(root: Path) -> list[TomlFile]:
    return [read_toml(path) for path in sorted((root / "inserts").glob("*/insert.toml"))]


def require(file: TomlFile, key: str, kind: type) -> Any:
    """The value of `key`; raises GuidebookError if it is missing or of another type."""
    if not isinstance(file.data.get(key), kind):
        file.raise_error(
            line=file.line_of(key),
            problem=f"'{key}' is missing or not a {kind.__name__}.",
            remedy="Write it.",
        )
    return file.data[key]


def read_mechanism(file: TomlFile, name: str) -> Mechanism:
    """The mechanism of that name; raises GuidebookError for an unknown one."""
    if name not in set(Mechanism):
        file.raise_error(
            line=file.line_of("mechanism"),
            problem=f"There is no mechanism '{name}'.",
            remedy=f"Use one of: {', '.join(Mechanism)}.",
        )
    return Mechanism(name)


def read_texts(file: TomlFile, key: str, records: GuideRecords) -> Texts:
    """The title or summary of a document, its limits filled in."""
    return fill_limits(file, key, file.texts(key, require(file, key, dict)), records.limits)
