"""No deployment with example maker data or an unsigned insert."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from store.guidebook import checks
from store.guidebook.library import Library, read_library


def ids(messages: list[object]) -> list[str]:
    return sorted(str(m.id) for m in messages)  # type: ignore[attr-defined]


@pytest.fixture
def own_guides(guides: Path, settings: object) -> Iterator[Path]:
    settings.GUIDES_DIR = guides  # type: ignore[attr-defined]
    yield guides
    read_library.cache_clear()


def sign(guides: Path, guide_library: Library) -> None:
    entries = [
        f'[[signed]]\ninsert = "{i.slug}"\nversion = "{i.version}"\nname = "A. Person"\nrole = "tester"\n'
        f'date = 2026-11-21\ndigest = "{i.fingerprint}"\n'
        for i in guide_library.inserts.values()
    ]
    (guides / "signoff.toml").write_text("\n".join(entries), encoding="utf-8")


def test_as_shipped_the_deploy_check_names_the_block_and_six_unsigned_inserts() -> None:
    assert ids(checks.check_inserts_signed()) == ["guidebook.E003"] + ["guidebook.E004"] * 6
    assert checks.check_guides_readable() == []


def test_check_deploy_fails_as_shipped() -> None:
    with pytest.raises(SystemCheckError, match=r"guidebook\.E003"):
        call_command("check", deploy=True, tags=["security"], databases=[])


def test_own_block_and_signatures_let_it_pass(
    own_guides: Path, edit: Callable[[str, str, str], Library]
) -> None:
    block = (own_guides / "maker.toml").read_text(encoding="utf-8")
    own = (
        block.replace("example = true", "example = false")
        .replace(".example", ".test")
        .replace("(example)", "")
    )
    own = own.replace("Sample Town", "Town").replace("Musterstadt", "Stadt")
    (own_guides / "maker.toml").write_text(own, encoding="utf-8")
    read_library.cache_clear()
    assert ids(checks.check_inserts_signed()) == ["guidebook.E004"] * 6
    sign(own_guides, read_library(own_guides))
    read_library.cache_clear()
    assert checks.check_inserts_signed() == []
    insert = read_library(own_guides).inserts["glass-cups"]
    assert insert.signed_by is not None
    assert insert.signed_by.name == "A. Person"
    assert "DRAFT" not in insert.html("en")


def test_flipping_the_flag_alone_is_not_enough(
    own_guides: Path, edit: Callable[[str, str, str], Library]
) -> None:
    edit("maker.toml", "example = true", "example = false")
    assert "guidebook.E003" in ids(checks.check_inserts_signed())


def test_a_signature_does_not_cover_other_words(
    own_guides: Path, edit: Callable[[str, str, str], Library]
) -> None:
    sign(own_guides, read_library(own_guides))
    changed = edit("limits.toml", "value = 10\n", "value = 9\n")
    assert changed.inserts["silicone-cups"].signed_by is None
    assert changed.inserts["massage-oil"].signed_by is not None


def test_half_a_signature_is_refused(own_guides: Path) -> None:
    (own_guides / "signoff.toml").write_text(
        '[[signed]]\ninsert = "glass-cups"\nversion = "1.0"\n', encoding="utf-8"
    )
    read_library.cache_clear()
    assert "A signature lacks: name, role, date, digest" in str(checks.check_guides_readable()[0])


def test_a_broken_file_is_a_check_error_with_its_line(own_guides: Path) -> None:
    (own_guides / "limits.toml").write_text("[minutes_max]\nvalue = -1\n", encoding="utf-8")
    read_library.cache_clear()
    found = checks.check_guides_readable()
    assert ids(found) == ["guidebook.E001"]
    assert "limits.toml, line 2: The limit minutes_max is not a whole number above 0." in str(found[0])
