"""Which tests run in the same pytest-xdist worker, so that a server, a browser or a seeded shop is started once.

A file is never split. The scheduler `loadgroup` would read the marker `xdist_group`, which xdist 3.8 loses with
pytest 9.2: all groups were ignored, and each worker started servers of its own.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/journeys/", "tests/seed/")


def scope_of(nodeid: str) -> str:
    """The name of the group of tests that this one belongs to."""
    file, _, test = nodeid.partition("::")
    for folder in TOGETHER:
        if file.startswith(folder):
            return folder
    if file.startswith("tests/contract/") and "[" in test:  # one engine for each database
        return "tests/contract/ on " + ("postgres" if "postgres" in test.partition("[")[2] else "sqlite")
    return file


class FilesAndFolders(LoadScopeScheduling):
    """Hands out groups in the order of collection: the long ones, browser to journeys, begin early."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesAndFolders:
    config.option.loadscopereorder = False
    return FilesAndFolders(config, log)
