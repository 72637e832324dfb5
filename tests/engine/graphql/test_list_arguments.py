"""`filter:` and `sortBy:` of the lists that declare them: every key and value of the schema is known, and obeyed."""

import json
from typing import Any

import pytest
from graphql import get_named_type

from store.engine.accounts.models import Group
from store.engine.channels.models import Channel
from store.engine.events.models import App
from store.engine.graphql.accounts.queries import GROUPS
from store.engine.graphql.catalog.product_types import PAGE_TYPES, PRODUCT_TYPES
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.list_arguments import ListArguments, require_few_conditions
from store.engine.graphql.naming import to_snake
from store.engine.graphql.schema import schema
from store.engine.graphql.serve import serve
from store.engine.graphql.shipping.types import ZONES
from store.engine.graphql.stock.types import WAREHOUSES
from store.engine.graphql.webhooks.queries import APPS
from store.engine.shipping.models import ShippingZone
from tests.engine.merchant import Merchant

LISTS = {
    "permissionGroups": GROUPS,
    "pageTypes": PAGE_TYPES,
    "shippingZones": ZONES,
    "warehouses": WAREHOUSES,
    "apps": APPS,
}


ATTRIBUTES = [{"slug": f"a{number}", "values": ["x"]} for number in range(60)]
NAMES = [{"name": {"eq": str(number)}} for number in range(101)]
REFERENCES = {"reference": {"pageSlugs": {"containsAll": [str(number) for number in range(101)]}}}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("argument", "given"),
    [
        ("filter", {"attributes": ATTRIBUTES}),  # two conditions each
        ("where", {"attributes": ATTRIBUTES}),
        ("where", {"OR": NAMES}),
        ("where", {"AND": [{"OR": NAMES[:60]}, {"OR": NAMES[:60]}]}),
        ("where", {"attributes": [{"slug": "guides", "value": REFERENCES}]}),
    ],
)
def test_a_filter_of_very_many_conditions_is_refused_before_it_is_built(argument: str, given: Any) -> None:
    """Two thousand took the database eight seconds, and ended as an error of ours."""
    kind = {"filter": "ProductFilterInput", "where": "ProductWhereInput"}[argument]
    query = f'query($g: {kind}) {{ products(first: 3, channel: "none", {argument}: $g) {{ totalCount }} }}'
    body = json.dumps({"query": query, "variables": {"g": given}}).encode()
    errors = json.loads(serve(body, {"content-type": "application/json"}).body)["errors"]
    assert ["at most 100 conditions" in error["message"] for error in errors] == [True]


def test_as_many_conditions_as_pages_ask_for_are_fine() -> None:
    require_few_conditions({"attributes": ATTRIBUTES[:49], "ids": [str(number) for number in range(5000)]})


@pytest.mark.parametrize(("name", "declared"), [*LISTS.items(), ("productTypes", PRODUCT_TYPES)])
def test_every_value_to_sort_by_is_declared(name: str, declared: ListArguments) -> None:
    assert set(declared.sort) == set(sort_values(name))


@pytest.mark.parametrize(("name", "declared"), LISTS.items())
def test_every_key_of_the_filter_is_declared(name: str, declared: ListArguments) -> None:
    root: Any = schema().query_type
    keys = {to_snake(key) for key in get_named_type(root.fields[name].args["filter"].type).fields}
    assert {*declared.columns, "search"} == keys


def sort_values(name: str) -> list[str]:
    root: Any = schema().query_type
    argument = root.fields[name].args.get("sortBy")
    return list(get_named_type(get_named_type(argument.type).fields["field"].type).values) if argument else []


def names(merchant: Merchant, root: str, arguments: str) -> list[str]:
    query = f"{{ {root}(first: 10, {arguments}) {{ edges {{ node {{ name }} }} }} }}"
    return [edge["node"]["name"] for edge in merchant.execute(query)["edges"]]


@pytest.mark.django_db
def test_groups_and_apps_are_found_and_sorted() -> None:
    merchant = Merchant()
    for name in ("Packers", "Managers"):
        Group.objects.create(name=name)
        App.objects.create(name=f"{name}' app", is_active=name == "Packers")
    assert names(merchant, "permissionGroups", 'filter: {search: "pack"}') == ["Packers"]
    group = to_global_id("Group", Group.objects.get(name="Managers").pk)
    assert names(merchant, "permissionGroups", f'filter: {{ids: ["{group}"]}}') == ["Managers"]
    newest_last = "sortBy: {field: NAME, direction: DESC}"
    assert names(merchant, "permissionGroups", newest_last)[0] == "Packers"
    assert names(merchant, "apps", "filter: {isActive: false}") == ["Managers' app"]
    assert names(merchant, "apps", "filter: {type: THIRDPARTY}") == []


@pytest.mark.django_db
def test_zones_of_a_channel_are_listed_once() -> None:
    channels = [
        Channel.objects.create(name=slug, slug=slug, currency_code="USD", default_country="US")
        for slug in ("a", "b")
    ]
    for name, own in (("Both", channels), ("None", [])):
        ShippingZone.objects.create(name=name, countries=["US"]).channels.set(own)
    given = ", ".join(f'"{to_global_id("Channel", channel.pk)}"' for channel in channels)
    assert names(Merchant(), "shippingZones", f"filter: {{channels: [{given}]}}") == ["Both"]
    assert names(Merchant(), "shippingZones", 'filter: {search: "non", channels: null}') == ["None"]
