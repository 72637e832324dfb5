"""Text is cleaned once, where it comes in."""

import json
import time
import unicodedata
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.saleor.events import parse_body
from store.saleor.text import InvalidText, clean_json, clean_text, load_json, single_line

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT)
def test_clean_text_is_what_xml_and_postgresql_take(text):
    cleaned = clean_text(text)
    ElementTree.fromstring(f"<p>{escape(cleaned)}</p>")
    assert "\0" not in cleaned
    assert "\r" not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean_text(cleaned) == cleaned


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_letters_digits_signs_and_emoji_stay(text):
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Ada\x00\x07\x1b\x7f\ufffe\uffff", "Ada"),
        ("one\r\ntwo\rthree\x0bfour\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("tab\tstays\n", "tab\tstays\n"),
        ("Jose\u0301", "Jos\u00e9"),
        ("👩‍👩‍👧 \u202eRTL\u2028", "👩‍👩‍👧 \u202eRTL\u2028"),
        ("a" + "\u0301" * 100, unicodedata.normalize("NFC", "a" + "\u0301" * 30)),
    ],
)
def test_cleaning_by_example(raw, cleaned):
    assert clean_text(raw) == cleaned


@pytest.mark.parametrize("half", ["A\ud83d", "\ude00", "\ud83d \ude00"])
def test_half_a_character_is_refused(half):
    with pytest.raises(InvalidText, match="half of a character"):
        clean_text(half)
    with pytest.raises(InvalidText):
        load_json(json.dumps({"firstName": [half]}))
    with pytest.raises(InvalidText):
        load_json(json.dumps({half: 1}))


@pytest.mark.parametrize("text", ["1e400", "[-1e999]", "NaN", '{"a": Infinity}'])
def test_numbers_that_are_not_finite_are_refused(text):
    with pytest.raises(InvalidText):
        load_json(text)


@pytest.mark.parametrize("text", ["", "{", "[" * 200_000, "1" * 5000, b"\xff"])
def test_what_is_no_json_is_a_value_error(text):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - json's own
        load_json(text)
    assert not isinstance(refused.value, InvalidText)


def test_keys_and_values_are_cleaned_at_any_depth():
    assert clean_json({"a\0": ["b\0", {"c": "d\r\n"}], "n": 1.5}) == {"a": ["b", {"c": "d\n"}], "n": 1.5}


def test_many_combining_marks_cost_no_more_than_their_number():
    started = time.perf_counter()
    clean_text("a" + "\u0301\u0316" * 200_000)
    assert time.perf_counter() - started < 20  # unlimited normalizing would take hours


def test_what_nobody_can_send_again_is_repaired_instead() -> None:
    """A real Saleor takes any 4xx to an event as final: its order must not lose its mails over half an emoji."""
    body = b'{"__typename": "OrderPaid", "order": {"userEmail": "a@b.example", "name": "Ada \\ud83d"}}'
    assert parse_body(body)["order"]["name"] == "Ada �"
    with pytest.raises(InvalidText):
        load_json(body)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ada", "Ada"),
        (" Ada\nGuest ", "Ada Guest"),
        ("1600\r\n\tAmphitheatre \u2028 Pkwy\n\n", "1600 Amphitheatre Pkwy"),
        ("\u5c71\u7530\u3000\u592a\u90ce", "\u5c71\u7530\u3000\u592a\u90ce"),
        ("\n" * 9 + " " * 9, ""),
    ],
)
def test_a_single_line_has_a_blank_for_each_break(text, line):
    assert single_line(text) == line
