"""What the engine is handed at start: all of it, or the start fails."""

from dataclasses import fields
from typing import Any

import pytest

from store.engine import ports
from store.engine.ports import EnginePorts, PortsNotConnected


def test_the_program_connects_every_part() -> None:
    connected = ports.connected()
    assert all(getattr(connected, field.name) is not None for field in fields(EnginePorts))


@pytest.mark.parametrize("left_out", [field.name for field in fields(EnginePorts)])
def test_a_part_that_is_left_out_is_an_error_at_start(left_out: str) -> None:
    parts: dict[str, Any] = {
        field.name: getattr(ports.connected(), field.name) for field in fields(EnginePorts)
    }
    del parts[left_out]
    with pytest.raises(TypeError, match=left_out):
        EnginePorts(**parts)


def test_an_engine_that_was_not_connected_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_connected", None)
    with pytest.raises(PortsNotConnected, match=r"ports\.connect"):
        ports.connected()
