"""Versions of an insert: every published version is stored in full, so that any two can be compared.

`manage.py insert_release` writes guides/inserts/<slug>/published/<version>.json; these files are never edited.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from store.guidebook.errors import GuidebookError, UnknownVersion
from store.guidebook.languages import supported_language
from store.guidebook.records import MAJOR_KINDS, Change, Figure, InsertRecord, Release, Section


def published_content(sections: tuple[Section, ...]) -> dict[str, dict[str, Any]]:
    """Statements and figures by id: the content that identifies a version, in the form of the published JSON."""
    content: dict[str, dict[str, Any]] = {}
    for section in sections:
        for item in section.items:
            if isinstance(item, Figure):
                svg_digest = hashlib.sha256(item.svg.encode()).hexdigest()[:16]
                content[f"figure:{item.slug}"] = {
                    "kind": "figure",
                    "drawn": svg_digest,
                    "texts": dict(item.alts),
                }
            else:
                content[item.id] = {"kind": item.kind, "texts": dict(item.texts)}
                content[item.id] |= {k: v for k, v in (("signal", item.signal), ("tier", item.tier)) if v}
    return content


def fingerprint(content: Mapping[str, Any]) -> str:
    """16 hex digits of the SHA-256 of the content. The order of statements does not matter, every character does."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def read_releases(folder: Path) -> tuple[Release, ...]:
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            found.append(Release(data["version"], data["date"], data["fingerprint"], data["said"]))
        except (ValueError, KeyError) as error:
            raise GuidebookError(
                file=path,
                line=1,
                problem=f"This record of a published version is damaged ({error}).",
                remedy="Restore it.",
            ) from error
    return tuple(sorted(found, key=lambda release: version_key(release.version)))


def version_key(version: str) -> tuple[int, int]:
    major, minor = version.split(".")
    return int(major), int(minor)


def resolve(insert: InsertRecord, version: str) -> str:
    known = tuple(release.version for release in insert.releases)
    matching = [v for v in known if v == version or v.split(".")[0] == version]
    if not matching:
        raise UnknownVersion(slug=insert.slug, version=version, known=known)
    return matching[-1]


def changes(insert: InsertRecord, version: str, lang: str) -> list[Change]:
    old = next(r for r in insert.releases if r.version == resolve(insert, version))
    return compare(old.statements, published_content(insert.sections), lang, labels=insert.labels)


def compare(
    old: Mapping[str, Mapping[str, Any]],
    new: Mapping[str, Mapping[str, Any]],
    lang: str,
    *,
    labels: Mapping[str, Mapping[str, str]],
) -> list[Change]:
    """Statements added, removed or changed from `old` to `new`; those that need a major version come first."""
    lang, found = supported_language(lang), []
    for id_ in [*new, *(id_ for id_ in old if id_ not in new)]:
        was, now = old.get(id_), new.get(id_)
        if was == now:
            continue
        kind_of_change = "added" if was is None else "removed" if now is None else "changed"
        known = now or was or {}
        found.append(
            Change(
                id=id_,
                what=kind_of_change,
                label=labels[kind_of_change][lang],
                kind=known["kind"],
                major=_requires_major(was) or _requires_major(now),
                was=was["texts"][lang] if was else None,
                now=now["texts"][lang] if now else None,
            )
        )
    return sorted(found, key=lambda change: not change.major)


def _requires_major(content: Mapping[str, Any] | None) -> bool:
    return content is not None and (content["kind"] in MAJOR_KINDS or "signal" in content)


def version_problems(insert: InsertRecord) -> list[str]:
    """Problems with the version number of an insert, as texts for the editor; `manage.py check` reports them."""
    if not insert.releases:
        return [f"{insert.slug} was never published. Run: manage.py insert_release {insert.slug}"]
    last, now = insert.releases[-1], published_content(insert.sections)
    if version_key(insert.version) < version_key(last.version):
        return [
            f"{insert.slug} is numbered {insert.version}, but {last.version} was published already. Count up."
        ]
    found = compare(last.statements, now, "en", labels=insert.labels)
    if not found:
        return []
    changed_ids = ", ".join(change.id for change in found)
    if (
        any(change.major for change in found)
        and version_key(insert.version)[0] == version_key(last.version)[0]
    ):
        major_ids = ", ".join(change.id for change in found if change.major)
        return [
            f"{insert.slug}: {major_ids} differ from {last.version}. A warning, limit or contraindication changed,"
            f" so the next version is {version_key(last.version)[0] + 1}.0: every buyer is told."
        ]
    if insert.version == last.version:
        return [
            f"{insert.slug}: {changed_ids} differ from the published {last.version}. Raise the version in insert.toml."
        ]
    return []
