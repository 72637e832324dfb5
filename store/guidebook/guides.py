"""A guide: the web text about one subject, in every language, with its output formats."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.safestring import SafeString

from store.guidebook import editorjs, html, plain_text
from store.guidebook.languages import Texts, date_text, supported_language
from store.guidebook.mechanisms import Mechanism
from store.guidebook.records import Figure, Section, Statement

_TIMER_LABELS = ("title", "first", "max", "look", "over", "stop")


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
    labels: Mapping[str, Texts]
    timer_minutes: tuple[int, int]  # the first times, and at most
    source_titles: tuple[str, ...]  # of the studies and pages that its statements rest on
    version: int = 0
    date: str = ""
    _pages: dict[str, SafeString] = field(init=False, repr=False, compare=False, default_factory=dict)

    def title(self, lang: str) -> str:
        return self.titles[supported_language(lang)]

    def summary(self, lang: str) -> str:
        return self.summaries[supported_language(lang)]

    def for_products(self, products: Collection[tuple[str, Mechanism]]) -> "Guide":
        """As `Section.for_products`."""
        return replace(self, sections=tuple(one.for_products(products) for one in self.sections))

    def html(self, lang: str) -> SafeString:
        """The sections, h2 and below, then version, date and sources.

        Rendered once a language: a guide never changes, a changed folder is another library.
        """
        lang = supported_language(lang)
        if lang not in self._pages:
            self._pages[lang] = self._html(lang)
        return self._pages[lang]

    def _html(self, lang: str) -> SafeString:
        words = {name: self.labels[f"timer_{name}"][lang] for name in _TIMER_LABELS}
        timer = html.timer(*self.timer_minutes, words)
        return html.render(
            self.sections, lang, folding=True, timer=timer, address=html.address_on_web
        ) + self._edition(lang)

    def _edition(self, lang: str) -> SafeString:
        rows = [
            (self.labels["version"][lang], str(self.version)),
            (self.labels["date"][lang], date_text(self.date, lang)),
        ]
        return html.edition(rows, self.labels["sources"][lang], self.source_titles)

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
