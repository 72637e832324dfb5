"""Every list of the contract costs the same number of SQL statements for two rows as for five."""

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
from store.engine.discounts.models import GiftCard, Voucher, VoucherChannelListing, VoucherCode
from store.engine.events.models import App, Webhook
from store.engine.graphql.ids import to_global_id
from store.engine.orders import fulfillments
from store.engine.orders.fulfillments import Send
from store.engine.orders.models import OrderEvent
from tests.engine.api_client import ask
from tests.engine.checkout_flow import ADA, Shop, buy, open_shop
from tests.engine.merchant import Merchant

ROWS = 6
SALEOR = Path(store.saleor.__file__).parent
SCHEMA = build_schema((SALEOR / "schema.graphql").read_text())
NARROWING = ("filter", "where", "search", "after", "before", "last", "ids", "level")


def lists() -> dict[str, str]:
    """By "Operation root": a query for each connection that a contract document asks for."""
    found = {}
    for file in sorted((SALEOR / "contract").glob("*.graphql")):
        for name, document in separate_operations(parse(file.read_text())).items():
            [operation] = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
            fragments = "\n".join(
                print_ast(d) for d in document.definitions if isinstance(d, FragmentDefinitionNode)
            )
            for field in operation.selection_set.selections:
                if isinstance(field, FieldNode) and is_list(field, operation):
                    key = f"{name} {field.name.value}"
                    query = f"query L($first: Int!) {{ {of_size(field)} }} {fragments}"
                    found[key] = print_ast(separate_operations(parse(query))["L"])
    return found


def is_list(field: FieldNode, operation: OperationDefinitionNode) -> bool:
    root = SCHEMA.query_type
    assert root is not None
    if operation.operation.value != "query" or field.name.value not in root.fields:
        return False
    is_connection = get_named_type(root.fields[field.name.value].type).name.endswith("Connection")
    return is_connection and "edges" in print_ast(field)  # a count alone lists nothing


def of_size(field: FieldNode) -> str:
    """The field with `first: $first`, in our channel, narrowed down by nothing."""
    kept = {a.name.value: print_ast(a.value) for a in field.arguments if a.name.value not in NARROWING}
    kept |= {"first": "$first"} | ({"channel": '"default-channel"'} if "channel" in kept else {})
    if "RANK" in kept.get("sortBy", ""):
        del kept["sortBy"]
    arguments = ", ".join(f"{name}: {value}" for name, value in kept.items())
    return f"{field.name.value}({arguments}) {print_ast(field.selection_set)}" if field.selection_set else ""


LISTS = lists()


@pytest.fixture
def full(transactional_db: None) -> Merchant:
    """A shop that has six of everything that is listed."""
    shop, merchant = open_shop(), Merchant()
    for at in range(ROWS):
        fill_catalogue(merchant, shop, at)
        fill_desk(shop, at)
    return merchant


def fill_catalogue(merchant: Merchant, shop: Shop, at: int) -> None:
    merchant.page(f"page-{at}", f"Page {at}")
    merchant.attribute(f"attribute-{at}", values=("One", "Two"))
    merchant.product_type(f"type-{at}", attributes=(f"attribute-{at}",))
    merchant.category(f"category-{at}")
    merchant.warehouse(f"warehouse-{at}")
    merchant.make(
        f"menu-{at}", "menuCreate", "menu", "MenuCreateInput!", {"name": f"Menu {at}", "slug": f"m{at}"}
    )
    rates = [{"countryCode": "US", "rate": at}]
    given = {"name": f"Class {at}", "createCountryRates": rates}
    merchant.make(f"class-{at}", "taxClassCreate", "taxClass", "TaxClassCreateInput!", given)
    given = {"name": f"Kind {at}", "slug": f"kind-{at}"}
    merchant.make(f"kind-{at}", "pageTypeCreate", "pageType", "PageTypeCreateInput!", given)
    merchant.channel(f"channel-{at}")
    zone = {
        "name": f"Zone {at}",
        "countries": ["US"],
        "addChannels": [to_global_id("Channel", shop.channel.pk)],
    }
    merchant.make(f"zone-{at}", "shippingZoneCreate", "shippingZone", "ShippingZoneCreateInput!", zone)
    given = {"name": f"Collection {at}", "slug": f"collection-{at}"}
    merchant.make(f"collection-{at}", "collectionCreate", "collection", "CollectionCreateInput!", given)
    CollectionChannelListing.objects.create(
        collection=Collection.objects.get(slug=given["slug"]), channel=shop.channel, is_published=True
    )


def fill_desk(shop: Shop, at: int) -> None:
    """Customers with orders, one parcel each; staff and groups; drafts, codes, cards, apps."""
    shop.variant(f"CUP{at}")
    person = User.objects.create(email=f"ada{at}@example.com")
    person.addresses.add(Address.objects.create(**ADA))
    order = buy(shop, (shop.variants[f"CUP{at}"], 1), (shop.variants["CUP0"], 1))
    order.user, order.metadata = person, {"lot": str(at)}
    order.save()
    sends = [Send(line.pk, shop.warehouse.pk, 1) for line in order.lines.all()]
    fulfillments.fulfill(order_id=order.pk, sends=sends, tracking_number=f"T{at}")
    Group.objects.create(name=f"Group {at}").users.add(
        User.objects.create(email=f"staff{at}@example.com", is_staff=True)
    )
    voucher = Voucher.objects.create(name=f"Voucher {at}")
    VoucherCode.objects.create(voucher=voucher, code=f"CODE{at}")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, discount_value=5, currency="USD"
    )
    card = GiftCard(code=f"CARD{at}", currency="USD", initial_balance_amount=10, current_balance_amount=10)
    card.created_by = card.used_by = person
    card.product = shop.variants[f"CUP{at}"].product
    card.save()
    OrderEvent.objects.filter(order=order).update(user=person)
    app = App.objects.create(name=f"App {at}")
    Webhook.objects.create(app=app, name=f"Hook {at}", target_url="https://example.com/hook")


def counted(merchant: Merchant, query: str, first: int) -> tuple[int, int]:
    """(rows, statements) of a call when settings are in memory already."""
    ask(query, as_=merchant.token(), first=first)
    with CaptureQueriesContext(connection) as caught:
        [found] = ask(query, as_=merchant.token(), first=first).values()
    return len(found["edges"]), len(caught)


def test_each_list_of_the_contract(full: Merchant, subtests: Any) -> None:
    make_drafts(full)
    for name, query in LISTS.items():
        with subtests.test(name):
            two, five = counted(full, query, 2), counted(full, query, 5)
            assert (two[0], five[0]) == (2, 5), "too few rows to tell"
            assert two[1] == five[1]


def make_drafts(merchant: Merchant) -> None:
    channel = merchant.ask('{channel(slug:"default-channel"){id}}')["id"]
    lines = merchant.ask('{products(first:2,channel:"default-channel"){edges{node{variants{id}}}}}')["edges"]
    for _ in range(ROWS):
        given = {
            "channelId": channel,
            "lines": [{"variantId": edge["node"]["variants"][0]["id"], "quantity": 1} for edge in lines],
        }
        payload = merchant.call("draftOrderCreate", "order { id }", input=("DraftOrderCreateInput!", given))
        assert payload["errors"] == []


def test_the_contract_asks_for_every_kind_of_list() -> None:
    root = SCHEMA.query_type
    assert root is not None
    every = {n for n, field in root.fields.items() if get_named_type(field.type).name.endswith("Connection")}
    assert every == {name.split()[1] for name in LISTS}
