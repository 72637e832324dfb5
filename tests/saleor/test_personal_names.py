"""Whom a mail greets by the name that was typed."""

import pytest

from store.saleor.personal_names import greeting_name


@pytest.mark.parametrize(
    "name",
    [
        "Ada",
        "ADA",
        "Anne-Marie",
        "O’Neil",
        "J. R.",
        "María José",
        "Łukasz",
        "李",
        "Ольга",
        "محمد",
        "हिन्दी",
        "Zoe\u0308",
    ],
)
def test_a_name_is_greeted(name: str) -> None:
    assert greeting_name(f" {name} ") == name


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "-", "www evil", "evil.com", "http://evil.example", "a@b.example", "a/b", "Ada2", "12"),
        *(
            "YOU WON",
            "CLICK HERE NOW",
            "Ada\nBob",
            "Ada\u2028Bob",
            "Ada\x0bBob",
            "A" * 41,
            "<b>Ada</b>",
            "Ada 🎉",
        ),
    ],
)
def test_what_reads_like_no_name_is_not(name: str) -> None:
    assert greeting_name(name) == ""
