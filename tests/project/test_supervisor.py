"""The supervisor: nothing that it started outlives what it belongs to."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from store.management import supervisor
from store.management.commands import run
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


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """Stopping ignores signals for the rest of a process, which here is the test's, and is inherited by its children."""
    before = {number: signal.getsignal(number) for number in supervisor.STOP_SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


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


def stopping_supervisor(children: dict[str, list[str]], more: str = "") -> "subprocess.Popen[bytes]":
    """A supervisor of these children that kills them a second after SIGTERM; it is open at once and has no seed."""
    code = f"""
import os, signal, time
from store.management import supervisor
supervisor.STOP_TIMEOUT = 1.0
supervisor._open_web = lambda plan, web: True
supervisor._run_seed = lambda plan: True
{more}
raise SystemExit(supervisor.supervise({{"children": {children!r}, "is_new": False}}))
"""
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)


def test_a_second_signal_does_not_cut_the_stop_short(tmp_path: Path) -> None:
    stubborn = f"trap '' TERM; echo $$ > {tmp_path / 'pid'}; while :; do sleep 0.1; done"
    parent = stopping_supervisor({"web": ["sh", "-c", stubborn]})
    child = pid_in(tmp_path / "pid")
    parent.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(20) == 0
    wait_for(lambda: not is_running(child), 5, "the child to end")


def test_a_signal_whose_exception_python_drops_stops_the_shop(tmp_path: Path) -> None:
    in_finalizer = """
class Finalized:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.1)
supervisor._keep_running = lambda child: Finalized() and None
"""
    parent = stopping_supervisor({"web": ["sleep", "60"]}, in_finalizer)
    assert parent.wait(20) == 0


def test_processes_that_the_kernel_keeps_share_one_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]

    class Stuck:
        def wait(self, seconds: float) -> None:
            now[0] += seconds
            raise subprocess.TimeoutExpired("stuck", seconds)

    monkeypatch.setattr(supervisor, "time", SimpleNamespace(monotonic=lambda: now[0]))
    supervisor._wait_for_end([Stuck(), Stuck(), Stuck()])  # type: ignore[list-item]
    assert now[0] == supervisor.KILL_TIMEOUT


def test_only_the_first_signal_interrupts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "_stop_asked", threading.Event())
    with pytest.raises(KeyboardInterrupt):
        supervisor._raise_interrupt()
    supervisor._raise_interrupt()
    with pytest.raises(KeyboardInterrupt):
        supervisor._require_open()


def test_the_shop_ends_when_it_is_told_to_while_it_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a handler: the kernel spares the first process of a container a signal that it does not handle."""
    monkeypatch.setattr(run, "require_safe_deployment", lambda: os.kill(os.getpid(), signal.SIGTERM))
    with pytest.raises(SystemExit) as ended:
        run.Command().handle()
    assert ended.value.code == 128 + signal.SIGTERM
