"""The look-up of known weaknesses: finds fail it, silence is said and never taken for a clean answer."""

from pathlib import Path
from typing import Any

import pytest

from tests import advisories

CLEAN = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("answers", "code", "line"),
    [
        ({"pypi": [CLEAN, WEAK]}, 1, "b 2: CVE-1; mended in 2.1"),
        ({"pypi": [CLEAN, UNKNOWN]}, 0, "1 packages, none with a known weakness (pypi)."),
        ({"pypi": [UNKNOWN], "osv": [WEAK]}, 1, "b 2: CVE-1; mended in 2.1"),
        ({"pypi": [UNKNOWN]}, 0, "not looked up: no source"),
        ({}, 0, "not looked up: no source"),
    ],
)
def test_what_the_sources_say_decides(
    answers: dict[str, Any], code: int, line: str, monkeypatch: Any, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / ".audit").touch()
    monkeypatch.setattr(advisories, "VENV", tmp_path)
    monkeypatch.setattr(advisories, "ask", lambda source, lock: answers.get(source, []))
    assert advisories.main() == code
    assert line in capsys.readouterr().out


def test_a_source_that_does_not_answer_says_nothing(monkeypatch: Any, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "pip-audit"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setattr(advisories, "VENV", tmp_path)
    assert advisories.ask("osv", "a==1") == []


def test_one_package_is_asked_for_first() -> None:
    lock = "# made by\nceleryx==5.7 \\\n    --hash=sha256:aa\ndjango==5.2 \\\n    --hash=sha256:bb\n"
    assert advisories.first_package(lock) == "celeryx==5.7 \\\n    --hash=sha256:aa\n"
