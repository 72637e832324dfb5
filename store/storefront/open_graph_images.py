"""The picture that a shared link shows: a card drawn for each product, if there is one."""

from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

HOME = "silicone-starter-set"


def card_url(slug: str) -> str:
    """Absolute; empty for a product that came after the cards were drawn."""
    path = _drawn(slug)
    return f"{settings.PUBLIC_URL}{static(path)}" if path else ""


@cache
def _drawn(slug: str) -> str:
    path = f"brand/og/{slug}.jpg"
    return path if finders.find(path) else ""
