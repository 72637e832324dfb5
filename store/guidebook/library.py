"""The library: guides/ read once a process, checked as a whole, handed out frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from store.guidebook import documents, insert_versions, loading
from store.guidebook import self_check as guidebook_self_check
from store.guidebook.guides import Guide
from store.guidebook.inserts import Insert
from store.guidebook.languages import LANGUAGES, Texts
from store.guidebook.loading import Shelf
from store.guidebook.records import Claim, Conflict, Fact, Figure, Limit, Maker, SignOff, Source, Statement
from store.guidebook.toml_records import Sheet


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
        """A number nobody may go beyond, such as minutes_parked."""
        return self.limits[name].value

    def self_check(self, lang: str) -> guidebook_self_check.SelfCheck:
        """The questions of "Is cupping for me?". The answers stay in the reader's browser."""
        return guidebook_self_check.build(self.statements, self.headings, self.labels, lang)

    def insert_for(self, material: str) -> Insert | None:
        """The insert of a material ('silicone', 'glass', 'plastic', 'oil')."""
        return next((i for i in self.inserts.values() if i.material == material.lower()), None)


def library() -> Library:
    """The guides of this shop. The first call reads them (a tenth of a second), the next cost nothing."""
    return read(Path(settings.GUIDES_DIR))


@lru_cache(maxsize=4)
def read(root: Path) -> Library:
    shelf = loading.read_shelf(root)
    maker, signoffs = loading.read_maker(root), loading.read_signoffs(root)
    guides = sorted(
        (_guide(page, shelf) for page in documents.guide_sheets(root)), key=lambda g: (g.order, g.slug)
    )
    found = {guide.slug: guide for guide in guides}
    _check_related(root, found)
    return Library(
        facts=shelf.facts,
        sources=shelf.sources,
        limits=shelf.limits,
        conflicts=loading.read_conflicts(root),
        claims=loading.read_claims(root),
        statements=shelf.statements,
        figures=shelf.figures,
        guides=found,
        inserts={
            i.slug: i for i in (_insert(p, shelf, maker, signoffs) for p in documents.insert_sheets(root))
        },
        headings=shelf.headings,
        labels=shelf.labels,
        maker=maker,
    )


def _guide(page: Sheet, shelf: Shelf) -> Guide:
    materials = tuple(documents.need(page, "materials", list))
    return Guide(
        slug=page.path.stem,
        topic=documents.need(page, "topic", str),
        order=documents.need(page, "order", int),
        materials=materials,
        areas=tuple(documents.need(page, "areas", list)),
        related=tuple(documents.need(page, "related", list)),
        titles=page.texts("title", documents.need(page, "title", dict)),
        summaries=page.texts("summary", documents.need(page, "summary", dict)),
        sections=documents.sections(page, shelf, materials),
    )


def _insert(page: Sheet, shelf: Shelf, maker: Maker, signoffs: tuple[SignOff, ...]) -> Insert:
    material = documents.need(page, "material", str)
    version = documents.need(page, "version", str)
    if not all(part.isdigit() for part in version.split(".")) or version.count(".") != 1:
        page.fail(
            line=page.line_of("version"), problem=f"'{version}' is no version.", remedy="Write MAJOR.MINOR."
        )
    sections = documents.sections(page, shelf, (material,))
    for name in documents.need(page, "summary", list):
        if name not in shelf.statements:
            page.fail(
                line=page.line_of("summary"),
                problem=f"Nothing has the id '{name}'.",
                remedy="Correct the id.",
            )
    return Insert(
        slug=page.path.parent.name,
        material=material,
        version=version,
        date=str(page.data.get("date", "")),
        titles=page.texts("title", documents.need(page, "title", dict)),
        key_statements=tuple(shelf.statements[name] for name in page.data["summary"]),
        sections=sections,
        maker=maker,
        labels=shelf.labels,
        signoffs=signoffs,
        releases=insert_versions.read_releases(page.path.parent / "published"),
        fingerprint=insert_versions.fingerprint(insert_versions.content(sections)),
    )


def _check_related(root: Path, guides: Mapping[str, Guide]) -> None:
    for page in documents.guide_sheets(root):
        for slug in page.data["related"]:
            if slug not in guides:
                page.fail(
                    line=page.line_of("related"),
                    problem=f"There is no guide '{slug}'.",
                    remedy="Correct the slug.",
                )
