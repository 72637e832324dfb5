"""The languages of the guidebook, and the choice of one for a locale code."""

from collections.abc import Mapping

LANGUAGES = ("en", "de", "es")
Texts = Mapping[str, str]


def supported_language(code: str) -> str:
    """The language of a locale code: "de-AT", "DE" and "de_DE" give "de"; an unsupported language gives "en"."""
    short = code.replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else LANGUAGES[0]
