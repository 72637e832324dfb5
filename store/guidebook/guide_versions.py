"""Versions of the guides: counted up by `manage.py guidebook_build` when what a guide prints has changed."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from store.guidebook import insert_versions
from store.guidebook.guides import Guide
from store.guidebook.toml_records import read_toml

FILE = "guide-versions.toml"
_HEAD = "# Version, date and digest of each guide, shown at its end. Made by `manage.py guidebook_build`.\n"


@dataclass(frozen=True, slots=True)
class GuideVersion:
    version: int
    date: str
    digest: str


def digest(guide: Guide) -> str:
    """16 hex digits of all that the guide prints in every language."""
    content = insert_versions.published_content(guide.sections)
    leads = {s.key: dict(s.lead.texts) for s in guide.sections if s.lead}
    printed = {"titles": dict(guide.titles), "summaries": dict(guide.summaries), "leads": leads}
    return insert_versions.fingerprint(content | printed)


def read_versions(root: Path) -> Mapping[str, GuideVersion]:
    """By slug. Raises GuidebookError if the file is missing or not valid TOML."""
    data = read_toml(root / FILE).data
    return {slug: GuideVersion(int(v["version"]), str(v["date"]), v["digest"]) for slug, v in data.items()}


def write_versions(root: Path, guides: Mapping[str, Guide], today: datetime.date) -> list[str]:
    """Count up the version of each guide that has changed; returns their slugs."""
    known = read_versions(root) if (root / FILE).exists() else {}
    changed = [
        slug for slug, guide in guides.items() if slug not in known or known[slug].digest != digest(guide)
    ]
    current = {
        slug: GuideVersion(known[slug].version + 1 if slug in known else 1, today.isoformat(), digest(guide))
        if slug in changed
        else known[slug]
        for slug, guide in guides.items()
    }
    (root / FILE).write_text(_HEAD + "".join(_records(current)), encoding="utf-8")
    return changed


def _records(versions: Mapping[str, GuideVersion]) -> Iterator[str]:
    for slug, one in sorted(versions.items()):
        yield f'\n[{slug}]\nversion = {one.version}\ndate = {one.date}\ndigest = "{one.digest}"\n'
