"""The languages of the guidebook, the choice of one for a locale code, how it writes a date and names a country."""

import datetime
from collections.abc import Mapping

from babel import Locale
from babel.dates import format_date

LANGUAGES = ("en", "de", "es")
Texts = Mapping[str, str]
_LOCALES = {"en": "en_US", "de": "de_DE", "es": "es_ES"}


def supported_language(code: str) -> str:
    """The language of a locale code: "de-AT", "DE" and "de_DE" give "de"; an unsupported language gives "en"."""
    short = code.replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else LANGUAGES[0]


def address_in(path: str, lang: str) -> str:
    """The path of a page in a language: "/guides/hips/" is "/de/guides/hips/" in German; English is at the root."""
    short = supported_language(lang)
    return path if short == LANGUAGES[0] else f"/{short}{path}"


def date_text(date: str, lang: str) -> str:
    """An ISO date as the language writes it, such as "28. November 2026"; another text as it is."""
    try:
        return format_date(
            datetime.date.fromisoformat(date), "long", locale=_LOCALES[supported_language(lang)]
        )
    except ValueError:
        return date


def country_name(code: str, lang: str) -> str | None:
    """The name of a country of ISO 3166 (two letters) in a language: "DE" is "Alemania" in Spanish; None if unknown."""
    return Locale.parse(_LOCALES[supported_language(lang)]).territories.get(code)
