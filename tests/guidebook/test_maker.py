"""Who makes the cups and who answers for them: printed with the country in the reader's language."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from store.guidebook import GuidebookError, library
from store.guidebook.languages import LANGUAGES, country_name
from store.guidebook.library import read_library
from store.guidebook.pdf import insert_html
from store.guidebook.records import name_and_address, postal_address

COUNTRIES = {
    "en": ("United States", "Germany"),
    "de": ("Vereinigte Staaten", "Deutschland"),
    "es": ("Estados Unidos", "Alemania"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_insert_names_the_countries_in_its_language(lang: str) -> None:
    others = {name for code in LANGUAGES if code != lang for name in COUNTRIES[code]}
    for insert in library().inserts.values():
        for printed in (
            insert.text(lang),
            insert.html(lang),
            insert_html(insert, lang, "a4"),
            insert_html(insert, lang, "a6"),
        ):
            written = printed.replace("\u00a0", " ")
            assert all(name in written for name in COUNTRIES[lang]), insert.slug
            assert not [name for name in others if name in written], insert.slug


def test_an_address_without_a_country_is_printed_as_it_is() -> None:
    block = {"name": "Maker", "address": "1 Street, Town, Germany", "email": "a@b.example"}
    assert postal_address(block, "de") == "1 Street, Town, Germany"
    assert name_and_address(block, "de") == "Maker, 1 Street, Town, Germany, a@b.example"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_mails_and_letters_name_the_sender_with_its_country(lang: str) -> None:
    sender = f"Cupwell (example), 1 Example Street, Sample Town, EX 00000, {COUNTRIES[lang][0]}"
    assert library().maker.sender(lang) == sender


def test_a_country_that_is_no_code_is_named_with_its_place(tmp_path: Path) -> None:
    assert country_name("Germany", "en") is None
    guides = shutil.copytree(settings.GUIDES_DIR, tmp_path / "guides")
    file = guides / "maker.toml"
    file.write_text(file.read_text().replace('country = "DE"', 'country = "Germany"'))
    with pytest.raises(GuidebookError, match=r'maker\.toml.*\[responsible_person\].*country = "DE"'):
        read_library(guides)
