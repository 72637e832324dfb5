"""Versions of an insert: what was published is kept word for word, so that any two versions can be compared.

guides/inserts/<slug>/published/<version>.json is written by `manage.py insert_release` and never edited.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.guidebook.errors import GuidebookError, UnknownVersion
from store.guidebook.languages import pick
from store.guidebook.records import MAJOR_KINDS, Change, Figure, Section

if TYPE_CHECKING:
    from store.guidebook.inserts import Insert


@dataclass(frozen=True, slots=True)
class Release:
    """A published version: what it said, in every language."""

    version: str
    date: str
    fingerprint: str
    said: Mapping[str, Mapping[str, Any]]


def content(sections: tuple[Section, ...]) -> dict[str, dict[str, Any]]:
    """What a reader is told, by id: this, and nothing else, makes a version."""
    told: dict[str, dict[str, Any]] = {}
    for section in sections:
        for item in section.items:
            if isinstance(item, Figure):
                drawn = hashlib.sha256(item.svg.encode()).hexdigest()[:16]
                told[f"figure:{item.slug}"] = {"kind": "figure", "drawn": drawn, "texts": dict(item.alts)}
            else:
                told[item.id] = {"kind": item.kind, "texts": dict(item.texts)}
                told[item.id] |= {k: v for k, v in (("signal", item.signal), ("tier", item.tier)) if v}
    return told


def fingerprint(told: Mapping[str, Any]) -> str:
    """A short name for the exact words. Order does not matter, a comma does."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def read_releases(folder: Path) -> tuple[Release, ...]:
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            found.append(Release(data["version"], data["date"], data["fingerprint"], data["said"]))
        except (ValueError, KeyError) as bad:
            raise GuidebookError(
                file=path,
                line=1,
                problem=f"This record of a published version is damaged ({bad}).",
                remedy="Restore it.",
            ) from bad
    return tuple(sorted(found, key=lambda release: number(release.version)))


def number(version: str) -> tuple[int, int]:
    major, minor = version.split(".")
    return int(major), int(minor)


def resolve(insert: "Insert", version: str) -> str:
    known = tuple(release.version for release in insert.releases)
    fitting = [v for v in known if v == version or v.split(".")[0] == version]
    if not fitting:
        raise UnknownVersion(slug=insert.slug, version=version, known=known)
    return fitting[-1]


def changes(insert: "Insert", version: str, lang: str) -> list[Change]:
    old = next(r for r in insert.releases if r.version == resolve(insert, version))
    return compare(old.said, content(insert.sections), lang, labels=insert.labels)


def compare(
    old: Mapping[str, Mapping[str, Any]],
    new: Mapping[str, Mapping[str, Any]],
    lang: str,
    *,
    labels: Mapping[str, Mapping[str, str]],
) -> list[Change]:
    """Every statement that came, went or reads differently; the ones that matter most come first."""
    lang, found = pick(lang), []
    for id_ in [*new, *(gone for gone in old if gone not in new)]:
        was, now = old.get(id_), new.get(id_)
        if was == now:
            continue
        what = "added" if was is None else "removed" if now is None else "changed"
        known = now or was or {}
        found.append(
            Change(
                id=id_,
                what=what,
                label=labels[what][lang],
                kind=known["kind"],
                major=_major(was) or _major(now),
                was=was["texts"][lang] if was else None,
                now=now["texts"][lang] if now else None,
            )
        )
    return sorted(found, key=lambda change: not change.major)


def _major(told: Mapping[str, Any] | None) -> bool:
    return told is not None and (told["kind"] in MAJOR_KINDS or "signal" in told)


def problems(insert: "Insert") -> list[str]:
    """What is wrong with the number of an insert. Tests and `manage.py check` stop on each."""
    if not insert.releases:
        return [f"{insert.slug} was never published. Run: manage.py insert_release {insert.slug}"]
    last, now = insert.releases[-1], content(insert.sections)
    if number(insert.version) < number(last.version):
        return [
            f"{insert.slug} is numbered {insert.version}, but {last.version} was published already. Count up."
        ]
    found = compare(last.said, now, "en", labels=insert.labels)
    if not found:
        return []
    named = ", ".join(change.id for change in found)
    if any(change.major for change in found) and number(insert.version)[0] == number(last.version)[0]:
        grave = ", ".join(change.id for change in found if change.major)
        return [
            f"{insert.slug}: {grave} differ from {last.version}. A warning, limit or contraindication changed,"
            f" so the next version is {number(last.version)[0] + 1}.0: every buyer is told."
        ]
    if insert.version == last.version:
        return [
            f"{insert.slug}: {named} differ from the published {last.version}. Raise the version in insert.toml."
        ]
    return []
