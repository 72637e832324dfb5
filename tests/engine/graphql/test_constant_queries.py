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
from store.engine.accounts.models import Address, Group, User
from store.engine.catalog.models import Collection, CollectionChannelListing
from store.engine.checkout.models import Checkout
from store.engine.discounts.models import GiftCard, Voucher, VoucherChannelListing, VoucherCode
from store.engine.events.models import App, Webhook
from store.engine.graphql.ids import to_global_id
from store.engine.orders import fulfillments
from store.engine.orders.fulfillments import FulfillLine
from store.engine.orders.models import Order, OrderEvent
from store.engine.payments.models import Payment
from tests.engine.api_client import execute
from tests.engine.checkout_flow import ADA, Shop, create_shop, place_order
from tests.engine.merchant import Merchant

ROWS = 6
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


@pytest.fixture
def full_shop(transactional_db: None) -> Merchant:
    """A shop with six rows of everything that is listed."""
    shop, merchant = create_shop(), Merchant()
    for at in range(ROWS):
        fill_catalog(merchant, shop, at)
        fill_orders(shop, at)
    return merchant


def fill_catalog(merchant: Merchant, shop: Shop, at: int) -> None:
    merchant.page(f"page-{at}", f"Page {at}")
    merchant.attribute(f"attribute-{at}", values=("One", "Two"))
    merchant.product_type(f"type-{at}", attributes=(f"attribute-{at}",))
    merchant.category(f"category-{at}")
    merchant.warehouse(f"warehouse-{at}")
    merchant.create(
        f"menu-{at}", "menuCreate", "menu", "MenuCreateInput!", {"name": f"Menu {at}", "slug": f"m{at}"}
    )
    rates = [{"countryCode": "US", "rate": at}]
    given = {"name": f"Class {at}", "createCountryRates": rates}
    merchant.create(f"class-{at}", "taxClassCreate", "taxClass", "TaxClassCreateInput!", given)
    given = {"name": f"Kind {at}", "slug": f"kind-{at}"}
    merchant.create(f"kind-{at}", "pageTypeCreate", "pageType", "PageTypeCreateInput!", given)
    merchant.channel(f"channel-{at}")
    zone = {
        "name": f"Zone {at}",
        "countries": ["US"],
        "addChannels": [to_global_id("Channel", shop.channel.pk)],
    }
    merchant.create(f"zone-{at}", "shippingZoneCreate", "shippingZone", "ShippingZoneCreateInput!", zone)
    given = {"name": f"Collection {at}", "slug": f"collection-{at}"}
    merchant.create(f"collection-{at}", "collectionCreate", "collection", "CollectionCreateInput!", given)
    CollectionChannelListing.objects.create(
        collection=Collection.objects.get(slug=given["slug"]), channel=shop.channel, is_published=True
    )


def fill_orders(shop: Shop, at: int) -> None:
    """A customer with an order and a fulfillment, a staff member and group, a voucher, gift card, app and webhook."""
    shop.variant(f"CUP{at}")
    user = User.objects.create(email=f"ada{at}@example.com")
    user.addresses.add(Address.objects.create(**ADA))
    order = place_order(shop, (shop.variants[f"CUP{at}"], 1), (shop.variants["CUP0"], 1))
    order.user, order.metadata = user, {"lot": str(at)}
    order.save()
    fulfill_lines = [FulfillLine(line.pk, shop.warehouse.pk, 1) for line in order.lines.all()]
    fulfillments.fulfill(order_id=order.pk, fulfill_lines=fulfill_lines, tracking_number=f"T{at}")
    Group.objects.create(name=f"Group {at}").users.add(
        User.objects.create(email=f"staff{at}@example.com", is_staff=True)
    )
    voucher = Voucher.objects.create(name=f"Voucher {at}")
    VoucherCode.objects.create(voucher=voucher, code=f"CODE{at}")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, discount_value=5, currency="USD"
    )
    card = GiftCard(code=f"CARD{at}", currency="USD", initial_balance_amount=10, current_balance_amount=10)
    card.created_by = card.used_by = user
    card.product = shop.variants[f"CUP{at}"].product
    card.save()
    OrderEvent.objects.filter(order=order).update(user=user)
    app = App.objects.create(name=f"App {at}")
    Webhook.objects.create(app=app, name=f"Hook {at}", target_url="https://example.com/hook")


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


def create_draft_orders(merchant: Merchant) -> None:
    channel = merchant.execute('{channel(slug:"default-channel"){id}}')["id"]
    lines = merchant.execute('{products(first:2,channel:"default-channel"){edges{node{variants{id}}}}}')[
        "edges"
    ]
    for _ in range(ROWS):
        given = {
            "channelId": channel,
            "lines": [{"variantId": edge["node"]["variants"][0]["id"], "quantity": 1} for edge in lines],
        }
        payload = merchant.mutate("draftOrderCreate", "order { id }", input=("DraftOrderCreateInput!", given))
        assert payload["errors"] == []


def test_the_contract_asks_for_every_kind_of_list() -> None:
    root = SCHEMA.query_type
    assert root is not None
    connections = {
        n for n, field in root.fields.items() if get_named_type(field.type).name.endswith("Connection")
    }
    assert connections == {name.split()[1] for name in LIST_QUERIES}


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
