"""The picture of a shared link (og:image): a drawn card per product and language, where there is one."""

from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

HOME = "home"  # the card of the first page, beside those of the products


def card_url(slug: str, language: str) -> str:
    """Absolute URL of the card of a product, or of HOME, in this language; empty for a product without one."""
    path = _static_path(slug, language)
    return f"{settings.PUBLIC_URL}{static(path)}" if path else ""


@cache
def _static_path(slug: str, language: str) -> str:
    path = f"brand/og/{language}/{slug}.jpg"
    return path if finders.find(path) else ""
