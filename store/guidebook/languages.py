"""The languages of the guidebook, and how any locale code finds its way to one of them."""

from collections.abc import Mapping

LANGUAGES = ("en", "de", "es")
Texts = Mapping[str, str]


def pick(code: str) -> str:
    """'de-AT', 'DE' and 'de_DE' are German; a language we do not have is English."""
    short = code.replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else LANGUAGES[0]
