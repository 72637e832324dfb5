"""Paths of pages that open with a signed token, which mails name by the thousand."""

from functools import lru_cache

from django.urls import reverse
from django.utils import translation

_STANDS_IN = "token"


def path_with_token(view: str, token: str, language: str) -> str:
    """The path of this view of the storefront in a language; the URLs are asked once, not for each token.

    token: as `django.core.signing` writes it, whose characters stand in a path as they are
    """
    before, after = _around_token(view, language)
    return f"{before}{token}{after}"


@lru_cache(maxsize=64)
def _around_token(view: str, language: str) -> tuple[str, str]:
    with translation.override(language):
        before, _, after = reverse(f"storefront:{view}", args=[_STANDS_IN]).rpartition(_STANDS_IN)
    return before, after
