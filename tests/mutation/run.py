"""A pytest plugin that plants each fault in a process of its own, forked from one that has imported everything.

Before that it runs each test once as it is, and notes which lines it executes and how long it takes; for tests and code
that did not change, an earlier run's notes serve (kept.py). A fault is tried with the tests that execute its line until
one fails: first the one that found it before, then the cheap ones and those that have found others. It is planted by
exchanging the code of the function that is already imported, so that nothing is imported or migrated twice.
"""

import gc
import os
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from tests.mutation.equivalent import reason_why_nothing_changes
from tests.mutation.faults import Fault, broken, executable_lines, sample
from tests.mutation.kept import ROOT, Kept, database_file

Codes = dict[tuple[str, int], CodeType]


@dataclass
class Result:
    """What became of the faults of a module, which `seconds` of processor time were spent on."""

    module: str
    found: int = 0
    survived: list[Fault] = field(default_factory=list)
    not_reached: list[Fault] = field(default_factory=list)
    equivalent: list[tuple[Fault, str]] = field(default_factory=list)
    seconds: float = 0

    @property
    def planted(self) -> int:
        """Without the faults that change nothing."""
        return self.found + len(self.survived) + len(self.not_reached)

    def __str__(self) -> str:
        lines = [f"| {self.module} | {self.found} of {self.planted} |"]
        for label, faults in (("survives", self.survived), ("no test executes it", self.not_reached)):
            lines += [f"    {fault}, {label}" for fault in faults]
        return "\n".join(lines + [f"    {fault}, not counted: {why}" for fault, why in self.equivalent])


