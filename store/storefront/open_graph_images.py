"""The picture of a shared link (og:image): a drawn card per product, where there is one."""

from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

HOME_PRODUCT = "silicone-starter-set"


def card_url(slug: str) -> str:
    """Absolute URL of the product's card; empty for a product without one."""
    path = _static_path(slug)
    return f"{settings.PUBLIC_URL}{static(path)}" if path else ""


@cache
def _static_path(slug: str) -> str:
    path = f"brand/og/{slug}.jpg"
    return path if finders.find(path) else ""
