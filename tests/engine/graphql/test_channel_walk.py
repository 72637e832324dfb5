"""Every field and mutation that leads to orders, baskets or money, asked by staff who are limited to another channel."""

from decimal import Decimal
from typing import Any

import pytest
from graphql import GraphQLList, GraphQLNonNull, get_named_type, is_required_argument

from store.engine.accounts.models import Group, User
from store.engine.catalog.models import Category, Product, ProductType, ProductVariant
from store.engine.channels.models import Channel
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.discounts.models import GiftCard, GiftCardEvent
from store.engine.events.permission_codes import ALL_PERMISSIONS
from store.engine.graphql.schema import schema
from store.engine.orders.models import Order, OrderDiscount, OrderEvent
from store.engine.payments.models import Payment, TransactionItem
from tests.contract.test_permissions import MUTATIONS, smallest_value
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid

LED_TO = {"Order", "OrderEvent", "TransactionItem", "Transaction", "Payment", "Checkout", "CheckoutLine"}
ID = "{ edges { node { id } } }"
LISTS = {
    "orders": f"{{ orders(first: 9) {ID} }}",
    "draftOrders": f"{{ draftOrders(first: 9) {ID} }}",
    "homepageEvents": f"{{ homepageEvents(first: 9) {ID} }}",
    "checkouts": f"{{ checkouts(first: 9) {ID} }}",
    "checkoutLines": f"{{ checkoutLines(first: 9) {ID} }}",
    "transactions": f"{{ transactions(first: 9) {ID} }}",
    "payments": f"{{ payments(first: 9) {ID} }}",
}
# by id; a basket is seen by whoever knows its id, as in Saleor
SINGLE = {
    "order": "Order",
    "transaction": "TransactionItem",
    "payment": "Payment",
    "orderByToken": "",
    "checkout": "",
}


class Elsewhere:
    """An order, a draft, a basket and money of a channel out of the colleague's reach."""

    def __init__(self) -> None:
        channel = Channel.objects.create(
            name="us", slug="us", currency_code="USD", default_country="US", is_active=True
        )
        self.buyer = User.objects.create_user("bertha@example.com", "x")
        self.order = Order.objects.create(
            number=1, channel=channel, currency="USD", user=self.buyer, external_reference="erp-1"
        )
        self.draft = Order.objects.create(number=2, channel=channel, currency="USD", status="DRAFT")
        self.event = OrderEvent.objects.create(order=self.order, type="PLACED")
        self.discount = OrderDiscount.objects.create(
            order=self.draft, type="MANUAL", value_type="FIXED", value=1, amount_value=1, currency="USD"
        )
        self.checkout = Checkout.objects.create(
            channel=channel, currency="USD", country="US", user=self.buyer
        )
        self.line = CheckoutLine.objects.create(checkout=self.checkout, variant=_variant(), quantity=1)
        self.transaction = TransactionItem.objects.create(
            order_id=self.order.pk, currency="USD", charged_value=5, available_actions=["REFUND"]
        )
        self.of_basket = TransactionItem.objects.create(
            checkout_id=self.checkout.pk, currency="USD", charged_value=5
        )
        self.payment = Payment.objects.create(
            order_id=self.order.pk, currency="USD", total=5, captured_amount=5
        )
        card = GiftCard.objects.create(
            code="C-1", currency="USD", initial_balance_amount=5, current_balance_amount=5
        )
        GiftCardEvent.objects.create(gift_card=card, type="USED_IN_ORDER", order_id=self.order.pk)


def _variant() -> ProductVariant:
    kind, category = (
        ProductType.objects.create(name="t", slug="t"),
        Category.objects.create(name="c", slug="c"),
    )
    product = Product.objects.create(name="p", slug="p", product_type=kind, category=category)
    return ProductVariant.objects.create(product=product, sku="s")


@pytest.fixture
def elsewhere(transactional_db: None) -> Elsewhere:
    return Elsewhere()


