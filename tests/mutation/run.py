"""A pytest plugin that runs the collected tests once as they are, then once for each fault, in a process of its own.

The first run notes which lines each test executes and how long it takes. A fault is tried with the tests that execute
its line, the quickest first, until one fails. The fault is planted by exchanging the code of the function that is
already imported, so that nothing is imported or migrated twice.
"""

import gc
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, FunctionType
from typing import Any

import pytest

from tests.mutation.faults import Fault, sample

MAX_SECONDS = (
    120  # of processor time, so that a busy machine finds no more; a fault that takes longer counts as found
)


@dataclass
class Result:
    """What became of the faults of a module."""

    module: str
    found: int = 0
    survived: list[Fault] = field(default_factory=list)
    not_reached: list[Fault] = field(default_factory=list)

    @property
    def planted(self) -> int:
        return self.found + len(self.survived) + len(self.not_reached)

    def __str__(self) -> str:
        lines = [f"| {self.module} | {self.found} of {self.planted} |"]
        for label, faults in (("survives", self.survived), ("no test executes it", self.not_reached)):
            lines += [f"    line {fault.line}: {fault.text}, {label}" for fault in faults]
        return "\n".join(lines)


class Plugin:
    """`modules`: the files that faults are planted in; `results` are there after the run."""

    def __init__(self, modules: list[Path], *, count: int, seed: int) -> None:
        self.modules, self.count, self.seed = modules, count, seed
        self.results: list[Result] = []
        self.has_failed = False
        self._files = {str(path) for path in modules}
        self._tests_by_line: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self._seconds: dict[int, float] = {}
        self._functions: list[FunctionType] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.has_failed |= report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for number in range(len(session.items)):
            self._run_as_is(session, number)
        if self.has_failed:
            raise session.Failed("the tests fail without any fault")
        database = _database_files()
        gc.unfreeze()  # what an earlier package froze is not among `get_objects`
        self._functions = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
        gc.freeze()  # so that a child does not copy the memory of all objects
        for path in self.modules:
            result = Result(path.stem)
            self.results.append(result)
            for fault in sample(path, count=self.count, seed=self.seed):
                self._try(session, path, fault, result, database)
            print(f"\n{result}", flush=True)
        return True

    def _run_as_is(self, session: pytest.Session, number: int) -> None:
        lines: set[tuple[str, int]] = set()

        def trace(frame: FrameType, event: str, _argument: Any) -> Any:
            return trace_lines if frame.f_code.co_filename in self._files else None

        def trace_lines(frame: FrameType, event: str, _argument: Any) -> Any:
            lines.add((frame.f_code.co_filename, frame.f_lineno))
            return trace_lines

        started = time.perf_counter()
        sys.settrace(trace)
        try:
            _run_test(session, number)
        finally:
            sys.settrace(None)
        self._seconds[number] = time.perf_counter() - started
        for line in lines:
            self._tests_by_line[line].append(number)

    def _try(
        self, session: pytest.Session, path: Path, fault: Fault, result: Result, database: dict[Path, bytes]
    ) -> None:
        numbers = sorted(self._tests_by_line[str(path), fault.line], key=self._seconds.__getitem__)
        if not numbers:
            result.not_reached.append(fault)
        elif self._is_found(session, path, fault, numbers):
            result.found += 1
        else:
            result.survived.append(fault)
        for file, content in database.items():
            file.write_bytes(content)

    def _is_found(self, session: pytest.Session, path: Path, fault: Fault, numbers: list[int]) -> bool:
        child = os.fork()
        if child:
            return os.waitpid(child, 0)[1] != 0
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
        try:
            self._plant(path, fault)
            for number in numbers:
                _run_test(session, number)
                if self.has_failed:
                    os._exit(1)
        except BaseException:  # a fault may break anything, the test runner included
            os._exit(1)
        os._exit(0)

    def _plant(self, path: Path, fault: Fault) -> None:
        for function in self._functions:
            code = function.__code__
            if code.co_filename == str(path):
                function.__code__ = fault.codes.get((code.co_qualname, code.co_firstlineno), code)


def _run_test(session: pytest.Session, number: int) -> None:
    """Run one test. Naming the session as what comes next keeps the session's fixtures, and no others."""
    item = session.items[number]
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)


def _database_files() -> dict[Path, bytes]:
    """The test database's files with their content, while no connection is open."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    name = Path(settings.DATABASES["default"]["TEST"]["NAME"])
    return {file: file.read_bytes() for file in name.parent.glob(f"{name.name}*")}
