"""All public pages, rendered: the input of `manage.py wording --shop`."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse

from store.guidebook.languages import LANGUAGES

_SITEMAP_LOCATION = re.compile(r"<loc>([^<]+)</loc>")


class PageNotRendered(Exception):
    """The sitemap, or a page in it, did not answer with 200, so its wording can't be checked."""


def iter_public_pages() -> Iterator[tuple[str, str | None, str]]:
    """(path, language or None, HTML) of each page of the sitemap, guides and inserts in each language.

    Raises PageNotRendered.
    """
    for location in _SITEMAP_LOCATION.findall(_fetch(reverse("storefront:sitemap"))):
        path = urlsplit(location).path
        for address in [path, *_translations(path)]:
            yield address, None, _fetch(address)


def _fetch(address: str) -> str:
    public_url = urlsplit(settings.PUBLIC_URL)
    client = Client(SERVER_NAME=public_url.hostname or "localhost")
    response = client.get(address, secure=public_url.scheme == "https")
    if response.status_code != HTTPStatus.OK:
        raise PageNotRendered(
            f"{address} was answered with {response.status_code}. Is {public_url.hostname} in ALLOWED_HOSTS?"
        )
    return str(response.text)


def _translations(path: str) -> list[str]:
    if not path.startswith(("/guides/", "/inserts/")):
        return []
    return [f"{path}?lang={lang}" for lang in LANGUAGES if lang != "en"]