def colleague(*codes: str) -> User:
    here = Channel.objects.create(
        name="eu", slug="eu", currency_code="EUR", default_country="DE", is_active=True
    )
    group = Group.objects.create(
        name="Here", permissions=sorted(codes or ALL_PERMISSIONS), restricted_access_to_channels=True
    )
    group.channels.set([here])
    user = User.objects.create_user("here@example.com", "x", is_staff=True)
    user.groups.add(group)
    return user


def test_every_root_field_that_leads_there_is_walked() -> None:
    fields = schema().query_type.fields  # type: ignore[union-attr]
    leading = {
        name
        for name, field in fields.items()
        if get_named_type(field.type).name.removesuffix("CountableConnection") in LED_TO
    }
    assert leading == set(LISTS) | set(SINGLE)


@pytest.mark.parametrize("name", LISTS)
def test_no_list_has_rows_of_another_channel(elsewhere: Elsewhere, name: str) -> None:
    assert execute_field(LISTS[name], as_=colleague()) == {"edges": []}
    owner = User.objects.create_superuser("owner@example.com", "x")
    assert execute_field(LISTS[name], as_=owner)["edges"]


@pytest.mark.parametrize("name", ["order", "transaction", "payment"])
def test_no_row_of_another_channel_is_found_by_its_id(elsewhere: Elsewhere, name: str) -> None:
    query = f"query($id: ID!) {{ {name}(id: $id) {{ id }} }}"
    assert execute(query, as_=colleague(), id=gid(getattr(elsewhere, name))) == {name: None}


def test_customers_have_the_orders_and_baskets_of_the_own_channel(elsewhere: Elsewhere) -> None:
    fields = "orders(first: 9) { totalCount } checkoutIds checkoutTokens"
    user = colleague()
    listed = execute_field(f"{{ customers(first: 9) {{ edges {{ node {{ {fields} }} }} }} }}", as_=user)
    nothing = {"orders": {"totalCount": 0}, "checkoutIds": [], "checkoutTokens": []}
    assert [edge["node"] for edge in listed["edges"]] == [nothing]
    query = f"query($id: ID!) {{ user(id: $id) {{ {fields} }} }}"
    assert execute_field(query, as_=user, id=gid(elsewhere.buyer)) == nothing
    assert execute_field(
        query, as_=User.objects.create_superuser("o@example.com", "x"), id=gid(elsewhere.buyer)
    ) == {
        "orders": {"totalCount": 1},
        "checkoutIds": [gid(elsewhere.checkout)],
        "checkoutTokens": [str(elsewhere.checkout.pk)],
    }


def test_ones_own_orders_are_seen_whatever_channel_they_are_of(elsewhere: Elsewhere) -> None:
    user = colleague()
    Order.objects.update(user=user)
    assert execute_field("{ me { orders(first: 9) { totalCount } } }", as_=user) == {
        "orders": {"totalCount": 1}
    }


def test_a_gift_card_does_not_name_the_order_that_it_paid_elsewhere(elsewhere: Elsewhere) -> None:
    query = "{ giftCards(first: 9) { edges { node { events { orderId orderNumber } } } } }"
    [edge] = execute_field(query, as_=colleague())["edges"]
    assert edge["node"]["events"] == [{"orderId": None, "orderNumber": None}]


def id_calls(name: str) -> list[tuple[str, dict[str, Any]]]:
    """A call of the mutation for each of its arguments that may name a row: the query, and the argument to fill."""
    arguments = MUTATIONS[name].args
    required = {key: argument for key, argument in arguments.items() if is_required_argument(argument)}
    calls = []
    for key, argument in arguments.items():
        if get_named_type(argument.type).name not in ("ID", "UUID") and key != "externalReference":
            continue
        sent = {**required, key: argument}
        declared = ", ".join(f"${each}: {one.type}" for each, one in sent.items())
        given = ", ".join(f"{each}: ${each}" for each in sent)
        values = {each: smallest_value(one.type) for each, one in sent.items()}
        calls.append((f"mutation({declared}) {{ {name}({given}) {{ __typename }} }}", values | {key: key}))
    return calls


def filled(values: dict[str, Any], key: str, named: str, name: str) -> dict[str, Any]:
    type_ = MUTATIONS[name].args[key].type
    bare = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    return values | {key: [named] if isinstance(bare, GraphQLList) else named}


