"""The texts that a reader of a page meets, each with the language that the page says it has."""

from collections.abc import Iterator
from html.parser import HTMLParser

READ_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder"}
NOT_READ = {"script", "style", "template"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class PageTexts(HTMLParser):
    """`found`: (language, text), with single plain spaces."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []  # tag, language

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang") or (self._open[-1][1] if self._open else "")
        self._keep(language, *(given[name] for name in READ_ATTRIBUTES & given.keys()))
        if tag == "meta" and given.get("name") == "description":
            self._keep(language, given.get("content", ""))
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and not {tag for tag, _ in self._open} & NOT_READ:
            self._keep(self._open[-1][1], data)

    def _keep(self, language: str, *texts: str) -> None:
        for text in texts:
            if words := " ".join(text.split()):
                self.found.append((language, words))


def texts_of(page: str) -> Iterator[tuple[str, str]]:
    parser = PageTexts()
    parser.feed(page)
    yield from parser.found
