"""What refused requests leave in the log."""

import io
import logging
from typing import Any

import pytest
from django.test import Client

from store.log_lines import OneLine


@pytest.fixture
def log() -> Any:
    """What is written of refused requests."""
    handlers = logging.getLogger("django.security").handlers
    handler: Any = next(one for one in handlers if isinstance(one.formatter, OneLine))
    lines = io.StringIO()
    before = handler.setStream(lines)
    yield lines
    handler.setStream(before)


def test_a_refused_request_is_one_line_without_traceback(log: io.StringIO) -> None:
    assert Client(raise_request_exception=False).get("/", HTTP_HOST="evil.example").status_code == 400
    assert [line.count("evil.example") for line in log.getvalue().splitlines()] == [2]


def test_a_client_can_neither_forge_a_line_nor_fill_the_log(log: io.StringIO) -> None:
    host = "a\n2026-11-28 ERROR forged\x1b[2J" + "x" * 10_000
    assert Client(raise_request_exception=False).get("/", HTTP_HOST=host).status_code == 400
    (line,) = log.getvalue().splitlines()
    assert ("\x1b" in line, len(line)) == (False, 300)
