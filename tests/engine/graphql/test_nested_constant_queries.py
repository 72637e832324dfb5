"""Every field of the rows of every list, with the fields below it, takes as many SQL statements for four rows as for
six. The queries are made from the schema, so that a new field is tested by itself."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from store.engine.graphql.response_cache import RESPONSE_CACHE
from store.engine.graphql.schema import schema
from tests.engine.api_client import execute
from tests.engine.graphql.full_shop import ROWS, create_draft_orders
from tests.engine.merchant import Merchant

QUERY = schema().query_type
assert QUERY is not None
ARGUMENTS = {
    "languageCode": "DE",
    "channel": '"default-channel"',
    "key": '"lot"',
    "first": "3",
    "id": '"UHJvZHVjdE1lZGlhOjE="',
    "kind": "PRODUCT",
}  # of the fields that need one
FEW = 4
PART = 60  # fields asked for together


def is_connection(field: GraphQLField) -> bool:
    return get_named_type(field.type).name.endswith("Connection")


def arguments_of(field: GraphQLField, *, of_list: bool = False) -> str | None:
    """The arguments without which the field can't be asked; None if the test knows no value for one."""
    given = {}
    for name, argument in field.args.items():
        if is_required_argument(argument) or (name in ("first", "channel") and (of_list or name == "first")):
            if name not in ARGUMENTS:
                return None
            given[name] = "$first" if of_list and name == "first" else ARGUMENTS[name]
    return f"({', '.join(f'{name}: {value}' for name, value in given.items())})" if given else ""


def is_stored(field: GraphQLField) -> bool:
    return getattr(field.resolve, "is_default", False)


def paths(type_: Any, depth: int) -> Iterator[str]:
    """A selection for each field of a type and each below it, `depth` levels of objects at the most."""
    if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        yield "__typename"  # a union
        return
    for name, field in type_.fields.items():
        arguments = arguments_of(field)
        if arguments is None:
            continue
        if is_leaf_type(get_named_type(field.type)):
            if depth or name == "id" or not is_stored(field):
                yield name + arguments
        elif depth:
            for below in paths_below(get_named_type(field.type), depth - 1):
                yield f"{name}{arguments} {{ {below} }}"


def paths_below(type_: Any, depth: int) -> Iterator[str]:
    if not type_.name.endswith("Connection"):
        yield from paths(type_, depth)
        return
    yield "totalCount"
    for below in paths(node_type(type_), depth):
        yield f"edges {{ node {{ {below} }} }}"


def node_type(connection_type: Any) -> Any:
    edge: Any = get_named_type(connection_type.fields["edges"].type)
    return get_named_type(edge.fields["node"].type)


# Of staff only, and a page of at most 100: what a checkout costs is worked out for each by itself, as in the shop.
PRICED_ONE_BY_ONE = ("checkouts", "checkoutLines")
ALWAYS_EMPTY = ("plugins",)
LISTS = {
    name: field
    for name, field in QUERY.fields.items()
    if is_connection(field) and name not in PRICED_ONE_BY_ONE + ALWAYS_EMPTY
}


def query_of(name: str, chosen: Sequence[str]) -> str:
    arguments = arguments_of(LISTS[name], of_list=True)
    below = " ".join(f"f{at}: {text}" for at, text in enumerate(chosen))
    return f"query($first: Int!) {{ {name}{arguments} {{ edges {{ node {{ {below} }} }} }} }}"


def statements(merchant: Merchant, query: str, first: int) -> int:
    [listed] = execute(query, as_=merchant.token(), first=first).values()
    assert len(listed["edges"]) == first, "too few rows to compare"
    RESPONSE_CACHE.clear()
    count = 0

    def counted(run: Any, *arguments: Any) -> Any:
        nonlocal count
        count += 1
        return run(*arguments)

    with connection.execute_wrapper(counted):
        execute(query, as_=merchant.token(), first=first)
    return count


def growing(merchant: Merchant, name: str, chosen: Sequence[str]) -> list[str]:
    """The fields that cost a statement for each row, found by halving."""
    query = query_of(name, chosen)
    more = statements(merchant, query, ROWS) - statements(merchant, query, FEW)
    if more == 0:
        return []
    if len(chosen) == 1:
        return [f"{name}: {chosen[0]} takes {more} statements more for {ROWS} rows than for {FEW}"]
    middle = len(chosen) // 2
    return growing(merchant, name, chosen[:middle]) + growing(merchant, name, chosen[middle:])


def test_every_field_of_every_list(full_shop: Merchant, subtests: Any) -> None:
    create_draft_orders(full_shop)
    for name, field in LISTS.items():
        with subtests.test(name):
            chosen = list(paths(node_type(get_named_type(field.type)), 2))
            parts = [chosen[at : at + PART] for at in range(0, len(chosen), PART)]
            grows = [line for part in parts for line in growing(full_shop, name, part)]
            assert not grows, "\n".join(grows)
