"""The embedded shop's queue: a worker survives whatever lies in its folder."""

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from store import message_files
from store.message_files import Channel


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Channel]:
    message_files.register()
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection(f"{message_files.SCHEME}://localhost//", transport_options=options) as connection:
        yield connection.channel()


def received(channel: Channel, queue: str = "default") -> list[int]:
    found = []
    while True:
        try:
            found.append(channel._get(queue)["n"])
        except Empty:
            return found


def test_messages_arrive_in_order_in_their_own_queue(channel: Channel) -> None:
    for n in range(3):
        channel._put("default", {"n": n})
        channel._put("safety", {"n": 10 + n})
    assert (received(channel), received(channel, "safety")) == ([0, 1, 2], [10, 11, 12])


def test_a_look_at_a_folder_that_did_not_change_does_not_list_it(
    channel: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "messages"
    os.utime(folder, (1_700_000_000, 1_700_000_000))
    assert received(channel) == []
    with monkeypatch.context() as patched:
        patched.setattr(Path, "iterdir", lambda _: pytest.fail("listed"))
        assert received(channel) == []
    channel._put("default", {"n": 1})
    assert received(channel) == [1]


def test_a_message_is_found_right_after_a_look_that_found_none(channel: Channel) -> None:
    """Both may happen between two ticks of the clock of the file system."""
    for n in range(200):
        assert received(channel) == []
        channel._put("default", {"n": n})
        assert received(channel) == [n]


def test_a_message_that_comes_during_a_look_is_found_by_the_next(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The listing takes longer than the folder's time of change can tell apart; a message came at its end."""
    changed_at = Path(channel.data_folder_in).stat().st_mtime_ns
    now = [changed_at + 1]
    monkeypatch.setattr(message_files.time, "time_ns", lambda: now[0])
    listing = Path.iterdir

    def slow(folder: Path) -> list[Path]:
        found = list(listing(folder))
        now[0] += 10 * message_files.MTIME_TICK_NS
        channel._put("default", {"body": 1})
        os.utime(folder, ns=(changed_at, changed_at))
        return found

    monkeypatch.setattr(Path, "iterdir", slow)
    with pytest.raises(Empty):
        channel._get("default")
    monkeypatch.setattr(Path, "iterdir", listing)
    assert channel._get("default") == {"body": 1}


@pytest.mark.parametrize("content", [b"", b'{"body": "a', b"\xff\xfe", b"[1, 2"])
def test_a_file_that_can_not_be_read_is_set_aside_and_told(
    channel: Channel, tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "messages" / "1_broken.default.msg").write_bytes(content)
    channel._put("default", {"n": 1})
    with caplog.at_level(logging.ERROR):
        assert received(channel) == [1]
    assert (tmp_path / "unreadable" / "1_broken.default.msg").read_bytes() == content
    assert "1_broken.default.msg can't be read" in caplog.text


def test_a_message_is_read_by_one_worker_and_never_half_written(channel: Channel, tmp_path: Path) -> None:
    sent, read, done = range(400), list[int](), threading.Event()

    def read_until_done() -> None:
        while not done.is_set():
            read.extend(received(channel))

    readers = [threading.Thread(target=read_until_done) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in sent:
        channel._put("default", {"n": n, "padding": "x" * 20_000})
    done.set()
    for reader in readers:
        reader.join(30)
    assert sorted(read + received(channel)) == list(sent)
    assert not (tmp_path / "unreadable").exists()


def test_bindings_that_can_not_be_read_are_made_anew(channel: Channel, tmp_path: Path) -> None:
    channel._queue_bind("default", "default", "", "default")
    (tmp_path / "control" / "default.exchange").write_bytes(b"")
    assert channel.get_table("default") == []
    channel._queue_bind("default", "default", "", "default")
    assert [row.queue for row in channel.get_table("default")] == ["default"]
