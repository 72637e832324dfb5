"""The picture of the first page: one for phones and one for wide screens, by day and for dark pages."""

import re

from django.contrib.staticfiles import finders
from django.test import Client


def test_dark_pages_have_a_dark_picture_before_the_others_are_asked_for(shopper: Client) -> None:
    page = shopper.get("/").text
    picture = page[: page.index("</picture>")].rpartition("<picture>")[2]
    sources = re.findall(r"(?:srcset|src)=\"([^\"]+)\"", picture)
    first_of_each = [re.search(r"brand/(hero-(?:phone|wide)(?:-dark)?)", source)[1] for source in sources]  # type: ignore[index]
    assert list(dict.fromkeys(first_of_each)) == [
        "hero-phone-dark",
        "hero-wide-dark",
        "hero-phone",
        "hero-wide",
    ]
    files = re.findall(r"brand/[\w.-]+", picture)
    assert len(files) == 12
    assert all(finders.find(file) for file in files)
