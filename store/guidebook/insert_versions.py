"""Versions of an insert: every published version is stored in full, so that any two can be compared.

`manage.py insert_release` writes guides/inserts/<slug>/published/<version>.json; these files are never edited. What a
version holds is all that is printed: statements, figures, headings, order, titles, the words of the layout, the maker.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from store.guidebook.errors import GuidebookError, UnknownVersion
from store.guidebook.languages import LANGUAGES, supported_language
from store.guidebook.records import MAJOR_KINDS, Change, Figure, InsertRecord, Item, Release, Section

Content = Mapping[str, Any]
SIGNAL_LABELS = ("WARNING", "CAUTION", "NOTICE")
# Words of the layout that are printed on every insert, whatever its state.
PRINTED_LABELS = (
    *SIGNAL_LABELS,
    *("insert", "version", "date", "language", "language_label", "keep", "scan"),
    *("maker", "responsible", "contact", "maker_heading"),
    *("folding", "folding_small", "all_of_it", "put_on", "look", "glide", "release_short"),
)


def published_content(sections: tuple[Section, ...]) -> dict[str, Any]:
    """Statements and figures by id, and the sections with their headings, in the form of the published JSON."""
    return {
        "statements": {_key(item): _item_content(item) for section in sections for item in section.items},
        "sections": [
            {
                "key": section.key,
                "headings": dict(section.headings),
                "items": [_key(i) for i in section.items],
            }
            for section in sections
        ],
    }


def insert_content(insert: InsertRecord) -> dict[str, Any]:
    """All that is printed on an insert."""
    maker = insert.maker
    return published_content(insert.sections) | {
        "signs": {f"sign:{sign.slug}": _item_content(sign) for sign in insert.signs},
        "titles": dict(insert.titles),
        "labels": {name: dict(insert.labels[name]) for name in PRINTED_LABELS},
        "maker": {
            "maker": dict(maker.maker),
            "responsible_person": dict(maker.responsible_person),
            "contact": dict(maker.contact),
        },
    }


def _key(item: Item) -> str:
    return f"figure:{item.slug}" if isinstance(item, Figure) else item.id


def _item_content(item: Item) -> dict[str, Any]:
    if isinstance(item, Figure):
        return {
            "kind": "figure",
            "drawn": hashlib.sha256(item.svg.encode()).hexdigest()[:16],
            "texts": dict(item.alts),
            "titles": dict(item.titles),
            "legend": [dict(entry) for entry in item.legend],
        }
    optional = {"signal": item.signal, "tier": item.tier}
    return {"kind": item.kind, "texts": dict(item.texts)} | {k: v for k, v in optional.items() if v}


def fingerprint(content: Content) -> str:
    """16 hex digits of the SHA-256 of the content: of every character and of the order in which it is printed."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def read_releases(folder: Path) -> tuple[Release, ...]:
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            found.append(Release(data["version"], data["date"], data["fingerprint"], _release_content(data)))
        except (ValueError, KeyError) as error:
            raise GuidebookError(
                file=path,
                line=1,
                problem=f"This record of a published version is damaged ({error}).",
                remedy="Restore it.",
            ) from error
    return tuple(sorted(found, key=lambda release: version_key(release.version)))


def _release_content(data: Mapping[str, Any]) -> Content:
    """Records of the first versions hold statements only, under another name."""
    if "said" in data:
        return {"statements": data["said"]}
    return {name: data[name] for name in ("statements", "sections", "signs", "titles", "labels", "maker")}


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
    return compare(old.content, insert_content(insert), lang, labels=insert.labels)


def compare(
    old: Content, new: Content, lang: str, *, labels: Mapping[str, Mapping[str, str]]
) -> list[Change]:
    """What a reader of `lang` sees added, removed or changed from `old` to `new`; what needs a major version first.

    What `old` does not record is not compared.
    """
    lang = supported_language(lang)
    headings = {
        section["key"]: section["headings"][lang]
        for content in (old, new)
        for section in content.get("sections", ())
    }
    found = []
    for id_, was, now in [*_statement_pairs(old, new), *_layout_pairs(old, new)]:
        seen_before, seen_now = _seen(was, lang), _seen(now, lang)
        if was is not None and now is not None:
            shared = seen_before.keys() & seen_now.keys()
            if all(seen_before[key] == seen_now[key] for key in shared):
                continue
        what = "added" if was is None else "removed" if now is None else "changed"
        found.append(
            Change(
                id=id_,
                what=what,
                label=labels[what][lang],
                heading=_heading(now or was or {}, headings),
                kind=(now or was or {})["kind"],
                major=_requires_major(was) or _requires_major(now),
                was=_text(was, lang),
                now=_text(now, lang),
            )
        )
    return sorted(found, key=lambda change: not change.major)


