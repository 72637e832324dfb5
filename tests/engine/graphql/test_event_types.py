"""What merchants and shoppers do, told as each event's own document selects it."""

from typing import Any

import pytest

from store.engine.checkout import contact, payment
from store.engine.events import outbox
from store.engine.events.models import App, Event, Webhook, WebhookEvent
from store.engine.events.permission_codes import ALL
from store.engine.graphql.serve import render_subscription
from store.engine.payments.gateways import DUMMY
from tests.engine import checkout_flow
from tests.engine.api_client import ask_one, gid

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def boss() -> App:
    return App.objects.create(name="Boss", permissions=sorted(ALL))


def told(event_type: str, selection: str) -> Any:
    """The newest fact of this type, as a webhook would get it."""
    event = Event.objects.filter(type=event_type).last()
    assert event is not None, f"nobody recorded {event_type}"
    return render_subscription(f"subscription {{ event {{ __typename ... on {selection} }} }}", event)


def test_a_category_is_made_changed_and_deleted(boss: App) -> None:
    made = ask_one('mutation { categoryCreate(input: {name: "Sets"}) { category { id } } }', as_=boss)
    pk = made["category"]["id"]
    assert told("CATEGORY_CREATED", "CategoryCreated { category { slug } }")["category"] == {"slug": "sets"}
    ask_one(
        'mutation($id: ID!) { categoryUpdate(id: $id, input: {name: "Kits"}) { errors { code } } }',
        as_=boss,
        id=pk,
    )
    assert told("CATEGORY_UPDATED", "CategoryUpdated { category { name } }")["category"] == {"name": "Kits"}
    ask_one("mutation($id: ID!) { categoryDelete(id: $id) { errors { code } } }", as_=boss, id=pk)
    gone = told("CATEGORY_DELETED", "CategoryDeleted { category { id name slug } }")
    assert gone["category"] == {"id": pk, "name": "Kits", "slug": "sets"}


def test_a_collection_a_menu_and_a_warehouse_are_told(boss: App) -> None:
    made = ask_one('mutation { collectionCreate(input: {name: "New"}) { collection { id } } }', as_=boss)
    pk = made["collection"]["id"]
    assert told("COLLECTION_CREATED", "CollectionCreated { collection { id } }")["collection"] == {"id": pk}
    ask_one("mutation($id: ID!) { collectionDelete(id: $id) { errors { code } } }", as_=boss, id=pk)
    assert told("COLLECTION_DELETED", "CollectionDeleted { collection { slug } }")["collection"] == {
        "slug": "new"
    }
    ask_one('mutation { menuCreate(input: {name: "Footer"}) { menu { id } } }', as_=boss)
    assert told("MENU_CREATED", "MenuCreated { menu { slug } }")["menu"] == {"slug": "footer"}
    address = '{streetAddress1: "1 Dock St", city: "San Francisco", country: US, countryArea: "CA", postalCode: "94105"}'
    ask_one(
        f'mutation {{ createWarehouse(input: {{name: "Dock", address: {address}}}) {{ warehouse {{ id }} errors {{ field }} }} }}',
        as_=boss,
    )
    assert told("WAREHOUSE_CREATED", "WarehouseCreated { warehouse { name } }")["warehouse"] == {
        "name": "Dock"
    }


def test_a_channel_that_is_switched_off_tells_its_status(boss: App) -> None:
    shop = checkout_flow.open_shop()
    off = "mutation($id: ID!) { channelDeactivate(id: $id) { channel { isActive } errors { code } } }"
    ask_one(off, as_=boss, id=gid(shop.channel))
    found = told("CHANNEL_STATUS_CHANGED", "ChannelStatusChanged { channel { isActive } }")
    assert found["channel"] == {"isActive": False}
    assert not Event.objects.filter(type="CHANNEL_UPDATED").exists()


def test_shipping_is_told_and_a_deleted_method_as_it_was(boss: App) -> None:
    shop = checkout_flow.open_shop()
    ask_one(
        "mutation($id: ID!) { shippingPriceDelete(id: $id) { errors { code } } }",
        as_=boss,
        id=gid(shop.method, "ShippingMethodType"),
    )
    gone = told("SHIPPING_PRICE_DELETED", "ShippingPriceDeleted { shippingMethod { name } }")
    assert gone["shippingMethod"] == {"name": shop.method.name}
    ask_one(
        'mutation { shippingZoneCreate(input: {name: "Alps", countries: ["CH"]}) { shippingZone { id } } }',
        as_=boss,
    )
    assert told("SHIPPING_ZONE_CREATED", "ShippingZoneCreated { shippingZone { name } }")["shippingZone"] == {
        "name": "Alps"
    }


def listen(app: App, *events: str) -> None:
    webhook = Webhook.objects.create(app=app, target_url="https://example.com", subscription_query="x")
    for event in events:
        WebhookEvent.objects.create(webhook=webhook, event_type=event)
    outbox.look_again()


def kinds() -> set[str]:
    return set(Event.objects.filter(type__startswith="CHECKOUT").values_list("type", flat=True))


def test_baskets_are_told_only_to_those_who_listen(boss: App) -> None:
    outbox.look_again()
    shop = checkout_flow.open_shop()
    checkout = checkout_flow.ready(shop, (shop.variant("CUP"), 1))
    assert kinds() == set()
    listen(boss, "CHECKOUT_UPDATED", "CHECKOUT_FULLY_PAID", "CHECKOUT_FULLY_AUTHORIZED")
    contact.set_email(checkout_id=checkout.pk, email="new@example.com")
    assert kinds() == {"CHECKOUT_UPDATED"}
    payment.initialize(
        gateway_id=DUMMY, checkout_id=checkout.pk, data={"event": {"type": "AUTHORIZATION_SUCCESS"}}
    )
    assert kinds() == {"CHECKOUT_UPDATED", "CHECKOUT_FULLY_AUTHORIZED"}
    payment.request_action(transaction_id=checkout_transaction(checkout.pk), action="CHARGE")
    assert kinds() == {"CHECKOUT_UPDATED", "CHECKOUT_FULLY_AUTHORIZED", "CHECKOUT_FULLY_PAID"}
    found = told("CHECKOUT_FULLY_PAID", "CheckoutFullyPaid { checkout { id } }")
    assert found["checkout"] == {"id": gid(checkout)}
    outbox.look_again()


def checkout_transaction(pk: Any) -> Any:
    from store.engine.payments.models import TransactionItem

    return TransactionItem.objects.get(checkout_id=pk).pk
