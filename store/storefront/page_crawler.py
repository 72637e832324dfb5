"""Every page that anybody may read, as rendered: what `manage.py wording --shop` looks through."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse

from store.guidebook.languages import LANGUAGES

_LOCATION = re.compile(r"<loc>([^<]+)</loc>")


class PageMissing(Exception):
    """A page that the sitemap names, or the sitemap itself, was not answered: nothing can be said of its words."""


def every_page() -> Iterator[tuple[str, str | None, str]]:
    """(address, language to be guessed, markup) of all that the sitemap names, guides and inserts in each language."""
    for place in _LOCATION.findall(_read(reverse("storefront:sitemap"))):
        path = urlsplit(place).path
        for address in [path, *_translated(path)]:
            yield address, None, _read(address)


def _read(address: str) -> str:
    public = urlsplit(settings.PUBLIC_URL)
    reader = Client(SERVER_NAME=public.hostname or "localhost")
    answer = reader.get(address, secure=public.scheme == "https")
    if answer.status_code != HTTPStatus.OK:
        raise PageMissing(
            f"{address} was answered with {answer.status_code}. Is {public.hostname} in ALLOWED_HOSTS?"
        )
    return str(answer.text)


def _translated(path: str) -> list[str]:
    if not path.startswith(("/guides/", "/inserts/")):
        return []
    return [f"{path}?lang={lang}" for lang in LANGUAGES if lang != "en"]
