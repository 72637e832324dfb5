"""The PDFs of the inserts are ready before somebody asks for them."""

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from store import guidebook
from store.guidebook import pdf, pdfs_ahead


@pytest.fixture
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of data; building, which takes seconds, is replaced: test_pdf.py has the PDFs themselves."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(pdf, "build", lambda *_: b"%PDF-")
    monkeypatch.setattr(pdf, "_FILES", {})
    monkeypatch.setattr(pdfs_ahead, "PAUSE", 0)
    return tmp_path / "inserts"


def test_every_insert_is_built_once_in_each_language_and_size(folder: Path) -> None:
    wanted = len(guidebook.library().inserts) * 3 * 2
    assert pdfs_ahead.build_missing() == wanted
    assert len(list(folder.glob("*.pdf"))) == wanted
    assert pdfs_ahead.build_missing() == 0
    next(folder.glob("*-de-a4-*.pdf")).unlink()
    assert [(lang, size) for _, lang, size in pdfs_ahead.missing()] == [("de", "a4")]


def test_two_workers_do_not_build_side_by_side(folder: Path) -> None:
    folder.mkdir()
    with (folder / ".building").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert pdfs_ahead.build_missing() == 0


def test_a_worker_starts_a_process_only_when_a_pdf_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    started: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        started.append(command)
        return subprocess.CompletedProcess(command, -signal.SIGTERM)  # as when the shop is closed

    monkeypatch.setattr(subprocess, "run", run)
    pdfs_ahead.build_later()
    assert not caplog.records
    assert started[0][1:] == ["-m", "store.guidebook.pdfs_ahead", "--of", str(os.getpid())]
    pdfs_ahead.build_missing()
    pdfs_ahead.build_later()
    assert len(started) == 1


def test_the_process_that_builds_loads_no_app_of_the_shop() -> None:
    code = "import sys; from store.guidebook import pdfs_ahead as a; next(a.missing(), None); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ended.stdout.split())
    assert "store.guidebook.pdf" in loaded
    assert not loaded & {"store.engine", "store.storefront", "store.saleor", "graphql", "pydantic", "celery"}