class Plugin:
    """`modules`: the files of `package` that faults are planted in; `results` are there after the run."""

    def __init__(
        self, package: str, modules: list[Path], *, count: int, seed: int, max_seconds: float
    ) -> None:
        self.package, self.modules, self.count, self.seed = package, modules, count, seed
        self.max_seconds = max_seconds
        self.results: list[Result] = []
        self.has_failed = False
        self._kept = Kept(package)
        # All of the package, so that what is noted serves whichever module is asked for next.
        self._files = {str(path): str(path.relative_to(ROOT)) for path in modules[0].parent.glob("*.py")}
        self._tests_by_line: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self._keys: list[str] = []
        self._finders: Counter[int] = Counter()
        self._functions: list[FunctionType] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.has_failed |= report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._items = session.items
        self._run_as_is()
        if self.has_failed:
            raise session.Failed("the tests fail without any fault")
        self._database = _database_files()
        _keep(self._database)
        gc.unfreeze()  # what an earlier package froze is not among `get_objects`
        # by `type`: asking a lazy object what it is would make it
        self._functions = [one for one in gc.get_objects() if type(one) is FunctionType]
        gc.freeze()  # so that a child does not copy the memory of all objects
        if self._finder(self._first_of_each_file(), {}):
            raise session.Failed("tests fail in a child without any fault")
        for path in self.modules:
            self._measure(session, path)
        return True

    def _run_as_is(self) -> None:
        """Run and trace the tests that are new or changed, and one of each file, which fills the caches of the code."""
        once = set(self._first_of_each_file())
        for number, item in enumerate(self._items):
            self._keys.append(self._kept.key(item.nodeid, item.path))
            kept = self._kept.tests.get(item.nodeid)
            if not kept or kept["key"] != self._keys[number]:
                self._trace(number)
            elif number in once:
                _run_test(item)
            for file, lines in self._kept.tests[item.nodeid]["lines"].items():
                for line in lines:
                    self._tests_by_line[file, line].append(number)
        if not self.has_failed:
            self._kept.save()

    def _first_of_each_file(self) -> list[int]:
        return list({item.path: number for number, item in reversed(list(enumerate(self._items)))}.values())

    def _trace(self, number: int) -> None:
        lines: defaultdict[str, set[int]] = defaultdict(set)
        files = self._files

        def trace(frame: FrameType, event: str, _argument: Any) -> Any:
            return trace_lines if frame.f_code.co_filename in files else None

        def trace_lines(frame: FrameType, event: str, _argument: Any) -> Any:
            lines[frame.f_code.co_filename].add(frame.f_lineno)
            return trace_lines

        started = time.process_time()
        sys.settrace(trace)
        try:
            _run_test(self._items[number])
        finally:
            sys.settrace(None)
        self._kept.tests[self._items[number].nodeid] = {
            "key": self._keys[number],
            "seconds": time.process_time() - started,
            "lines": {files[file]: sorted(numbers) for file, numbers in lines.items()},
        }

    def _measure(self, session: pytest.Session, path: Path) -> None:
        result = Result(path.stem)
        self.results.append(result)
        self._finders.clear()
        spent = _child_seconds()
        executable = executable_lines(path)
        all_numbers = self._tests_of(path, executable)
        if all_numbers and self._finder(all_numbers[:3], broken(path)) is None:
            raise session.Failed(f"no test notices that every function of {path.stem} raises an error")
        for fault in sample(path, count=self.count, seed=self.seed):
            # Some parts of a statement, such as `filter` after a dot, are on a line that no instruction begins.
            lines = {fault.line} if fault.line in executable else fault.lines & executable
            self._try(path, fault, self._tests_of(path, lines), result)
        result.seconds = _child_seconds() - spent
        self._kept.save()
        print(f"\n{result}" if len(self.results) == 1 else result, flush=True)

    def _tests_of(self, path: Path, lines: set[int]) -> list[int]:
        file = self._files[str(path)]
        return sorted(
            {number for line in lines for number in self._tests_by_line[file, line]},
            key=lambda number: self._rank(number, file),
        )

    def _rank(self, number: int, file: str) -> float:
        """Low for what is cheap, has found faults of the module, or is about it: executes little else."""
        item = self._items[number]
        lines = self._kept.tests[item.nodeid]["lines"]
        share = len(lines[file]) / sum(map(len, lines.values()))
        is_its_own = Path(file).stem in item.path.stem
        return self._seconds(number) / (1 + self._finders[number]) / share / (10 if is_its_own else 1)

    def _seconds(self, number: int) -> float:
        return self._kept.tests[self._items[number].nodeid]["seconds"]

    def _try(self, path: Path, fault: Fault, numbers: list[int], result: Result) -> None:
        kept = self._kept.faults.setdefault(
            f"{path.stem} {fault.place} {fault}", {"found_by": "", "survived": []}
        )
        waiting = [number for number in numbers if self._keys[number] not in kept["survived"]]
        waiting.sort(key=lambda number: self._items[number].nodeid != kept["found_by"])
        tried = self._affordable(waiting)
        finder = self._finder(tried, fault.codes)
        why = reason_why_nothing_changes(f"{self.package}/{path.stem}", fault)
        if finder is not None:
            result.found += 1
            self._finders[finder] += 1
            kept["found_by"] = self._items[finder].nodeid
            return
        done = {self._keys[number] for number in numbers} - {self._keys[number] for number in waiting}
        kept["survived"] = sorted(done | {self._keys[number] for number in tried})
        if why:
            result.equivalent.append((fault, why))
        else:
            (result.survived if numbers else result.not_reached).append(fault)

    def _affordable(self, numbers: list[int]) -> list[int]:
        """As many of the tests as `max_seconds` allow. The next run goes on with those that are left."""
        costs = accumulate(map(self._seconds, numbers))
        return [number for number, cost in zip(numbers, costs, strict=True) if cost <= self.max_seconds]

    def _finder(self, numbers: list[int], codes: Codes) -> int | None:
        """The first of the tests that fails with these codes in the place of the functions', in a process of its own."""
        if not numbers:
            return None
        functions = self._functions_to_change(codes)
        told, to_tell = os.pipe()
        child = os.fork()
        if not child:
            os.close(told)
            _limit_seconds(int(20 + 5 * sum(map(self._seconds, numbers))))
            _leave_after(lambda: self._run_until_one_fails(numbers, functions, to_tell))
        os.close(to_tell)
        with os.fdopen(told, "rb") as running:
            told_numbers = running.read().split()
        status = os.waitpid(child, 0)[1]
        for file, content in self._database.items():
            file.write_bytes(content)
        if not told_numbers:
            raise RuntimeError("a child ended before its first test")
        return int(told_numbers[-1]) if status else None

    def _functions_to_change(self, codes: Codes) -> list[tuple[FunctionType, CodeType]]:
        """The imported functions with their new code. One with other free variables can't be exchanged and is left out.

        :raises RuntimeError: when none is left of those that should change.
        """
        changes = []
        for function in self._functions:
            old = function.__code__
            new = codes.get((old.co_qualname, old.co_firstlineno)) if old.co_filename in self._files else None
            if new is not None and old.co_filename == new.co_filename and new.co_freevars == old.co_freevars:
                changes.append((function, new))
        if codes and not changes:
            raise RuntimeError(f"no function to plant a fault in among {list(codes)}")
        return changes

    def _run_until_one_fails(
        self, numbers: list[int], functions: list[tuple[FunctionType, CodeType]], to_tell: int
    ) -> int:
        config = self._items[0].config
        config.option.tbstyle = "no"  # nobody reads how a test failed
        config.pluginmanager.unregister(name="terminalreporter")
        for function, code in functions:
            function.__code__ = code
        for number in numbers:
            os.write(to_tell, f"{number} ".encode())
            _run_test(self._items[number])
            if self.has_failed:
                return 1
        return 0


def _run_test(item: pytest.Item) -> None:
    """Run one test. Naming the session as what comes next keeps the session's fixtures, and no others."""
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=item.session)


def _limit_seconds(seconds: int) -> None:
    """Of processor time, so that a busy machine finds no more; a fault that takes longer counts as found."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _leave_after(run: Callable[[], int]) -> None:
    """End this process with the status that `run` returns, 1 after any exception, without a word."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        os._exit(run())
    except BaseException:  # a fault may break anything, the test runner included
        os._exit(1)


def _child_seconds() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _database_files() -> dict[Path, bytes]:
    """The test database's files with their content, while no connection is open."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    name = Path(settings.DATABASES["default"]["TEST"]["NAME"])
    return {file: file.read_bytes() for file in name.parent.glob(f"{name.name}*")}


def _keep(database: dict[Path, bytes]) -> None:
    """Keep the emptied database for the next run, if SQLite left nothing beside it."""
    if len(database) == 1:
        for content in database.values():
            database_file().write_bytes(content)
