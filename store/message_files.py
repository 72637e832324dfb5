"""The queue of the embedded shop: kombu's filesystem transport with files that are never seen half written.

kombu writes a message into a file that other processes already see. A worker that reads it in between finds an empty
file, fails to decode it and ends. Here a file gets its name when it is complete, and one that can't be read (a full
disk, a power cut) is set aside and logged instead of ending the worker: the next sweep does its work.

A worker looks for messages twenty times a second (`polling_interval`). Such a look asks when the folder was changed and
no more, so that a message waits for a twentieth of a second and a shop at rest costs next to nothing.
"""

import logging
import time
import uuid
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.transport.filesystem import exchange_queue_t
from kombu.utils.json import dumps, loads

log = logging.getLogger(__name__)
SCHEME = "messagefiles"
UNREADABLE = "unreadable"  # folder beside the messages
# Two changes of a folder within this time may leave it with one time of change.
MTIME_TICK_NS = 50_000_000


class Channel(filesystem.Channel):
    """Raises ChannelError when a message can't be written; the caller's row stays due for the next sweep."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._empty_at: dict[
            str, int
        ] = {}  # queue -> time of change of a folder that holds none of its messages

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # kombu names it twice
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        _write(Path(self.data_folder_out) / name, payload)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The oldest message. Whoever deletes its file owns it. Raises Empty."""
        folder = Path(self.data_folder_in)
        changed_at = folder.stat().st_mtime_ns
        if self._empty_at.get(queue) == changed_at:
            raise Empty  # nothing was written since the last look
        looked_at = time.time_ns()  # before the listing: what is written during it may not be in it
        for path in sorted(folder.iterdir()):
            if path.name.partition(".")[2] != f"{queue}.msg":
                continue
            try:
                content = path.read_bytes()
                path.unlink()
            except FileNotFoundError:  # another worker was faster
                continue
            try:
                return loads(content.decode())
            except ValueError:
                _set_aside(folder.parent / UNREADABLE / path.name, content)
        if looked_at - changed_at > MTIME_TICK_NS:
            self._empty_at[queue] = changed_at
        raise Empty

    def get_table(self, exchange: str) -> list[exchange_queue_t]:
        """The queues bound to an exchange; none if their file is missing or can't be read."""
        try:
            return [exchange_queue_t(*row) for row in loads(self._exchange_file(exchange).read_text())]
        except FileNotFoundError:
            return []
        except (ValueError, TypeError):
            log.error("the bindings of exchange %r can't be read; they are made anew", exchange)
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        bound = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._change_table(exchange, lambda rows: rows if bound in rows else [bound, *rows])

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *_: Any, **__: Any) -> None:
        self._purge(queue)
        bound = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._change_table(exchange, lambda rows: [row for row in rows if row != bound])

    def _change_table(
        self, exchange: str, change: Callable[[list[exchange_queue_t]], list[exchange_queue_t]]
    ) -> None:
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / ".lock").open("w") as lock:
            flock(lock, LOCK_EX)
            before = self.get_table(exchange)
            if (after := change(before)) != before:
                _write(self._exchange_file(exchange), after)


class Transport(filesystem.Transport):
    Channel = Channel
    driver_type = driver_name = SCHEME


def _write(path: Path, content: Any) -> None:
    """Write JSON under another name first, so that the file is complete when it appears."""
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4()}")
    try:
        unfinished.write_text(dumps(content))
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ChannelError(f"The queue can't write {path.name}: {error.strerror}") from error


def _set_aside(path: Path, content: bytes) -> None:
    log.error("queue message %s can't be read and is set aside; the next sweep does its work", path.name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def register() -> None:
    """Make `messagefiles://` known to kombu."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
