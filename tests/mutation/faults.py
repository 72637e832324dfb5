"""The faults that can be planted in a module: one small change in one function each.

What is changed is arithmetic and guards: comparisons with their numbers and words, conditions, operators, results,
numbers, filters of queries, and calls for their effect. Left out: code outside functions, default values, types,
assertions, texts that nothing is compared with (names of fields, sentences for people), and `durable=True` of
transactions, which changes nothing unless somebody nests them.
"""

import ast
import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

Change = Callable[[], None]
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "filter": "exclude", "exclude": "filter"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A change (`text`) of the line `code`.

    `lines` are all of its function; `place` tells it from the others of its module; `codes` is the changed code of the
    function at the module's or class's level, by (qualified name, first line).
    """

    line: int
    code: str
    text: str
    lines: set[int]
    place: str
    codes: dict[tuple[str, int], CodeType]

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}: {self.code}"


@dataclass(frozen=True, slots=True)
class Place:
    """The `variant`-th change of the `index`-th node of the `function`-th function."""

    function: int
    index: int
    variant: int
    line: int
    text: str


def sample(path: Path, *, count: int, seed: int) -> list[Fault]:
    """`count` faults of a module, the same ones for the same seed and source; all where there are fewer."""
    tree = ast.parse(path.read_text(), filename=str(path))
    places = list(_places(tree))
    if len(places) > count:
        places = random.Random(f"{seed} {path.name}").sample(places, count)
    return [_plant(tree, place, path) for place in sorted(places, key=lambda one: one.line)]


def _places(tree: ast.Module) -> Iterator[Place]:
    for number, function in enumerate(_functions(tree)):
        for index, node in enumerate(_nodes(function)):
            for variant, (text, _) in enumerate(_changes(node)):
                line = node.target.lineno if isinstance(node, ast.comprehension) else _line(node)
                yield Place(number, index, variant, line or function.lineno, text)


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def _plant(tree: ast.Module, place: Place, path: Path) -> Fault:
    changed = copy.deepcopy(tree)
    function = _functions(changed)[place.function]
    _changes(_nodes(function)[place.index])[place.variant][1]()
    return Fault(
        place.line,
        path.read_text().splitlines()[place.line - 1].strip(),
        place.text,
        set(range(function.lineno, (function.end_lineno or function.lineno) + 1)),
        f"{function.name} {place.index} {place.variant}",
        _compiled(changed, path, function),
    )


def broken(path: Path) -> dict[tuple[str, int], CodeType]:
    """The codes of all functions of a module, each of which raises an error at once."""
    tree = ast.parse(path.read_text(), filename=str(path))
    for function in _functions(tree):
        function.body = [ast.parse("raise RuntimeError('planted')").body[0]]
    return _compiled(tree, path, None)


def executable_lines(path: Path) -> set[int]:
    """The lines that some instruction of a module's functions belongs to, other than their first ones."""
    waiting, lines = list(_outer_codes(compile(path.read_text(), path, "exec"))), set()
    while waiting:
        code = waiting.pop()
        lines |= {line for _, _, line in code.co_lines() if line and line != code.co_firstlineno}
        waiting += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    return lines


