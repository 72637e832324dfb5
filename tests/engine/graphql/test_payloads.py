"""A mutation's payload has every field that the schema serves: some function that makes it writes the key.

Or it is handed the key: mutations of one form are registered by a loop, and keep the name of their field.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from graphql import get_named_type

from store.engine.graphql import registry
from store.engine.graphql.naming import to_snake
from store.engine.graphql.schema import schema

DEPTH = 3  # calls that are followed from the resolver


def written_keys(function: Callable[..., Any], depth: int = DEPTH) -> set[str]:
    """The keys of the dicts in a function and in those of our engine that it calls, and the texts it was handed."""
    function = inspect.unwrap(function)
    handed = (cell.cell_contents for cell in function.__closure__ or ())
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    keys = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | {text for text in handed if isinstance(text, str)}
    if depth:
        for called in called_functions(tree, function.__globals__):
            keys |= written_keys(called, depth - 1)
    return keys


def called_functions(tree: ast.AST, names: dict[str, Any]) -> Iterator[Callable[..., Any]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = names.get(node.func.id)
            if inspect.isfunction(called) and called.__module__.startswith("store.engine.graphql"):
                yield called


MUTATION = schema().mutation_type
assert MUTATION is not None


@pytest.mark.parametrize("name", sorted(MUTATION.fields))
def test_every_field_of_the_payload_is_written(name: str) -> None:
    payload: Any = get_named_type(MUTATION.fields[name].type)
    resolvers = registry.SaleorType.registry.get(payload.name)
    fields = {to_snake(field) for field in payload.fields if not field.lower().endswith("errors")}
    own = {field for field in fields if hasattr(resolvers, field)}
    assert fields - own - written_keys(registry.mutations[name]) == set()
