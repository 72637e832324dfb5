"""The web server ends when it is asked to, whatever its server process does."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.management.commands.run import ANSWER_SECONDS
from tests.journeys.kill_run import children
from tests.journeys.running_shops import ROOT, free_port


@pytest.mark.fault
def test_a_server_process_that_does_not_hear_holds_up_nobody(tmp_path: Path) -> None:
    own = os.environ | {"DATA_DIR": str(tmp_path), "PORT": str(free_port()), "HOST": "127.0.0.1"}
    web = subprocess.Popen([sys.executable, "manage.py", "web"], cwd=ROOT, env=own, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while not (found := children(web.pid)) and time.monotonic() < deadline:
            time.sleep(0.1)
        os.kill(found[0], signal.SIGSTOP)
        web.terminate()
        web.wait(ANSWER_SECONDS + 20)
        assert not Path(f"/proc/{found[0]}").exists()
    finally:
        if web.poll() is None:
            os.killpg(web.pid, signal.SIGKILL)
            web.wait()
