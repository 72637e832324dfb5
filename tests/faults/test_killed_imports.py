"""kill -9 in the middle of an import of several pieces, then a restart."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.timeout(300)]


def test_a_killed_import_has_whole_pieces_and_is_finished_after_the_restart(tmp_path: Path) -> None:
    def child(verb: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tests.faults.import_child", verb],
            env=os.environ | {"DATA_DIR": str(tmp_path), "DATABASE_URL": ""},
            capture_output=True,
            text=True,
            check=False,
        )

    assert child("begin").returncode == -signal.SIGKILL
    assert child("show").stdout.split() == ["applying", "100", "100"]
    finished = child("finish")
    assert finished.returncode == 0, finished.stderr
    assert child("show").stdout.split() == ["applied", "250", "250"]
