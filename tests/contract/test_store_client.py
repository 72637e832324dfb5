"""The store's generated client against the engine and Saleor: from the product list to the paid order."""

from typing import Any

import pytest

from store.saleor.client.client import Client
from store.saleor.client.enums import CountryCode, LanguageCodeEnum
from store.saleor.client.input_types import AddressInput
from store.saleor.errors import Refused, check
from store.saleor.order_answers import order_facts
from store.saleor.order_state import Payment, order_state
from store.saleor.transports import CallLimits, HttpTransport
from store.storefront import catalog_index
from tests.contract.fixture_data import ADDRESS, ShopSetup

EN = LanguageCodeEnum.EN


@pytest.fixture
def guest(shop: ShopSetup) -> Client:
    return Client(HttpTransport(shop.api.url, limits=CallLimits(60, 60)))


def create_checkout(shop: ShopSetup, guest: Client, quantity: int = 2) -> Any:
    made = guest.checkout_create(
        channel=shop.channel, variant=shop.ids["variant"], quantity=quantity, language=EN
    )
    return check(made.checkout_create).checkout


def test_a_product_is_found_in_the_list_and_has_its_page(shop: ShopSetup, guest: Client) -> None:
    slug = f"glass-{shop.suffix}"
    indexed = guest.catalog_index(channel=shop.channel, first=catalog_index.PER_CALL, language=EN).products
    assert slug in [edge.node.slug for edge in indexed.edges]
    searched = guest.search_index(channel=shop.channel, first=catalog_index.PER_CALL, language=EN).products
    assert slug in [edge.node.slug for edge in searched.edges]
    listed = guest.product_list(
        channel=shop.channel, slugs=[slug], category="", language=EN, alt_key="alt.en"
    )
    assert [edge.node.slug for edge in listed.products.edges] == [slug]
    assert listed.categories.edges == []
    page = guest.product_page(
        slug=slug, channel=shop.channel, country=CountryCode.US, language=EN, alt_key="alt.en"
    ).product
    assert page is not None
    variants = [edge.node for edge in page.product_variants.edges]
    assert {variant.sku for variant in variants} == {f"glass-{c}-{shop.suffix}" for c in ("Teal", "Plum")}
    assert {variant.pricing.price.net.amount for variant in variants} == {30}


def test_a_checkout_ends_in_a_paid_order(shop: ShopSetup, guest: Client) -> None:
    made = create_checkout(shop, guest)
    address = AddressInput.model_validate(ADDRESS)
    saved = guest.checkout_contact_update(
        id=made.id, email="ada@example.com", shipping=address, billing=address
    )
    check(saved.checkout_email_update)
    check(saved.checkout_shipping_address_update)
    check(saved.checkout_billing_address_update)
    offered = check(
        guest.delivery_options_calculate(id=made.id, language=EN).delivery_options_calculate
    ).deliveries
    check(
        guest.checkout_delivery_method_update(
            id=made.id, delivery=offered[0].id
        ).checkout_delivery_method_update
    )
    checkout = guest.checkout_page(id=made.id, language=EN).checkout
    assert checkout is not None
    total = checkout.total_price.gross
    shop.mutate(
        "mutation($id:ID!,$t:TransactionCreateInput!){transactionCreate(id:$id,transaction:$t){errors{field message code}}}",
        id=made.id, t={"name": "card", "amountCharged": {"amount": total.amount, "currency": total.currency}},
    )  # fmt: skip
    order = check(guest.checkout_complete(id=made.id).checkout_complete).order
    page = guest.order_page(id=order.id, language=EN).order
    assert page is not None
    state = order_state(order_facts(page, page.lines, page.fulfillments))
    assert (state.payment, page.total.gross.amount) == (Payment.PAID, total.amount)


def test_a_mutation_error_is_raised_with_its_code(shop: ShopSetup, guest: Client) -> None:
    with pytest.raises(Refused) as raised:
        create_checkout(shop, guest, quantity=100_000)
    assert raised.value.codes == {"QUANTITY_GREATER_THAN_LIMIT"}
