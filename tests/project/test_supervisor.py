"""The supervisor: nothing that it started outlives what it belongs to."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store.management import supervisor
from store.management.supervisor import Child
from tests.journeys.running_shops import wait_for

# A main process with a server process of its own, as the web server is; it writes down the pid of the second.
SERVER = "sleep 60 & echo $! > {pid_file}; wait"


def server(pid_file: Path) -> Child:
    return Child("web", ["sh", "-c", SERVER.format(pid_file=pid_file)])


def pid_in(file: Path) -> int:
    wait_for(lambda: file.exists() and file.read_text().endswith("\n"), 10, "the server process to start")
    return int(file.read_text())


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def child(tmp_path: Path) -> Child:
    made = server(tmp_path / "pid")
    made.start()
    yield made
    made.kill_group()


def test_a_server_process_ends_before_its_successor_starts(child: Child, tmp_path: Path) -> None:
    orphan = pid_in(tmp_path / "pid")
    assert child.process
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    assert is_running(orphan)
    supervisor._keep_running(child)
    wait_for(lambda: not is_running(orphan), 5, "the orphan to end")


def test_it_ends_when_the_shop_is_closed_although_its_parent_is_gone(child: Child, tmp_path: Path) -> None:
    orphan = pid_in(tmp_path / "pid")
    assert child.process
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    supervisor._stop_all([child])
    wait_for(lambda: not is_running(orphan), 5, "the orphan to end")


def test_a_child_is_told_to_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    code = f"""
import time
from store.management.supervisor import Child
child = Child("worker", ["sleep", "60"])
child.start()
open({str(tmp_path / "pid")!r}, "w").write(f"{{child.process.pid}}\\n")
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", code])
    child = pid_in(tmp_path / "pid")
    assert is_running(child)
    parent.kill()
    parent.wait()
    wait_for(lambda: not is_running(child), 5, "the child to end")


def killed_parent(code: str, pid_file: Path) -> int:
    """Run `code`, which starts a child and then sleeps; kill it when the child runs. Returns the child's pid."""
    parent = subprocess.Popen([sys.executable, "-c", code])
    child = pid_in(pid_file)
    assert is_running(child)
    parent.kill()
    parent.wait()
    return child


def test_a_server_process_ends_when_the_web_server_was_killed_and_nobody_is_left_to_tell_it(
    tmp_path: Path,
) -> None:
    code = f"""
import multiprocessing, os, pathlib, time
from store.parent_process import end_with_server

def serve():
    end_with_server()
    pathlib.Path({str(tmp_path / "pid")!r}).write_text(f"{{os.getpid()}}\\n")
    time.sleep(60)

multiprocessing.get_context("fork").Process(target=serve).start()
time.sleep(60)
"""
    child = killed_parent(code, tmp_path / "pid")
    wait_for(lambda: not is_running(child), 5, "the server process to end")


def test_a_seed_ends_with_the_supervisor(tmp_path: Path) -> None:
    seed = ["sh", "-c", f"echo $$ > {tmp_path / 'pid'}; exec sleep 60"]
    code = f"from store.management import supervisor; supervisor._run_seed({{'seed': {seed!r}}})"
    child = killed_parent(code, tmp_path / "pid")
    wait_for(lambda: not is_running(child), 5, "the seed to end")


def test_a_process_whose_parent_died_before_it_could_ask_ends_too() -> None:
    code = (
        "import signal; from store.parent_process import end_with_parent; end_with_parent(1, signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
