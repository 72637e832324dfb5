"""A guide: the web text about one subject, in every language, with its output formats."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from store.guidebook import editorjs, html, plain_text
from store.guidebook.languages import Texts, supported_language
from store.guidebook.mechanisms import Mechanism
from store.guidebook.records import Figure, Section, Statement


@dataclass(frozen=True, slots=True)
class Guide:
    slug: str
    topic: str
    order: int
    materials: tuple[str, ...]
    mechanisms: tuple[Mechanism, ...]
    areas: tuple[str, ...]
    related: tuple[str, ...]
    titles: Texts
    summaries: Texts
    sections: tuple[Section, ...]

    def title(self, lang: str) -> str:
        return self.titles[supported_language(lang)]

    def summary(self, lang: str) -> str:
        return self.summaries[supported_language(lang)]

    def html(self, lang: str) -> SafeString:
        """The body only, h2 and below. Figures are inline SVG: no second request, and the page prints complete."""
        return html.render(self.sections, lang)

    def text(self, lang: str) -> str:
        return plain_text.render(self.sections, lang)

    def blocks(self, lang: str) -> dict[str, Any]:
        """EditorJS, the format of page content in Saleor."""
        return editorjs.render(self.sections, lang)

    @property
    def statements(self) -> Mapping[str, Statement]:
        return {s.id: s for section in self.sections for s in section.statements}

    @property
    def figures(self) -> Mapping[str, Figure]:
        return {i.slug: i for section in self.sections for i in section.items if isinstance(i, Figure)}
