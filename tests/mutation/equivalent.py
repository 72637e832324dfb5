"""The faults that change nothing anybody could see, by their line's code: they are named in the report, not counted."""

import tomllib
from pathlib import Path

from tests.mutation.faults import Fault

_LISTED = tomllib.loads(Path(__file__).with_name("equivalent.toml").read_text())["fault"]


def reason_why_nothing_changes(module: str, fault: Fault) -> str:
    """The reason for a fault of `module` (such as orders/state) that is listed in equivalent.toml, else ""."""
    for listed in _LISTED:
        if (listed["module"], listed["code"], listed["change"]) == (module, fault.code, fault.text):
            return str(listed["reason"])
    return ""


def stale(module: str, source: str) -> list[str]:
    """The listed lines of a module that it has no more."""
    lines = {line.strip() for line in source.splitlines()}
    return [one["code"] for one in _LISTED if one["module"] == module and one["code"] not in lines]
