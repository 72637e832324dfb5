import pytest

from store.engine.events.subscription_queries import BadSubscription, events_of
from store.saleor import events


def test_the_kinds_of_events_are_read_from_the_fragments():
    document = """
        subscription { event { ... on OrderCreated { order { number } } ...Paid ... on Event { ...Sent } } }
        fragment Paid on OrderPaid { order { user { ... on User { id } } } }
        fragment Sent on Event { ... on FulfillmentTrackingNumberUpdated { fulfillment { id } } }"""
    assert events_of(document) == {"ORDER_CREATED", "ORDER_PAID", "FULFILLMENT_TRACKING_NUMBER_UPDATED"}


def test_the_mailer_asks_for_payments_and_parcels():
    assert events_of(events.document("MailerEvents")) == {
        "ORDER_PAID",
        "ORDER_FULLY_PAID",
        "ORDER_CANCELLED",
        "FULFILLMENT_CREATED",
        "FULFILLMENT_APPROVED",
        "FULFILLMENT_TRACKING_NUMBER_UPDATED",
        "FULFILLMENT_METADATA_UPDATED",
    }


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("subscription { event {", "SYNTAX"),
        ("query { shop { name } }", "MISSING_SUBSCRIPTION"),
        ("subscription { orderPaid { order { id } } }", "MISSING_EVENT"),
    ],
)
def test_a_useless_document_is_refused_with_saleors_word(document, code):
    with pytest.raises(BadSubscription) as refused:
        events_of(document)
    assert refused.value.code == code
