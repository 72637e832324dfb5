"""One word for one thing in German and Spanish, wherever the shop writes: guides, mails, catalogue, pages, interface.

A word is listed here because it has been printed beside the chosen one, or because it misleads.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = settings.BASE_DIR
# language -> what is not written, and what is written instead
AVOIDED = {
    "de": {
        r"\bFassung(?:en)?\b": "Version",
        r"\bBall\b|\bBälle\b|\bGummib[aä]ll\w*": "Saugball",
        r"\bKöpfen?\b": "Schröpfkopf",
        r"\b(?:du|dein\w*|dir|dich)\b": "Sie",
        r"(?<!-)\bMails?\b": "E-Mail",
    },
    "es": {
        r"\bjuegos?\b|\bsets?\b": "kit",
        r"\bcestas?\b": "carrito",
        r"\bmangueras?\b": "tubo",
        r"\btir[oó]n(?:es)?\b": "distensión, bombada",
        r"\b(?:tú|tus?|tienes|puedes|debes|vosotros|vuestr[oa]s?)\b": "usted",
    },
}  # fmt: skip


def texts(language: str) -> Iterator[tuple[str, str]]:
    """(where, text) of all that is written in a language."""
    yield from _of_toml(language)
    for file in (ROOT / "guides/emails" / language).iterdir():
        yield str(file.relative_to(ROOT)), re.sub(r"\{[{%].*?[%}]\}", "", file.read_text(encoding="utf-8"))
    with (ROOT / f"store/storefront/locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        for message in read_po(file):
            words = message.string if isinstance(message.string, tuple) else (message.string,)
            yield from (("django.po", re.sub(r"%\(\w+\)s|\{\w*\}|<[^>]+>", "", str(word))) for word in words)


def _of_toml(language: str) -> Iterator[tuple[str, str]]:
    folders = (
        "guides/statements",
        "guides/library",
        "guides/figures",
        "catalog_seed/products",
        "catalog_seed/shop_pages",
        "catalog_seed/images",
    )
    files = [file for folder in folders for file in (ROOT / folder).glob("*.toml")]
    files += [ROOT / "guides" / f"{name}.toml" for name in ("headings", "labels")]
    for file in files:
        for text in _in(tomllib.loads(file.read_text(encoding="utf-8")), language):
            yield str(file.relative_to(ROOT)), text
    translations = tomllib.loads(
        (ROOT / f"catalog_seed/translations/{language}.toml").read_text(encoding="utf-8")
    )
    yield from ((f"translations/{language}.toml", text) for text in _strings(translations))


def _in(value: Any, language: str) -> Iterator[str]:
    """The texts below each key that names the language."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _strings(child) if key == language else _in(child, language)
    elif isinstance(value, list):
        for child in value:
            yield from _in(child, language)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _strings(child)


@pytest.mark.parametrize("language", AVOIDED)
def test_one_word_is_used_for_one_thing(language: str) -> None:
    found = list(texts(language))
    assert len(found) > 500
    wrong = [
        (where, word[0], f"write: {instead}")
        for where, text in found
        for pattern, instead in AVOIDED[language].items()
        if (word := re.search(pattern, text))
    ]
    assert wrong == []
