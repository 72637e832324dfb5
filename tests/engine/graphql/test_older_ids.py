"""`checkoutId:` and `token:` name a checkout as `id:` does; what lists rows of a relation shows nobody too much."""

import pytest

from store.engine.catalog.models import ProductChannelListing
from store.engine.discounts.models import GiftCard
from tests.engine.api_client import GraphQLErrors, execute, gid
from tests.engine.checkout_flow import create_checkout, create_shop, place_order

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "mutation { checkoutEmailUpdate(%s, email: %r) { checkout { email } errors { field code } } }"


def update_email(argument: str, email: str) -> object:
    return execute((EMAIL % (argument, email)).replace("'", '"'))["checkoutEmailUpdate"]


def test_a_checkout_is_named_by_its_id_its_older_argument_or_its_token() -> None:
    shop = create_shop()
    checkout = create_checkout(shop, (shop.variant("CUP"), 1))
    given = (f"id: {gid(checkout)!r}", f"checkoutId: {gid(checkout)!r}", f"token: {str(checkout.pk)!r}")
    for at, argument in enumerate(given):
        payload = update_email(argument, f"ada{at}@example.com")
        assert payload == {"checkout": {"email": f"ada{at}@example.com"}, "errors": []}
    error = {"field": "id", "code": "GRAPHQL_ERROR"}
    assert update_email(f"{given[0]}, {given[2]}", "a@example.com") == {"checkout": None, "errors": [error]}
    found = execute(f'{{ checkout(token: "{checkout.pk}") {{ email }} }}')
    assert found == {"checkout": {"email": "ada2@example.com"}}


def test_who_knows_an_order_does_not_see_the_history_of_its_gift_card() -> None:
    shop = create_shop()
    order = place_order(shop, (shop.variant("CUP"), 1))
    card = GiftCard.objects.create(
        code="CARD", currency="USD", initial_balance_amount=1, current_balance_amount=1
    )
    order.gift_cards.add(card)
    with pytest.raises(GraphQLErrors) as caught:
        execute(f'{{ order(id: "{gid(order)}") {{ giftCards {{ events {{ type }} }} }} }}')
    assert set(caught.value.codes) == {"PermissionDenied"}


def test_a_product_type_lists_what_the_requestor_may_see() -> None:
    shop = create_shop()
    shop.variant("CUP")
    ProductChannelListing.objects.filter(product=shop.variant("HIDDEN").product).update(is_published=False)
    query = f'{{ productType(id: "{gid(shop.type)}") {{ products(first: 5, channel: "default-channel") {{ totalCount }} }} }}'
    assert execute(query) == {"productType": {"products": {"totalCount": 1}}}
