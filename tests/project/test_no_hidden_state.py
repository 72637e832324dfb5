"""State travels in typed objects: nothing is put into another object's `__dict__`, and no object changes its class."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import store

ROOT = Path(store.__file__).parent


def hidden_writes(source: str) -> Iterator[int]:
    """Lines that touch `__dict__` or assign `__class__`, also by `setattr`, `vars` or `object.__setattr__`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr="__dict__"):
                yield node.lineno
            case ast.Attribute(attr="__class__", ctx=ast.Store()):
                yield node.lineno
            case ast.Call(func=ast.Name("vars"), args=[_, *_]):
                yield node.lineno
            case ast.Call(args=[_, ast.Constant("__class__"), _]):
                yield node.lineno


@pytest.mark.parametrize(
    "line",
    [
        "row.__dict__['channel'] = 1",
        "row.__dict__.update(channel=1)",
        "row.__dict__ |= {}",
        "enum.__class__ = StringEnum",
        "vars(row)['channel'] = 1",
        "setattr(enum, '__class__', StringEnum)",
    ],
)
def test_each_way_to_hide_state_is_found(line: str) -> None:
    assert list(hidden_writes(line)) == [1]


def test_no_module_hides_state_in_other_objects() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in sorted(ROOT.rglob("*.py"))
        for line in hidden_writes(file.read_text())
    ]
    assert found == []


def test_no_module_reads_what_django_will_do_after_the_commit() -> None:
    assert [file.name for file in ROOT.rglob("*.py") if "run_on_commit" in file.read_text()] == []
