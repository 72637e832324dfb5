"""Random documents and variables: the response is always JSON in Saleor's form, never a server error, and never shows
names of the code, the files or the database.

    FUZZ_EXAMPLES=20000 pytest tests/engine/graphql/test_fuzzing.py        the long run; the default takes seconds
"""

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLField, GraphQLInputObjectType, GraphQLObjectType, get_named_type, print_schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes
from hypothesis_graphql import strategies as documents

from store.engine.accounts import jwt_tokens
from store.engine.accounts.models import User
from store.engine.events import app_tokens
from store.engine.events.models import App
from store.engine.events.permission_codes import ALL_PERMISSIONS
from store.engine.graphql.schema import schema
from store.engine.graphql.serve import serve
from tests.engine import checkout_flow
from tests.engine.api_client import gid

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "120"))
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180 if EXAMPLES <= 1000 else 0),  # the long run has no limit
]
FUZZ_SETTINGS = {
    "deadline": None,
    "derandomize": EXAMPLES <= 1000,  # the same examples in every short run, new ones in a long run
    "database": None,
    "suppress_health_check": list(HealthCheck),
}
INTERNALS = re.compile(
    r"Traceback|File \"|\bSELECT .+ FROM\b|\bINSERT INTO\b|\bUPDATE .+ SET\b|django\.|psycopg|sqlite3?\b|site-packages"
    r"|/store/|\.py\b|object at 0x|NoneType|KeyError|AttributeError|TypeError|Internal Server Error",
)
STATUSES = {200, 400, 413, 503}


class FuzzedShop:
    """A shop with a row of most types; `ids` are their global ids, `tokens` those of an anonymous client, app and user."""

    def __init__(self) -> None:
        shop = checkout_flow.create_shop()
        variant = shop.variant("CUP")
        order = checkout_flow.place_order(shop, (variant, 1))
        checkout = checkout_flow.checkout_ready_to_pay(shop, (variant, 1))
        app = App.objects.create(name="Boss", permissions=sorted(ALL_PERMISSIONS))
        ada = User.objects.create_user(email="ada@example.com", password="cups-and-cups")
        rows = (shop.channel, shop.warehouse, shop.zone, shop.tax_class, shop.type, shop.category, variant)
        self.ids = [gid(row) for row in (*rows, variant.product, order, checkout, app, ada)]
        self.ids += [
            gid(shop.method, "ShippingMethodType"),
            gid(checkout.lines.first()),
            gid(order.lines.first()),
        ]
        self.tokens = ["", app_tokens.issue_token(app)[1], jwt_tokens.access_token(ada)]


@pytest.fixture
def fuzzed_shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[FuzzedShop]:
    monkeypatch.setattr("store.engine.events.checked_requests.send", _refuse_connection)
    monkeypatch.setattr("store.engine.catalog.image_download.download_image", _refuse_connection)
    return FuzzedShop()


def _refuse_connection(*_: Any, **__: Any) -> Any:
    raise ConnectionError("tests make no connections")


def check_response(query: str, variables: Any, token: str) -> None:
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    body = json.dumps({"query": query, "variables": variables}).encode()
    answer = serve(body, headers)
    assert answer.status in STATUSES
    content = json.loads(answer.body)
    assert ("data" in content) or content["errors"]
    for error in content.get("errors", ()):
        assert error["extensions"]["code"] != "InternalServerError", error
        assert not INTERNALS.search(error["message"]), error


# --- documents ----------------------------------------------------------------------------------------
def text(values: st.SearchStrategy[str]) -> Any:
    return values.map(nodes.String)


def scalars(ids: list[str]) -> dict[str, Any]:
    """Literals of scalars: valid ones, and some that only look valid."""
    some_id = st.sampled_from([*ids, "T3JkZXI6MQ==", "Q2hlY2tvdXQ6", "x", "", "UHJvZHVjdDotMQ==", "OjE="])
    digits = st.integers(-(10**12), 10**12).map(str)
    words = st.sampled_from(["a", "", "USD", "de", "{}", "💥", "ﷺ", "%s", "'; --", "../..", "\u202e"])
    when = st.sampled_from(
        ["2020-01-01T00:00:00Z", "2020-02-30", "9999-12-31T23:59:59Z", "0001-01-01", "now", ""]
    )
    json_text = st.sampled_from(
        ["{}", "[]", '{"blocks": []}', '{"blocks": [{"type": "paragraph"}]}', "{", '"x"']
    )
    return {
        "ID": text(some_id),
        "String": text(words | st.text(max_size=6)),
        "DateTime": text(when),
        "Date": text(when),
        "Decimal": digits.map(nodes.Float),
        "PositiveDecimal": digits.map(nodes.Float),
        "PositiveInt": st.integers(-2, 2**31 - 1).map(str).map(nodes.Int),
        "WeightScalar": digits.map(nodes.Float),
        "Minute": st.integers(-1, 10**6).map(str).map(nodes.Int),
        "Hour": st.integers(-1, 10**6).map(str).map(nodes.Int),
        "Day": st.integers(-1, 10**6).map(str).map(nodes.Int),
        "UUID": text(st.sampled_from(["00000000-0000-0000-0000-000000000000", "x", ""])),
        "JSON": text(json_text),
        "JSONString": text(json_text),
        "GenericScalar": text(words),
        "Metadata": st.sampled_from([nodes.Object([])]),
        "Upload": text(words),
        "_Any": text(words),
    }


