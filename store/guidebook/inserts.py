"""The safety insert of one material: a version, a history and four output formats."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from store.guidebook import editorjs, html, insert_versions, plain_text
from store.guidebook.records import Change, InsertRecord, LocalizedStatement


@dataclass(frozen=True, slots=True)
class Insert(InsertRecord):
    """An insert with its output formats: HTML, plain text, EditorJS and PDF."""

    _pages: dict[str, SafeString] = field(init=False, repr=False, compare=False, default_factory=dict)

    def html(self, lang: str) -> SafeString:
        """The body of the page, followed by version, maker and contact (the colophon). Rendered once a language."""
        if lang not in self._pages:
            body = html.render(self.sections, lang, folding=True, address=html.address_on_web)
            self._pages[lang] = body + html.colophon(self, lang)
        return self._pages[lang]

    def text(self, lang: str) -> str:
        return plain_text.render(self.sections, lang) + plain_text.colophon(self, lang)

    def blocks(self, lang: str) -> dict[str, Any]:
        return editorjs.render(self.sections, lang)

    def pdf(self, lang: str, size: str = "a4") -> bytes:
        """The whole text ("a4") or the sheet that folds to A6 ("a6"), tagged PDF/UA-1; cached under DATA_DIR/inserts.

        Raises ValueError for another size.
        """
        # Imported here for start-up cost: WeasyPrint takes over a second to import.
        from store.guidebook.pdf import cached_pdf

        return cached_pdf(self, lang, size)

    def summary_statements(self, lang: str) -> list[LocalizedStatement]:
        """The key warnings, for product page, checkout and mail."""
        return [s.in_language(lang) for s in self.key_statements]

    def never(self, lang: str) -> list[LocalizedStatement]:
        """Who must not use the product at home: the insert's whole never list. Empty for spare parts."""
        return self._contraindications("N", lang)

    def ask_first(self, lang: str) -> list[LocalizedStatement]:
        """Who asks a doctor before the first use. Empty for oil and spare parts."""
        return self._contraindications("D", lang)

    def _contraindications(self, tier: str, lang: str) -> list[LocalizedStatement]:
        return [
            s.in_language(lang)
            for s in self.statements.values()
            if s.kind == "contraindication" and s.tier == tier
        ]

    def changes_since(self, version: str, lang: str) -> list[Change]:
        """The differences between that published version and this text; empty if there are none.

        Raises UnknownVersion.
        """
        return insert_versions.changes(self, version, lang)

    def resolve(self, version: str) -> str:
        """The published version that `version` names; "1" means the last 1.x. Raises UnknownVersion."""
        return insert_versions.resolve(self, version)