BY_STAFF = [
    name
    for name in MUTATIONS
    if name.startswith(("order", "draftOrder", "fulfillment", "transaction", "payment"))
    and name not in ("orderSettingsUpdate", "orderCreateFromCheckout")
    and name not in ("transactionInitialize", "transactionProcess", "paymentGatewayInitialize")
]


@pytest.mark.parametrize("name", BY_STAFF)
def test_no_mutation_acts_on_another_channel(elsewhere: Elsewhere, name: str) -> None:
    user = colleague()
    named = {"UUID": str(elsewhere.transaction.pk), "String": "erp-1"}
    for query, values in id_calls(name):
        key = next(each for each, value in values.items() if value == each)
        kind = get_named_type(MUTATIONS[name].args[key].type).name
        ids = (
            [named[kind]]
            if kind in named
            else [
                gid(elsewhere.order),
                gid(elsewhere.event),
                gid(elsewhere.discount),
                gid(elsewhere.transaction),
                gid(elsewhere.of_basket),
                gid(elsewhere.payment),
                gid(elsewhere.checkout),
            ]
        )
        for one in ids:
            with pytest.raises(GraphQLErrors) as refused:
                execute(query, as_=user, **filled(values, key, one, name))
            assert refused.value.codes == ["PermissionDenied"], (query, key)


def test_no_draft_is_made_in_another_channel(elsewhere: Elsewhere) -> None:
    query = "mutation($c: ID!) { draftOrderCreate(input: {channelId: $c}) { errors { code } } }"
    with pytest.raises(GraphQLErrors) as refused:
        execute(query, as_=colleague(), c=gid(elsewhere.order.channel))
    assert refused.value.codes == ["PermissionDenied"]


@pytest.mark.parametrize("field", ["order", "checkout", "transaction"])
def test_private_metadata_of_another_channel_is_not_written(elsewhere: Elsewhere, field: str) -> None:
    query = """mutation($id: ID!) {
      updatePrivateMetadata(id: $id, input: [{key: "a", value: "b"}]) { errors { code } }
    }"""
    with pytest.raises(GraphQLErrors) as refused:
        execute(query, as_=colleague(), id=gid(getattr(elsewhere, field)))
    assert refused.value.codes == ["PermissionDenied"]


@pytest.mark.parametrize("field", ["order", "checkout"])
def test_no_payload_of_another_channel_is_tried(elsewhere: Elsewhere, field: str) -> None:
    query = """mutation($id: ID!) {
      webhookDryRun(objectId: $id, query: "subscription { event { __typename } }") { payload }
    }"""
    with pytest.raises(GraphQLErrors) as refused:
        execute(query, as_=colleague(), id=gid(getattr(elsewhere, field)))
    assert refused.value.codes == ["PermissionDenied"]


def test_a_colleague_shops_in_any_channel(elsewhere: Elsewhere) -> None:
    query = """mutation($id: ID!) {
      checkoutEmailUpdate(id: $id, email: "a@example.com") { errors { code } checkout { email } }
    }"""
    changed = execute_field(query, as_=colleague(), id=gid(elsewhere.checkout))
    assert changed == {"errors": [], "checkout": {"email": "a@example.com"}}


def test_apps_reach_every_channel_and_so_are_not_for_who_is_limited(elsewhere: Elsewhere) -> None:
    user = colleague()
    assert "MANAGE_APPS" not in user.permission_codes()
    query = 'mutation { appCreate(input: {name: "Spy", permissions: [MANAGE_ORDERS]}) { authToken } }'
    with pytest.raises(GraphQLErrors) as refused:
        execute(query, as_=user)
    assert refused.value.codes == ["PermissionDenied"]


def test_sums_are_of_the_own_channel(elsewhere: Elsewhere) -> None:
    Order.objects.update(total_gross_amount=Decimal(7))
    query = '{ ordersTotal(channel: "us") { gross { amount } } }'
    assert execute_field(query, as_=colleague())["gross"]["amount"] == 0
