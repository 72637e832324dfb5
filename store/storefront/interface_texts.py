"""The texts of the pages and their translations: found in code and templates, kept in locale/<language>/.

`manage.py interface_texts` brings the files up to date. It needs neither xgettext nor msgfmt: Django turns a template
into what a Python extractor reads, Babel does the rest. The compiled files are committed, so that a fresh machine has
them.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

FOLDER = Path(__file__).resolve().parent
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # the files change only when a text does
_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}|<[^>]+>")


def po_file(language: str) -> Path:
    return FOLDER / "locale" / language / "LC_MESSAGES" / "django.po"


def template() -> Catalog:
    """Every text of the pages with the places where it stands, without translations."""
    catalog = Catalog(charset="utf-8")
    for path in sorted([*FOLDER.rglob("*.py"), *(FOLDER / "templates").rglob("*.html")]):
        place = path.relative_to(FOLDER).as_posix()
        for line, texts, _comments, context in extract("python", BytesIO(_source(path)), keywords=KEYWORDS):
            catalog.add(texts, locations=[(place, line)], context=context)
    return catalog


def read(language: str) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def update(language: str) -> None:
    """Add new texts to the files of a language, take out those that are gone, and compile."""
    old = read(language) if po_file(language).exists() else Catalog(language)
    new = Catalog(
        language,
        project="Cupwell",
        charset="utf-8",
        fuzzy=False,
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
    )
    new.header_comment = "# The texts of the pages. `manage.py interface_texts` brings this file up to date."
    for wanted in template():
        if wanted.id:
            known = old.get(wanted.id, wanted.context)
            string, flags = (known.string, known.flags) if known else (None, set())
            new.add(wanted.id, string, wanted.locations, flags, context=wanted.context)
    po_file(language).parent.mkdir(parents=True, exist_ok=True)
    with po_file(language).open("wb") as file:
        write_po(file, new, width=110, sort_by_file=True, include_lineno=False)
    po_file(language).with_suffix(".mo").write_bytes(compiled(new))


def problems(language: str) -> Iterator[str]:
    """What is missing or wrong in the translations of a language, each with its place."""
    catalog = read(language)
    for wanted in template():
        if not wanted.id:
            continue
        place = ", ".join(f"{file}:{line}" for file, line in wanted.locations)
        found = catalog.get(wanted.id, wanted.context)
        if found is None or not all(_texts(found.string)):
            yield f"{place}: “{_texts(wanted.id)[0]}” has no translation to {language}"
        elif found.fuzzy:
            yield f"{place}: “{_texts(wanted.id)[0]}” is marked as fuzzy in {language}"
        elif differing := _differing_placeholders(found):
            yield f"{place}: “{_texts(wanted.id)[0]}” and its translation to {language} differ in {differing}"


def _differing_placeholders(message: Message) -> str:
    """Placeholders and tags that a translation has and the text has not, or the other way; a number may be a word."""
    wanted = {found for text in _texts(message.id) for found in _PLACEHOLDER.findall(text)}
    translated = {found for text in _texts(message.string) for found in _PLACEHOLDER.findall(text)}
    return ", ".join(sorted(wanted ^ translated))


def _texts(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _source(path: Path) -> bytes:
    """A template as Python in brackets, since its lines are indented as they like."""
    text = path.read_text(encoding="utf-8")
    return (f"({templatize(text)}\n)" if path.suffix == ".html" else text).encode()
