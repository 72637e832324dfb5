"""An insert: the safety sheet of one material, with a version, a history and a PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from store.guidebook import editorjs as blocks
from store.guidebook import html, insert_versions, plain_text
from store.guidebook.languages import Texts, pick
from store.guidebook.records import Change, Figure, Maker, Said, Section, SignOff, Statement


@dataclass(frozen=True, slots=True)
class Insert:
    slug: str
    material: str
    version: str
    date: str
    titles: Texts
    key_statements: tuple[Statement, ...]
    sections: tuple[Section, ...]
    maker: Maker
    labels: Mapping[str, Texts]
    signoffs: tuple[SignOff, ...]
    releases: tuple[insert_versions.Release, ...]
    fingerprint: str

    def title(self, lang: str) -> str:
        return self.titles[pick(lang)]

    def label(self, name: str, lang: str) -> str:
        return self.labels[name][pick(lang)]

    def html(self, lang: str) -> SafeString:
        """The body of the page, with version, maker and contact at its end."""
        return html.render(self.sections, lang) + html.colophon(self, lang)

    def text(self, lang: str) -> str:
        return plain_text.render(self.sections, lang) + plain_text.colophon(self, lang)

    def blocks(self, lang: str) -> dict[str, Any]:
        return blocks.render(self.sections, lang)

    def pdf(self, lang: str, size: str = "a6") -> bytes:
        """A6 leaflet or A4 sheet, tagged PDF/UA-1. Made once, kept under DATA_DIR/inserts."""
        # WeasyPrint takes over a second to import: only when a PDF is asked for.
        from store.guidebook.pdf import kept

        return kept(self, lang, size)

    def summary_statements(self, lang: str) -> list[Said]:
        """The few key warnings for product page, checkout and mail."""
        return [s.said(lang) for s in self.key_statements]

    def changes_since(self, version: str, lang: str) -> list[Change]:
        """What a reader of that version must know now. Empty when it is this version."""
        return insert_versions.changes(self, version, lang)

    def resolve(self, version: str) -> str:
        """'1' means the last 1.x; an unknown version raises UnknownVersion."""
        return insert_versions.resolve(self, version)

    @property
    def statements(self) -> Mapping[str, Statement]:
        return {s.id: s for section in self.sections for s in section.statements}

    @property
    def figures(self) -> Mapping[str, Figure]:
        return {i.slug: i for section in self.sections for i in section.items if isinstance(i, Figure)}

    @property
    def signed_by(self) -> SignOff | None:
        """Who signed the version as it stands; a signature for other words does not count."""
        for signed in self.signoffs:
            if (signed.insert, signed.version, signed.digest) == (self.slug, self.version, self.fingerprint):
                return signed
        return None
