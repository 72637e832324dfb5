"""Every list of the contract takes the same number of SQL statements for two rows as for five."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from graphql import (
    FieldNode,
    OperationDefinitionNode,
    build_schema,
    get_named_type,
    parse,
    print_ast,
)
from graphql.language import FragmentDefinitionNode
from graphql.utilities import separate_operations

import store.saleor
from store.engine.checkout.models import Checkout
from store.engine.orders.models import Order
from store.engine.payments.models import Payment
from tests.engine.api_client import execute
from tests.engine.graphql.full_shop import create_draft_orders
from tests.engine.merchant import Merchant

pytestmark = pytest.mark.usefixtures("any_cost")
SALEOR = Path(store.saleor.__file__).parent
SCHEMA = build_schema((SALEOR / "schema.graphql").read_text())
FILTERING = ("filter", "where", "search", "after", "before", "last", "ids", "level")


def list_queries() -> dict[str, str]:
    """By "Operation rootField": a query for each connection that a contract document selects."""
    queries = {}
    for file in sorted((SALEOR / "contract").glob("*.graphql")):
        for name, document in separate_operations(parse(file.read_text())).items():
            [operation] = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
            fragments = "\n".join(
                print_ast(d) for d in document.definitions if isinstance(d, FragmentDefinitionNode)
            )
            for field in operation.selection_set.selections:
                if isinstance(field, FieldNode) and is_list(field, operation):
                    key = f"{name} {field.name.value}"
                    query = f"query L($first: Int!) {{ {with_first(field)} }} {fragments}"
                    queries[key] = print_ast(separate_operations(parse(query))["L"])
    return queries


def is_list(field: FieldNode, operation: OperationDefinitionNode) -> bool:
    root = SCHEMA.query_type
    assert root is not None
    if operation.operation.value != "query" or field.name.value not in root.fields:
        return False
    is_connection = get_named_type(root.fields[field.name.value].type).name.endswith("Connection")
    return is_connection and "edges" in print_ast(field)  # totalCount alone lists nothing


def with_first(field: FieldNode) -> str:
    """The field with `first: $first`, in the test's channel, without filters."""
    arguments = {a.name.value: print_ast(a.value) for a in field.arguments if a.name.value not in FILTERING}
    arguments |= {"first": "$first"} | ({"channel": '"default-channel"'} if "channel" in arguments else {})
    if "RANK" in arguments.get("sortBy", ""):
        del arguments["sortBy"]
    listed = ", ".join(f"{name}: {value}" for name, value in arguments.items())
    return f"{field.name.value}({listed}) {print_ast(field.selection_set)}" if field.selection_set else ""


LIST_QUERIES = list_queries()
ALWAYS_EMPTY = {"plugins"}  # programs inside Saleor's own server


def rows_and_statements(merchant: Merchant, query: str, first: int) -> tuple[int, int]:
    """(rows, statements) of a query whose settings are cached by the one before."""
    execute(query, as_=merchant.token(), first=first)
    with CaptureQueriesContext(connection) as caught:
        [connection_data] = execute(query, as_=merchant.token(), first=first).values()
    return len(connection_data["edges"]), len(caught)


def test_each_list_of_the_contract(full_shop: Merchant, subtests: Any) -> None:
    create_draft_orders(full_shop)
    for name, query in LIST_QUERIES.items():
        with subtests.test(name):
            two, five = rows_and_statements(full_shop, query, 2), rows_and_statements(full_shop, query, 5)
            assert (two[0], five[0]) == (2, 5), "too few rows to compare"
            assert two[1] == five[1]


def test_the_contract_asks_for_every_kind_of_list() -> None:
    root = SCHEMA.query_type
    assert root is not None
    connections = {
        n for n, field in root.fields.items() if get_named_type(field.type).name.endswith("Connection")
    }
    assert connections - ALWAYS_EMPTY == {name.split()[1] for name in LIST_QUERIES}


def test_a_list_that_is_always_empty_has_a_page_and_a_count(full_shop: Merchant) -> None:
    query = "{ plugins(first: 1) { totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }"
    page = {"hasNextPage": False, "hasPreviousPage": False, "endCursor": None}
    assert execute(query, as_=full_shop.token()) == {
        "plugins": {"totalCount": 0, "edges": [], "pageInfo": page}
    }


PAID_ORDERS = """query L($first: Int!) { orders(first: $first) { edges { node {
  payments { order { number } checkout { id } transactions { amount { amount } } }
  transactions { order { number } checkout { id } events { pspReference } } } } } }"""


def test_orders_with_the_orders_and_checkouts_of_their_payments(full_shop: Merchant) -> None:
    for order in Order.objects.all():
        checkout = Checkout.objects.create(channel=order.channel, currency="USD")
        Payment.objects.create(order_id=order.pk, checkout_id=checkout.pk, gateway="manual", currency="USD")
    two, five = (rows_and_statements(full_shop, PAID_ORDERS, first) for first in (2, 5))
    assert (two[0], five[0]) == (2, 5)
    assert two[1] == five[1]
