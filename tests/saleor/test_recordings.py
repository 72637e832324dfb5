"""What the recordings hold: our documents as they are now, nothing of anybody, and few bytes."""

import json
import lzma
from pathlib import Path

import pytest

from store.saleor.version import SCHEMA_VERSION
from tests.saleor.exchanges import AGAIN, FOLDER, ORIGIN, Recording, load
from tests.saleor.operations import digest_of, documents

NAMES = sorted(file.name.removesuffix(".json.xz") for file in FOLDER.glob("*.json.xz"))
# Operations of ours that no journey sends; who adds one to a journey takes it off.
NOT_RECORDED = Path(__file__).with_name("not_recorded.txt")
# Made of text in the code: see `inspection` and `test_errors_of_a_client`.
WITHOUT_DOCUMENT = {"CustomerMail", "TooDear"}
LARGEST = 1_000_000  # bytes, all recordings together


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    return {name: load(name) for name in NAMES}


@pytest.fixture(scope="module")
def digests() -> dict[str, set[str]]:
    """By name; the move has documents of the same names as the store."""
    found: dict[str, set[str]] = {}
    for name, document in documents():
        found.setdefault(name, set()).add(digest_of(document, name))
    return found


def test_a_document_that_changed_is_recorded_again(
    recordings: dict[str, Recording], digests: dict[str, set[str]]
) -> None:
    old = {
        (journey, one.name)
        for journey, recording in recordings.items()
        for one in recording.exchanges
        if one.question.get("operation") not in (None, *WITHOUT_DOCUMENT)
        and one.question["document"] not in digests.get(one.name, ())
    }
    assert sorted(old) == [], AGAIN


def test_what_is_not_recorded_is_named(
    recordings: dict[str, Recording], digests: dict[str, set[str]]
) -> None:
    sent = {one.name for recording in recordings.values() for one in recording.exchanges}
    assert sorted(digests.keys() - sent) == NOT_RECORDED.read_text().split()


def test_all_come_from_the_saleor_that_is_supported(recordings: dict[str, Recording]) -> None:
    assert len(recordings) >= 10
    assert all(one.saleor.startswith(f"{SCHEMA_VERSION}.") for one in recordings.values())


def test_no_token_and_no_host_is_in_them(recordings: dict[str, Recording]) -> None:
    for name, recording in recordings.items():
        text = json.dumps([(one.question, one.answer) for one in recording.exchanges])
        assert "eyJ" not in text, name  # how a JWT begins
        assert "127.0.0.1" not in text.replace(ORIGIN, ""), name
        tokens = {one.question.get("token", "") for one in recording.exchanges}
        assert all(one in ("", "no-token-of-anybody") or one.endswith("-of-nobody") for one in tokens), name


def test_they_are_small() -> None:
    sizes = {file.name: file.stat().st_size for file in FOLDER.iterdir()}
    assert sum(sizes.values()) < LARGEST, sizes
    assert all(lzma.decompress(file.read_bytes()) for file in FOLDER.iterdir())
