"""Webhook payloads of orders, compared with those of a real Saleor 3.23.28 for the same documents."""

import pytest

from store.engine.events.models import App, AppRequestor, Event
from store.engine.graphql.serve import render_subscription
from store.engine.orders.fulfillments import FulfillLine, fulfill
from tests.engine.api_client import gid

pytestmark = pytest.mark.django_db(transaction=True)

ORDER = """fragment OrderParts on Order { id number created status isPaid paymentStatus chargeStatus userEmail
  languageCodeEnum channel { slug currencyCode }
  shippingAddress { firstName lastName streetAddress1 city postalCode country { code } }
  total { gross { amount currency } } subtotal { gross { amount } } shippingPrice { gross { amount } } shippingMethodName
  lines { id productName variantName productSku quantity unitPrice { gross { amount } } totalPrice { gross { amount } } } }
"""
CREATED = "subscription { event { __typename issuedAt version issuingPrincipal { __typename } recipient { id name } ... on OrderCreated { order { ...OrderParts } } } }"  # fmt: skip
SENT = """subscription { event { __typename ... on FulfillmentCreated { notifyCustomer
  fulfillment { id status trackingNumber warehouse { slug } lines { quantity orderLine { productName productSku } } }
  order { id status } } } }"""


def render(document, event, *permissions):
    app = App.objects.create(name="Mailer", permissions=list(permissions or ("MANAGE_ORDERS",)))
    event.recipient, event.requestor = app, AppRequestor(app)
    return render_subscription(document, event), app


def test_order_created_looks_as_saleor_sent_it(shop):
    order = shop.order(22)
    event = Event.objects.create(type="ORDER_CREATED", object_kind="Order", object_pk=str(order.pk))
    payload, app = render(CREATED + ORDER, event)
    line = order.lines.get()
    assert payload == {
        "__typename": "OrderCreated",
        "issuedAt": event.created_at.isoformat(),
        "version": "3.23.28",
        "issuingPrincipal": None,
        "recipient": {"id": gid(app), "name": "Mailer"},
        "order": {
            "id": gid(order),
            "number": "22",
            "created": order.created_at.isoformat(),
            "status": "UNFULFILLED",
            "isPaid": True,
            "paymentStatus": "FULLY_CHARGED",
            "chargeStatus": "FULL",
            "userEmail": "ada@example.com",
            "languageCodeEnum": "EN",
            "channel": {"slug": "default-channel", "currencyCode": "USD"},
            "shippingAddress": {
                "firstName": "Ada",
                "lastName": "Guest",
                "streetAddress1": "1600 Amphitheatre Pkwy",
                "city": "MOUNTAIN VIEW",
                "postalCode": "94043",
                "country": {"code": "US"},
            },
            "total": {"gross": {"amount": 67.9, "currency": "USD"}},
            "subtotal": {"gross": {"amount": 63.0}},
            "shippingPrice": {"gross": {"amount": 4.9}},
            "shippingMethodName": "Standard",
            "lines": [
                {
                    "id": gid(line),
                    "productName": "Silicone starter set",
                    "variantName": "Amber",
                    "productSku": "CUP-A",
                    "quantity": 2,
                    "unitPrice": {"gross": {"amount": 31.5}},
                    "totalPrice": {"gross": {"amount": 63.0}},
                }
            ],
        },
    }


def test_fulfillment_created_looks_as_saleor_sent_it(shop):
    order = shop.order(22)
    fulfill_lines = [FulfillLine(order.lines.get().pk, shop.warehouses[0].pk, 2)]
    _, [fulfillment] = fulfill(order_id=order.pk, fulfill_lines=fulfill_lines, tracking_number="TRK1")
    payload, _ = render(SENT, Event.objects.get(type="FULFILLMENT_CREATED"))
    assert payload == {
        "__typename": "FulfillmentCreated",
        "notifyCustomer": True,
        "fulfillment": {
            "id": gid(fulfillment),
            "status": "FULFILLED",
            "trackingNumber": "TRK1",
            "warehouse": {"slug": "east"},
            "lines": [
                {"quantity": 2, "orderLine": {"productName": "Silicone starter set", "productSku": "CUP-A"}}
            ],
        },
        "order": {"id": gid(order), "status": "FULFILLED"},
    }


def test_the_mailer_receives_a_fulfillment_with_its_insert(shop):
    from store.saleor import events

    order = shop.order(22)
    fulfill_lines = [FulfillLine(order.lines.get().pk, shop.warehouses[0].pk, 1)]
    fulfill(order_id=order.pk, fulfill_lines=fulfill_lines, tracking_number="TRK1")
    payload = render_subscription(
        events.subscription_document("MailerEvents"), Event.objects.get(type="FULFILLMENT_CREATED")
    )
    received = events.parse(payload)
    assert (received.kind, received.order.number, received.fulfillment.tracking_number) == (
        "FulfillmentCreated",
        "22",
        "TRK1",
    )
    assert received.fulfillment.insert_slugs == ["silicone-cups"]
