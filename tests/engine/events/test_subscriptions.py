import pytest

from store.engine.events.subscription_queries import InvalidSubscription, subscribed_events
from store.saleor import events


def test_the_event_types_are_read_from_the_fragments():
    document = """
        subscription { event { ... on OrderCreated { order { number } } ...Paid ... on Event { ...Sent } } }
        fragment Paid on OrderPaid { order { user { ... on User { id } } } }
        fragment Sent on Event { ... on FulfillmentTrackingNumberUpdated { fulfillment { id } } }"""
    assert subscribed_events(document) == {
        "ORDER_CREATED",
        "ORDER_PAID",
        "FULFILLMENT_TRACKING_NUMBER_UPDATED",
    }


def test_the_mailer_subscribes_to_payments_refunds_fulfillments_and_accounts():
    assert subscribed_events(events.subscription_document("MailerEvents")) == {
        "ORDER_PAID",
        "ORDER_FULLY_PAID",
        "ORDER_CANCELLED",
        "ORDER_REFUNDED",
        "ORDER_FULLY_REFUNDED",
        "FULFILLMENT_CREATED",
        "FULFILLMENT_APPROVED",
        "FULFILLMENT_TRACKING_NUMBER_UPDATED",
        "FULFILLMENT_METADATA_UPDATED",
        "ACCOUNT_CONFIRMATION_REQUESTED",
        "ACCOUNT_SET_PASSWORD_REQUESTED",
        "STAFF_SET_PASSWORD_REQUESTED",
        "ACCOUNT_DELETE_REQUESTED",
        "ACCOUNT_CHANGE_EMAIL_REQUESTED",
        "GIFT_CARD_SENT",
    }


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("subscription { event {", "SYNTAX"),
        ("query { shop { name } }", "MISSING_SUBSCRIPTION"),
        ("subscription { orderPaid { order { id } } }", "MISSING_EVENT"),
    ],
)
def test_an_unusable_document_is_refused_with_saleors_code(document, code):
    with pytest.raises(InvalidSubscription) as refused:
        subscribed_events(document)
    assert refused.value.code == code
