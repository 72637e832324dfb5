"""Events of merchants and customers, as a subscription document of their type selects them."""

from typing import Any

import pytest

from store.engine.checkout import contact, payment
from store.engine.events import outbox
from store.engine.events.models import App, Event, Webhook, WebhookEvent
from store.engine.events.permission_codes import ALL_PERMISSIONS
from store.engine.graphql.serve import render_subscription
from store.engine.payments.gateways import DUMMY
from tests.engine import checkout_flow
from tests.engine.api_client import execute_field, gid

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def app() -> App:
    return App.objects.create(name="Boss", permissions=sorted(ALL_PERMISSIONS))


def payload_of(event_type: str, selection: str) -> Any:
    """The newest event of this type, as a webhook would receive it."""
    event = Event.objects.filter(type=event_type).last()
    assert event is not None, f"no {event_type} was recorded"
    return render_subscription(f"subscription {{ event {{ __typename ... on {selection} }} }}", event)


def test_a_category_is_made_changed_and_deleted(app: App) -> None:
    payload = execute_field('mutation { categoryCreate(input: {name: "Sets"}) { category { id } } }', as_=app)
    pk = payload["category"]["id"]
    assert payload_of("CATEGORY_CREATED", "CategoryCreated { category { slug } }")["category"] == {
        "slug": "sets"
    }
    execute_field(
        'mutation($id: ID!) { categoryUpdate(id: $id, input: {name: "Kits"}) { errors { code } } }',
        as_=app,
        id=pk,
    )
    assert payload_of("CATEGORY_UPDATED", "CategoryUpdated { category { name } }")["category"] == {
        "name": "Kits"
    }
    execute_field("mutation($id: ID!) { categoryDelete(id: $id) { errors { code } } }", as_=app, id=pk)
    deleted = payload_of("CATEGORY_DELETED", "CategoryDeleted { category { id name slug } }")
    assert deleted["category"] == {"id": pk, "name": "Kits", "slug": "sets"}


def test_a_collection_a_menu_and_a_warehouse_record_events(app: App) -> None:
    payload = execute_field(
        'mutation { collectionCreate(input: {name: "New"}) { collection { id } } }', as_=app
    )
    pk = payload["collection"]["id"]
    assert payload_of("COLLECTION_CREATED", "CollectionCreated { collection { id } }")["collection"] == {
        "id": pk
    }
    execute_field("mutation($id: ID!) { collectionDelete(id: $id) { errors { code } } }", as_=app, id=pk)
    assert payload_of("COLLECTION_DELETED", "CollectionDeleted { collection { slug } }")["collection"] == {
        "slug": "new"
    }
    execute_field('mutation { menuCreate(input: {name: "Footer"}) { menu { id } } }', as_=app)
    assert payload_of("MENU_CREATED", "MenuCreated { menu { slug } }")["menu"] == {"slug": "footer"}
    address = '{streetAddress1: "1 Dock St", city: "San Francisco", country: US, countryArea: "CA", postalCode: "94105"}'
    execute_field(
        f'mutation {{ createWarehouse(input: {{name: "Dock", address: {address}}}) {{ warehouse {{ id }} errors {{ field }} }} }}',
        as_=app,
    )
    assert payload_of("WAREHOUSE_CREATED", "WarehouseCreated { warehouse { name } }")["warehouse"] == {
        "name": "Dock"
    }


def test_a_deactivated_channel_records_its_status_change(app: App) -> None:
    shop = checkout_flow.create_shop()
    mutation = "mutation($id: ID!) { channelDeactivate(id: $id) { channel { isActive } errors { code } } }"
    execute_field(mutation, as_=app, id=gid(shop.channel))
    payload = payload_of("CHANNEL_STATUS_CHANGED", "ChannelStatusChanged { channel { isActive } }")
    assert payload["channel"] == {"isActive": False}
    assert not Event.objects.filter(type="CHANNEL_UPDATED").exists()


def test_shipping_events_and_a_deleted_method_with_its_last_values(app: App) -> None:
    shop = checkout_flow.create_shop()
    execute_field(
        "mutation($id: ID!) { shippingPriceDelete(id: $id) { errors { code } } }",
        as_=app,
        id=gid(shop.method, "ShippingMethodType"),
    )
    deleted = payload_of("SHIPPING_PRICE_DELETED", "ShippingPriceDeleted { shippingMethod { name } }")
    assert deleted["shippingMethod"] == {"name": shop.method.name}
    execute_field(
        'mutation { shippingZoneCreate(input: {name: "Alps", countries: ["CH"]}) { shippingZone { id } } }',
        as_=app,
    )
    assert payload_of("SHIPPING_ZONE_CREATED", "ShippingZoneCreated { shippingZone { name } }")[
        "shippingZone"
    ] == {"name": "Alps"}


def subscribe(app: App, *events: str) -> None:
    webhook = Webhook.objects.create(app=app, target_url="https://example.com", subscription_query="x")
    for event in events:
        WebhookEvent.objects.create(webhook=webhook, event_type=event)
    outbox.reload_subscribers()


def checkout_event_types() -> set[str]:
    return set(Event.objects.filter(type__startswith="CHECKOUT").values_list("type", flat=True))


def test_checkout_events_are_recorded_only_with_a_subscriber(app: App) -> None:
    outbox.reload_subscribers()
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    assert checkout_event_types() == set()
    subscribe(app, "CHECKOUT_UPDATED", "CHECKOUT_FULLY_PAID", "CHECKOUT_FULLY_AUTHORIZED")
    contact.set_email(checkout_id=checkout.pk, email="new@example.com")
    assert checkout_event_types() == {"CHECKOUT_UPDATED"}
    payment.initialize(
        gateway_id=DUMMY, checkout_id=checkout.pk, data={"event": {"type": "AUTHORIZATION_SUCCESS"}}
    )
    assert checkout_event_types() == {"CHECKOUT_UPDATED", "CHECKOUT_FULLY_AUTHORIZED"}
    payment.request_action(transaction_id=checkout_transaction(checkout.pk), action="CHARGE")
    assert checkout_event_types() == {"CHECKOUT_UPDATED", "CHECKOUT_FULLY_AUTHORIZED", "CHECKOUT_FULLY_PAID"}
    payload = payload_of("CHECKOUT_FULLY_PAID", "CheckoutFullyPaid { checkout { id } }")
    assert payload["checkout"] == {"id": gid(checkout)}
    outbox.reload_subscribers()


def checkout_transaction(pk: Any) -> Any:
    from store.engine.payments.models import TransactionItem

    return TransactionItem.objects.get(checkout_id=pk).pk
