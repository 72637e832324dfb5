"""The subscription document, the handled event types and the event models agree."""

from pathlib import Path

import pytest
from graphql import InlineFragmentNode, Visitor, build_schema, parse, validate, visit

from store.mailer.inbox import SUBSCRIPTION
from store.saleor import events
from tests.mailer.conftest import ORDER, SHIPMENT
from tests.mailer.saleor_double import account_event, event, fulfillment, order

SLICE = Path(events.__file__).parent / "schema.graphql"


def test_saleor_understands_the_subscription() -> None:
    assert validate(build_schema(SLICE.read_text()), parse(SUBSCRIPTION)) == []


def test_we_ask_for_exactly_the_events_that_we_listen_to() -> None:
    event_types: list[str] = []

    class Names(Visitor):
        def enter_inline_fragment(self, node: InlineFragmentNode, *_: object) -> None:
            name = node.type_condition.name.value
            if not name.startswith("Assigned"):
                event_types.append(name)

    visit(parse(SUBSCRIPTION), Names())
    assert tuple(event_types) == events.EVENT_TYPES


@pytest.mark.parametrize("name", events.EVENT_TYPES)
def test_each_event_is_read_into_its_own_type(name: str) -> None:
    shipped = fulfillment(SHIPMENT) if name.startswith("Fulfillment") else None
    if name.startswith(("Account", "Staff")):
        found = events.parse(account_event(name, newEmail="new@example.com"))
        assert (type(found).__name__, found.user.email) == (name, "ada@example.com")
        return
    if name == "GiftCardSent":
        found = events.parse(
            {"__typename": name, "sentToEmail": "ada@example.com", "giftCard": {"id": "R2lmdENhcmQ6MQ=="}}
        )
        assert (type(found).__name__, found.sent_to_email) == (name, "ada@example.com")
        return
    found = events.parse(event(name, order(ORDER), shipped))
    assert (type(found).__name__, found.order.id) == (name, ORDER)


def test_a_line_without_a_noted_insert_has_that_of_its_product() -> None:
    attribute = {"assignedAttribute": {"page": {"slug": "glass-cups"}}}
    payload = event("FulfillmentCreated", order(ORDER), fulfillment(SHIPMENT))
    payload["fulfillment"]["lines"][0]["orderLine"] = {"insert": None, "variant": {"product": attribute}}
    payload["fulfillment"]["lines"][1]["orderLine"] = {"insert": "plastic-cups@1.2", "variant": None}
    assert events.parse(payload).fulfillment.insert_slugs == ["glass-cups", "plastic-cups"]
