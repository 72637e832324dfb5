"""What the mailer does at once with others on PostgreSQL, in one process with a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.back_in_stock import test_sweeps_at_once
from tests.engine.orders import test_return_requests
from tests.faults import test_smtp_phases
from tests.mailer import (
    test_batches,
    test_early_reports,
    test_leases,
    test_lock_order,
    test_moved_orders,
    test_pauses,
    test_provider_reports,
    test_retention,
    test_sender_threads,
)
from tests.safety import test_moved_recalls

MODULES = (
    test_batches,
    test_early_reports,
    test_leases,
    test_lock_order,
    test_moved_orders,
    test_moved_recalls,
    test_pauses,
    test_provider_reports,
    test_retention,
    test_return_requests,
    test_sender_threads,
    test_smtp_phases,
    test_sweeps_at_once,
)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(600)
def test_what_workers_do_at_once_holds_on_postgresql(postgres_url: str, repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *(str(one.__file__) for one in MODULES)],
        cwd=repository,
        env=os.environ | {"DATABASE_URL": postgres_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