def _compiled(
    tree: ast.Module, path: Path, function: ast.FunctionDef | None
) -> dict[tuple[str, int], CodeType]:
    """The codes of the outer functions of a tree, or only that of `function`."""
    ast.fix_missing_locations(tree)
    lines = {function.lineno, *(one.lineno for one in function.decorator_list)} if function else set()
    return {
        (code.co_qualname, code.co_firstlineno): code
        for code in _outer_codes(compile(tree, path, "exec"))
        if not function or code.co_firstlineno in lines
    }


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Functions of the module and methods of its classes; inner functions belong to their outer one."""
    bodies = [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    return [node for body in bodies for node in body if isinstance(node, ast.FunctionDef)]


def _outer_codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            is_function = inner.co_flags & 0x2  # CO_NEWLOCALS, which a class body does not have
            yield from [inner] if is_function else _outer_codes(inner)


def _nodes(function: ast.FunctionDef) -> list[ast.AST]:
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Assert | ast.JoinedStr) or _is_docstring(node) or _changes_nothing(node):
            continue
        found.append(node)
        waiting += [
            child
            for name, value in ast.iter_fields(node)
            if name not in ("annotation", "returns", "args", "decorator_list") or isinstance(node, ast.Call)
            for child in (value if isinstance(value, list) else [value])
            if isinstance(child, ast.AST)
        ]
    return found


def _is_docstring(node: ast.AST) -> bool:
    """A docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes_nothing(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg in ("durable", "strict")


def _changes(node: ast.AST) -> list[tuple[str, Change]]:  # noqa: PLR0911
    """The changes of one node: what each does, and the function that does it in place."""
    match node:
        case ast.Compare():
            return [
                (f"{_sign(op)} becomes {_sign(other())}", _setter(node.ops, at, other()))
                for at, op in enumerate(node.ops)
                for other in COMPARISONS[type(op)]
            ] + [change for part in (node.left, *node.comparators) for change in _word_changes(part)]
        case ast.BoolOp():
            other: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            return [(f"{_sign(node.op)} becomes {_sign(other)}", _attribute_setter(node, "op", other))]
        case ast.UnaryOp(op=ast.Not()):
            negated = ast.UnaryOp(ast.Not(), node.operand)
            return [("not is dropped", _attribute_setter(node, "operand", negated))]
        case ast.UnaryOp(op=ast.USub()):
            return [("- becomes +", _attribute_setter(node, "op", ast.UAdd()))]
        case ast.BinOp() | ast.AugAssign() if type(node.op) in OPERATORS:
            swapped = OPERATORS[type(node.op)]()
            return [(f"{_sign(node.op)} becomes {_sign(swapped)}", _attribute_setter(node, "op", swapped))]
        case ast.If() | ast.IfExp() | ast.While():
            values = (False,) if isinstance(node, ast.While) else (True, False)
            return [
                (f"the condition is {value}", _attribute_setter(node, "test", ast.Constant(value)))
                for value in values
            ]
        case ast.comprehension():
            return [
                (f"without `if` {at + 1}", _setter(node.ifs, at, ast.Constant(True)))
                for at in range(len(node.ifs))
            ]
        case ast.Constant():
            return _constant_changes(node)
        case ast.Return() if node.value is not None and not _is_none(node.value):
            return [("returns None", _attribute_setter(node, "value", ast.Constant(None)))]
        case ast.Expr(value=ast.Call()):
            return [("the call is dropped", _attribute_setter(node, "value", ast.Constant(None)))]
        case ast.Name() if node.id in ("min", "max", "any", "all"):
            return [(f"{node.id} becomes {NAMES[node.id]}", _attribute_setter(node, "id", NAMES[node.id]))]
        case ast.Attribute() if node.attr in ("filter", "exclude"):
            return [
                (f"{node.attr} becomes {NAMES[node.attr]}", _attribute_setter(node, "attr", NAMES[node.attr]))
            ]
    return []


def _constant_changes(node: ast.Constant) -> list[tuple[str, Change]]:
    value = node.value
    if not isinstance(value, int):
        return []
    changed = not value if isinstance(value, bool) else value + 1
    return [(f"{value!r} becomes {changed!r}", _attribute_setter(node, "value", changed))]


def _word_changes(part: ast.expr) -> list[tuple[str, Change]]:
    """Changes of the words that something is compared with, such as a status."""
    words = [part] if isinstance(part, ast.Constant) else getattr(part, "elts", [])
    return [
        (f"{word.value!r} becomes another", _attribute_setter(word, "value", f"{word.value}X"))
        for word in words
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    ]


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _setter(values: list, at: int, new: object) -> Change:
    def change() -> None:
        values[at] = new

    return change


def _attribute_setter(node: ast.AST, name: str, new: object) -> Change:
    return lambda: setattr(node, name, new)


def _sign(op: ast.AST) -> str:
    return type(op).__name__
