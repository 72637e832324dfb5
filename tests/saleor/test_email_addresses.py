"""One rule for email addresses, whichever way they come in."""

import pytest

from store.saleor.email_addresses import InvalidEmailAddress, clean_email_address, to_smtp_address


@pytest.mark.parametrize(
    ("typed", "stored", "for_smtp"),
    [
        ("  ada@example.com\n", "ada@example.com", "ada@example.com"),
        ("Ada@EXAMPLE.com", "Ada@example.com", "Ada@example.com"),
        ("kunde@straße.example", "kunde@straße.example", "kunde@xn--strae-oqa.example"),
        ("kunde@xn--strae-oqa.example", "kunde@straße.example", "kunde@xn--strae-oqa.example"),
        ("ada@exämple.de", "ada@exämple.de", "ada@xn--exmple-cua.de"),
        ("jose\u0301@example.com", "jos\u00e9@example.com", "jos\u00e9@example.com"),
        ("ada+cups@example.co.uk", "ada+cups@example.co.uk", "ada+cups@example.co.uk"),
    ],
)
def test_an_address_is_stored_in_one_form_and_sent_by_idna_2008(typed, stored, for_smtp):
    assert clean_email_address(typed) == stored
    assert to_smtp_address(typed) == to_smtp_address(stored) == for_smtp


@pytest.mark.parametrize(
    "typed",
    [
        *("", "ada", "ada@", "@example.com", "ada@example", "ada@localhost", "ada@example,com", "ada@a..b"),
        *(
            "a b@example.com",
            "ada@example.com, bob@example.com",
            "Ada <ada@example.com>",
            "ada\n@example.com",
        ),
        *("ada@example.com\nBcc: bob@example.com", "a" * 250 + "@example.com", "ada@" + "x" * 5000),
        *("ada@[127.0.0.1]", "ada\u202e@example.com", "ada@exam\u0000ple.com", "ada\ud83d@example.com"),
    ],
)
def test_what_is_no_single_address_is_refused(typed):
    with pytest.raises(InvalidEmailAddress):
        clean_email_address(typed)
    with pytest.raises(InvalidEmailAddress):
        to_smtp_address(typed)
