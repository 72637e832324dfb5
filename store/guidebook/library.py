"""The whole of guides/ as one frozen object, read and validated once per process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from store.guidebook import documents, guide_versions, insert_versions, loading
from store.guidebook.guides import Guide
from store.guidebook.inserts import Insert
from store.guidebook.languages import LANGUAGES, Texts
from store.guidebook.loading import GuideRecords
from store.guidebook.mechanisms import Mechanism
from store.guidebook.records import (
    Claim,
    Conflict,
    Fact,
    Figure,
    Limit,
    Maker,
    Section,
    SignOff,
    Source,
    Statement,
)
from store.guidebook.self_check import SelfCheck, build_self_check
from store.guidebook.toml_records import TomlFile


@dataclass(frozen=True, slots=True)
class Library:
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    limits: Mapping[str, Limit]
    conflicts: Mapping[str, Conflict]
    claims: Mapping[str, Claim]
    statements: Mapping[str, Statement]
    figures: Mapping[str, Figure]
    guides: Mapping[str, Guide]
    inserts: Mapping[str, Insert]
    headings: Mapping[str, Texts]
    labels: Mapping[str, Texts]
    maker: Maker
    languages: tuple[str, ...] = LANGUAGES

    def limit(self, name: str) -> int:
        """The value of a limit, such as "minutes_parked"."""
        return self.limits[name].value

    def self_check(self, lang: str) -> SelfCheck:
        """The questions of "Is cupping for me?" in one language."""
        return build_self_check(self.statements, self.headings, self.labels, lang)

    def insert_for(self, material: str, mechanism: Mechanism | None = None) -> Insert | None:
        """The insert of a material ("silicone", "glass", …) and, where one is named, a mechanism; None without one."""
        return next(
            (
                i
                for i in self.inserts.values()
                if i.material == material.lower() and mechanism in {None, i.mechanism}
            ),
            None,
        )

    def mechanism_of(self, insert_slug: str) -> Mechanism | None:
        """The mechanism of a product, from the slug of its safety insert; None if guides/ has no such insert."""
        insert = self.inserts.get(insert_slug)
        return insert.mechanism if insert else None


def library() -> Library:
    """The library of settings.GUIDES_DIR, cached after the first call (about 0.1 s). Raises GuidebookError."""
    return read_library(_as_path(settings.GUIDES_DIR))


_as_path = lru_cache(maxsize=4)(Path)  # asked for many times for each mail and page


@lru_cache(maxsize=4)
def read_library(root: Path) -> Library:
    """Read and validate a guides/ folder. Raises GuidebookError for the first mistake."""
    records = loading.read_records(root)
    maker, signoffs = loading.read_maker(root), loading.read_signoffs(root)
    guide_files = documents.guide_files(root)
    guides = sorted((_guide(file, records) for file in guide_files), key=lambda g: (g.order, g.slug))
    versions = guide_versions.read_versions(root)
    guides_by_slug = {
        guide.slug: replace(guide, version=versions[guide.slug].version, date=versions[guide.slug].date)
        if guide.slug in versions
        else guide
        for guide in guides
    }
    _check_related(guide_files, guides_by_slug)
    return Library(
        facts=records.facts,
        sources=records.sources,
        limits=records.limits,
        conflicts=loading.read_conflicts(root),
        claims=loading.read_claims(root),
        statements=records.statements,
        figures=records.figures,
        guides=guides_by_slug,
        inserts={
            i.slug: i for i in (_insert(p, records, maker, signoffs) for p in documents.insert_files(root))
        },
        headings=records.headings,
        labels=records.labels,
        maker=maker,
    )


def _guide(file: TomlFile, records: GuideRecords) -> Guide:
    materials = tuple(documents.require(file, "materials", list))
    mechanisms = tuple(documents.read_mechanism(file, name) for name in file.data.get("mechanisms", ()))
    sections = documents.read_sections(file, records, materials, mechanisms)
    return Guide(
        slug=file.path.stem,
        topic=documents.require(file, "topic", str),
        order=documents.require(file, "order", int),
        materials=materials,
        mechanisms=mechanisms,
        areas=tuple(documents.require(file, "areas", list)),
        related=tuple(documents.require(file, "related", list)),
        titles=documents.read_texts(file, "title", records),
        summaries=documents.read_texts(file, "summary", records),
        sections=sections,
        labels=records.labels,
        timer_minutes=(records.limits["minutes_first"].value, records.limits["minutes_max"].value),
        source_titles=_source_titles(sections, records),
    )


def _source_titles(sections: tuple[Section, ...], records: GuideRecords) -> tuple[str, ...]:
    named = {name for section in sections for s in section.statements for name in s.sources}
    return tuple(source.title for id_, source in records.sources.items() if id_ in named)


def _insert(file: TomlFile, records: GuideRecords, maker: Maker, signoffs: tuple[SignOff, ...]) -> Insert:
    material = documents.require(file, "material", str)
    mechanism = documents.read_mechanism(file, documents.require(file, "mechanism", str))
    version = documents.require(file, "version", str)
    if not all(part.isascii() and part.isdigit() for part in version.split(".")) or version.count(".") != 1:
        file.raise_error(
            line=file.line_of("version"), problem=f"'{version}' is no version.", remedy="Write MAJOR.MINOR."
        )
    sections = documents.read_sections(file, records, (material,), (mechanism,))
    for name in documents.require(file, "summary", list):
        if name not in records.statements:
            file.raise_error(
                line=file.line_of("summary"),
                problem=f"Nothing has the id '{name}'.",
                remedy="Correct the id.",
            )
    insert = Insert(
        slug=file.path.parent.name,
        material=material,
        mechanism=mechanism,
        version=version,
        date=str(file.data.get("date", "")),
        titles=documents.read_texts(file, "title", records),
        key_statements=tuple(records.statements[name] for name in file.data["summary"]),
        signs=_signs(file, records),
        sections=sections,
        maker=maker,
        labels=records.labels,
        signoffs=signoffs,
        releases=insert_versions.read_releases(file.path.parent / "published"),
        fingerprint="",
    )
    return replace(insert, fingerprint=insert_versions.fingerprint(insert_versions.insert_content(insert)))


def _signs(file: TomlFile, records: GuideRecords) -> tuple[Figure, ...]:
    slugs = documents.require(file, "signs", list)
    for slug in slugs:
        if slug not in records.figures:
            file.raise_error(
                line=file.line_of("signs"),
                problem=f"There is no figure '{slug}'.",
                remedy="Correct the slug.",
            )
    return tuple(records.figures[slug] for slug in slugs)


def _check_related(files: Sequence[TomlFile], guides: Mapping[str, Guide]) -> None:
    for file in files:
        for slug in file.data["related"]:
            if slug not in guides:
                file.raise_error(
                    line=file.line_of("related"),
                    problem=f"There is no guide '{slug}'.",
                    remedy="Correct the slug.",
                )