def _heading(content: Content, headings: Mapping[str, str]) -> str:
    heading: str = headings.get(content.get("section", ""), "")
    return heading


Pair = tuple[str, Content | None, Content | None]


def _statement_pairs(old: Content, new: Content) -> Iterator[Pair]:
    was, now = _placed_statements(old), _placed_statements(new)
    for id_ in [*now, *(id_ for id_ in was if id_ not in now)]:
        yield id_, was.get(id_), now.get(id_)


def _placed_statements(content: Content) -> Mapping[str, Content]:
    """The statements, each with the key of its section where that is recorded."""
    sections = {id_: section["key"] for section in content.get("sections", ()) for id_ in section["items"]}
    return {
        id_: statement | ({"section": sections[id_]} if id_ in sections else {})
        for id_, statement in content["statements"].items()
    }


def _layout_pairs(old: Content, new: Content) -> Iterator[Pair]:
    """Headings, order, title, words of the layout and maker, in the form of statements."""
    was, now = dict(_layout(old)), dict(_layout(new))
    if "signs" in old and "signs" in new:
        for id_ in old["signs"].keys() | new["signs"].keys():
            yield id_, old["signs"].get(id_), new["signs"].get(id_)
    for id_ in was.keys() & now.keys():
        yield id_, was[id_], now[id_]


def _layout(content: Content) -> Iterator[tuple[str, Content]]:
    for section in content.get("sections", ()):
        kinds = {content["statements"][id_]["kind"] for id_ in section["items"]}
        kind = "heading" if kinds.isdisjoint(MAJOR_KINDS) else "heading of warnings"
        yield f"heading:{section['key']}", {"kind": kind, "texts": section["headings"]}
    if "sections" in content:
        order = [id_ for section in content["sections"] for id_ in section["items"]]
        yield "order", {"kind": "order", "texts": {}, "order": order}
    if "titles" in content:
        yield "title", {"kind": "title", "texts": content["titles"]}
    for name, texts in content.get("labels", {}).items():
        yield f"label:{name}", {"kind": "signal word" if name in SIGNAL_LABELS else "label", "texts": texts}
    for block, details in content.get("maker", {}).items():
        words = ", ".join(str(value) for value in details.values())
        yield f"maker:{block}", {"kind": "maker", "texts": dict.fromkeys(LANGUAGES, words)}


def _seen(content: Content | None, lang: str) -> dict[str, Any]:
    """What a reader of `lang` sees of it."""
    if content is None:
        return {}
    seen = {key: content[key] for key in ("signal", "tier", "drawn", "order", "section") if key in content}
    seen["signal"], seen["tier"] = content.get("signal"), content.get("tier")
    seen |= {key: content[key].get(lang) for key in ("texts", "titles") if key in content}
    if "legend" in content:
        seen["legend"] = [entry[lang] for entry in content["legend"]]
    return seen


def _text(content: Content | None, lang: str) -> str | None:
    return None if content is None else content["texts"].get(lang, "")


def _requires_major(content: Content | None) -> bool:
    kinds = MAJOR_KINDS | {"figure", "heading of warnings", "signal word"}
    return content is not None and (content["kind"] in kinds or "signal" in content)


def version_problems(insert: InsertRecord) -> list[str]:
    """Problems with the version number of an insert, as texts for the editor; `manage.py check` reports them."""
    if not insert.releases:
        return [f"{insert.slug} was never published. Run: manage.py insert_release {insert.slug}"]
    last, now = insert.releases[-1], insert_content(insert)
    if version_key(insert.version) < version_key(last.version):
        return [
            f"{insert.slug} is numbered {insert.version}, but {last.version} was published already. Count up."
        ]
    found = {
        change.id: change
        for lang in LANGUAGES
        for change in compare(last.content, now, lang, labels=insert.labels)
    }
    major = [change.id for change in found.values() if change.major]
    if major and version_key(insert.version)[0] == version_key(last.version)[0]:
        return [
            f"{insert.slug}: {', '.join(major)} differ from {last.version}. A warning, limit, contraindication, figure"
            f" or heading of one changed, so the next version is {version_key(last.version)[0] + 1}.0: every buyer is"
            " told."
        ]
    if found and insert.version == last.version:
        return [
            f"{insert.slug}: {', '.join(found)} differ from the published {last.version}."
            " Raise the version in insert.toml."
        ]
    return []
