"""The store's own client speaks to both shops alike: a shopper's walk from the list to the paid order."""

from typing import Any

import pytest

from store.saleor.client.client import Client
from store.saleor.client.input_types import AddressInput
from store.saleor.errors import Refused, check
from store.saleor.transports import HttpTransport
from tests.contract.fixture_data import ADDRESS, World


@pytest.fixture
def guest(world: World) -> Client:
    return Client(HttpTransport(world.api.url, timeout=60))


def basket_of(world: World, guest: Client, quantity: int = 2) -> Any:
    made = guest.basket_create(channel=world.channel, variant=world.ids["variant"], quantity=quantity)
    return check(made.checkout_create).checkout


def test_a_product_is_found_in_the_list_and_has_its_page(world: World, guest: Client) -> None:
    slug = f"glass-{world.mark}"
    listed = guest.product_list(channel=world.channel, first=20).products
    assert slug in [edge.node.slug for edge in listed.edges]
    page = guest.product_page(slug=slug, channel=world.channel).product
    assert page is not None
    variants = [edge.node for edge in page.product_variants.edges]
    assert {variant.sku for variant in variants} == {f"glass-{c}-{world.mark}" for c in ("Teal", "Plum")}
    assert {variant.pricing.price.net.amount for variant in variants} == {30}


def test_a_walk_ends_in_a_paid_order(world: World, guest: Client) -> None:
    made = basket_of(world, guest)
    address = AddressInput.model_validate(ADDRESS)
    saved = guest.checkout_save_contact(
        id=made.id, email="ada@example.com", shipping=address, billing=address
    )
    check(saved.checkout_email_update)
    check(saved.checkout_shipping_address_update)
    check(saved.checkout_billing_address_update)
    offered = check(guest.checkout_deliveries(id=made.id).delivery_options_calculate).deliveries
    check(guest.checkout_choose_delivery(id=made.id, delivery=offered[0].id).checkout_delivery_method_update)
    stop = guest.checkout_stop(id=made.id).checkout
    assert stop is not None
    owed = stop.total_price.gross
    world.do(
        "mutation($id:ID!,$t:TransactionCreateInput!){transactionCreate(id:$id,transaction:$t){errors{field message code}}}",
        id=made.id, t={"name": "card", "amountCharged": {"amount": owed.amount, "currency": owed.currency}},
    )  # fmt: skip
    order = check(guest.checkout_complete(id=made.id).checkout_complete).order
    page = guest.order_page(id=order.id).order
    assert page is not None
    assert (page.is_paid, page.total.gross.amount) == (True, owed.amount)


def test_a_refusal_arrives_with_field_and_code(world: World, guest: Client) -> None:
    with pytest.raises(Refused) as refused:
        basket_of(world, guest, quantity=100_000)
    assert refused.value.codes == {"QUANTITY_GREATER_THAN_LIMIT"}