def fields_of(root: GraphQLObjectType | None) -> dict[str, GraphQLField]:
    assert root is not None
    return {name: field for name, field in root.fields.items() if not name.startswith("_")}


@pytest.mark.parametrize("kind", ["query", "mutation"])
def test_documents_made_from_the_schema_never_cause_a_server_error(
    fuzzed_shop: FuzzedShop, kind: str
) -> None:
    served = schema()
    root = served.query_type if kind == "query" else served.mutation_type
    make = documents.queries if kind == "query" else documents.mutations
    sdl, values = print_schema(served), scalars(fuzzed_shop.ids)
    strategies: dict[str, Any] = {}

    def document(field: str) -> Any:
        if field not in strategies:
            strategies[field] = make(sdl, fields=(field,), custom_scalars=values, allow_x00=False)
        return strategies[field]

    @settings(max_examples=EXAMPLES, **FUZZ_SETTINGS)
    @given(st.sampled_from(sorted(fields_of(root))).flatmap(document), st.sampled_from(fuzzed_shop.tokens))
    def run(query: str, token: str) -> None:
        check_response(query, {}, token)

    run()


# --- variables ----------------------------------------------------------------------------------------
def hostile(ids: list[str]) -> Any:
    """JSON of any shape, with ids, huge numbers and odd text in it."""
    leaf = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=8)
        | st.sampled_from(
            [*ids, "0", "1e999", "NaN", "-1", "2020-13-45", "A" * 5000, "\ud83d", "T3JkZXI6MQ=="]
        )
    )
    return st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    )


def shaped(type_: Any, ids: list[str], depth: int = 0) -> Any:
    """Mostly valid values of the type, so that they pass validation; each part may be hostile instead."""
    named = get_named_type(type_)
    anything = hostile(ids)
    if isinstance(named, GraphQLInputObjectType) and depth < 3:
        inner = {name: shaped(field.type, ids, depth + 1) for name, field in named.fields.items()}
        valid: Any = st.fixed_dictionaries({}, optional=inner)
    elif hasattr(named, "values"):
        valid = st.sampled_from(sorted(named.values))
    else:
        valid = {
            "Int": st.integers(-5, 2**31 - 1),
            "Boolean": st.booleans(),
            "ID": st.sampled_from(ids),
            "Float": st.floats(-1e6, 1e6),
        }.get(named.name, st.text(max_size=6) | st.integers(-9, 10**9) | st.sampled_from(["", "US", "a@b.c"]))
    if str(type_).strip("!").startswith("["):
        valid = st.lists(valid, max_size=3)
    return st.one_of(valid, valid, valid, valid, anything)


def with_variables(name: str, field: GraphQLField, kind: str) -> str:
    declared = ", ".join(f"${key}: {argument.type}" for key, argument in field.args.items())
    passed = ", ".join(f"{key}: ${key}" for key in field.args)
    inner = "" if not hasattr(get_named_type(field.type), "fields") else "{ __typename }"
    return (
        f"{kind} Q({declared}) {{ {name}({passed}) {inner} }}" if declared else f"{kind} {{ {name} {inner} }}"
    )


@pytest.mark.parametrize("kind", ["query", "mutation"])
def test_hostile_variables_never_cause_a_server_error(fuzzed_shop: FuzzedShop, kind: str) -> None:
    served = schema()
    fields = fields_of(served.query_type if kind == "query" else served.mutation_type)

    @settings(max_examples=EXAMPLES, **FUZZ_SETTINGS)
    @given(st.data(), st.sampled_from(sorted(fields)), st.sampled_from(fuzzed_shop.tokens))
    def run(data: Any, name: str, token: str) -> None:
        field = fields[name]
        strategies = {key: shaped(argument.type, fuzzed_shop.ids) for key, argument in field.args.items()}
        variables = data.draw(st.fixed_dictionaries({}, optional=strategies))
        check_response(with_variables(name, field, kind), variables, token)

    run()


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode), st.text(max_size=20))
@settings(max_examples=EXAMPLES, **FUZZ_SETTINGS)
def test_bytes_that_are_no_request_are_refused(body: bytes, content_type: str) -> None:
    answer = serve(body, {"content-type": content_type})
    assert answer.status in (400, 413)
    assert not INTERNALS.search(answer.body.decode())


@pytest.mark.parametrize(
    "query",
    [
        'mutation { taxClassUpdate(id: "U2hpcHBpbmdab25lOjE=", input: {name: "x"}) { errors { countryCodes code } } }',
        'mutation { attributeCreate(input: {name: "x", type: CUSTOMER_TYPE}) { errors { field code } } }',
        'mutation { fileUpload(file: "x") { errors { field code } } }',
        '{ products(first: 1, channel: "us", sortBy: {field: COLLECTION, direction: ASC}) { edges { cursor } } }',
        "{ shop { limits { currentUsage { channels } allowedUsage { orders } } } }",
        "mutation { shopSettingsUpdate(input: {trackInventoryByDefault: null}) { errors { field code } } }",
    ],
)
def test_inputs_that_failed_before(fuzzed_shop: FuzzedShop, query: str) -> None:
    check_response(query, {}, fuzzed_shop.tokens[1])
