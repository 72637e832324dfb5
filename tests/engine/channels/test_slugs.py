"""Addresses made of names keep every letter: in ASCII where there is one, else in the script of the name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.engine.channels.validation import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Silicone Starter Set", "silicone-starter-set"),
        ("Öl für Straße", "ol-fur-strasse"),
        ("Smørbrød æ la Łódź", "smorbrod-ae-la-lodz"),
        ("ISTANBUL ırmak", "istanbul-irmak"),
        ("日本語 A", "日本語-a"),
        ("Чашка 2", "чашка-2"),
        ("كأس 60 mm", "كأس-60-mm"),
        ("60 mm²", "60-mm2"),
        ("½ cup", "12-cup"),
        ("!?", ""),
    ],
)
def test_a_name_is_an_address_without_losing_letters(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text(max_size=30))
def test_an_address_is_one_word_and_stays_what_it_is(name: str) -> None:
    slug = slug_of(name)
    assert slug.split() in ([], [slug])
    assert slug_of(slug) == slug
