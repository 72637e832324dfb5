"""A full disk, a database or a broker that goes away for a while: a clear answer meanwhile, nothing lost, and the shop
goes on by itself when it is back."""

import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path

import pytest

from bench.load import HttpClient
from bench.pages import add_to_cart, buy
from tests.journeys import running_shops
from tests.journeys.running_shops import Stack, wait_for
from tests.journeys.tcp_relay import TcpRelay

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.timeout(400)]
SET = "silicone-glide-pair"
SMALL_DISK_MB = 80


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small-disk"
    folder.mkdir()
    options = f"size={SMALL_DISK_MB}m"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"needs the right to mount a small disk: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Write a file until there is no room, in large pieces and then in small ones."""
    file = folder / "filler"
    with file.open("wb", buffering=0) as sink:
        for size in (1_000_000, 4096):
            with pytest.raises(OSError, match="No space left"):
                write_for_ever(sink, bytes(size))
    return file


def write_for_ever(sink: FileIO, piece: bytes) -> None:
    while True:
        sink.write(piece)


def answer_to_add_to_cart(stack: Stack) -> str:
    try:
        add_to_cart(HttpClient(stack.url), SET)
    except RuntimeError as error:
        return str(error)
    return "added"


def can_buy(stack: Stack) -> bool:
    try:
        buy(HttpClient(stack.url), SET)
    except (RuntimeError, OSError, StopIteration):
        return False
    return True


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def orders(stack: Stack) -> int:
    code = "from store.engine.orders.models import Order; print(Order.objects.count())"
    return int(stack.manage("shell", "--no-imports", "-v", "0", "-c", code))


def test_a_full_disk_is_told_and_nothing_is_lost(small_disk: Path, seeded_folder: Path) -> None:
    with running_shops.separate(small_disk, copy_of=seeded_folder) as stack:
        buy(HttpClient(stack.url), SET)
        stack.wait_for_mails(2)
        filler = fill(small_disk)
        assert "503" in answer_to_add_to_cart(stack)
        assert status_of(f"{stack.url}/products/{SET}/") == 200  # looking and reading goes on
        assert status_of(f"{stack.url}/healthz") == 503
        assert stack.health()["disk"]["ok"] is False
        filler.unlink()
        buy(HttpClient(stack.url), SET)
        assert len(stack.wait_for_mails(4)) == 4
        assert set(stack.deliveries().values()) == {1}
        assert orders(stack) == 2
        assert [name for name, process in stack.processes.items() if process.poll() is not None] == []


@pytest.mark.postgres
def test_postgresql_gone_and_back(tmp_path: Path, new_postgres: Callable[[], str]) -> None:
    with (
        TcpRelay(new_postgres(), default_port=5432) as relay,
        running_shops.separate(tmp_path, DATABASE_URL=relay.url) as stack,
    ):
        buy(HttpClient(stack.url), SET)
        stack.wait_for_mails(2)
        relay.cut()
        assert "503" in answer_to_add_to_cart(stack)
        assert status_of(f"{stack.url}/healthz") == 503
        relay.restore()
        wait_for(lambda: can_buy(stack), 60, "the shop to sell again")
        assert len(stack.wait_for_mails(4, seconds=90)) == 4
        assert orders(stack) == 2
        wait_for(lambda: len(stack.deliveries()) == 4, 30, "every delivery to be recorded")
        assert set(stack.deliveries().values()) == {1}


@pytest.mark.redis
def test_redis_gone_and_back(tmp_path: Path, seeded_folder: Path, redis_url: str) -> None:
    """Orders go on without Redis, and so do both logins; the mails follow when it is back."""
    with (
        TcpRelay(redis_url, default_port=6379) as relay,
        running_shops.separate(tmp_path, copy_of=seeded_folder, REDIS_URL=relay.url) as stack,
    ):
        buy(HttpClient(stack.url), SET)
        stack.wait_for_mails(2)
        relay.cut()
        buy(HttpClient(stack.url), SET)
        assert status_of(f"{stack.url}/admin/login/") == 200
        assert stack.health()["broker"]["ok"] is False
        relay.restore()
        assert len(stack.wait_for_mails(4, seconds=120)) == 4
        wait_for(lambda: len(stack.deliveries()) == 4, 60, "every delivery to be recorded")
        assert set(stack.deliveries().values()) == {1}


def test_a_folder_that_can_only_be_read_is_refused_by_name(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    environment = running_shops.environment(small_disk)
    command = running_shops.RUN_COMMAND
    refused = subprocess.run(
        command,
        cwd=running_shops.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert refused.returncode == 1
    assert str(small_disk) in refused.stderr
    assert "Traceback" not in refused.stderr
    assert list(small_disk.iterdir()) == []
