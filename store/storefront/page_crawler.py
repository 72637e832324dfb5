"""All public pages, rendered: the input of `manage.py wording --shop`."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

_SITEMAP_LOCATION = re.compile(r"<loc>([^<]+)</loc>")


class PageNotRendered(Exception):
    """The wording can't be checked: a market is not known, or the sitemap or a page in it did not answer with 200."""


def iter_public_pages() -> Iterator[tuple[str, str | None, str]]:
    """(path, None for a language to be guessed, HTML) of each page of the sitemap, which has all languages.

    Raises PageNotRendered.
    """
    for location in _SITEMAP_LOCATION.findall(_fetch(reverse("language-free:sitemap"))):
        path = urlsplit(location).path
        yield path, None, _fetch(path)


def _fetch(address: str) -> str:
    from django.test import Client  # brings unittest, which no process needs that serves the shop

    public_url = urlsplit(settings.PUBLIC_URL)
    client = Client(SERVER_NAME=public_url.hostname or "localhost")
    response = client.get(address, secure=public_url.scheme == "https")
    if response.status_code != HTTPStatus.OK:
        raise PageNotRendered(
            f"{address} was answered with {response.status_code}. Is {public_url.hostname} in ALLOWED_HOSTS?"
        )
    return str(response.text)
