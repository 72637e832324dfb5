"""Staff in a group that is restricted to a channel sees and changes the orders of that channel only."""

import pytest

from store.engine.accounts.models import Group, User
from store.engine.channels.models import Channel
from store.engine.orders.models import Order
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid

NOTE = 'mutation($o: ID!) { orderNoteAdd(order: $o, input: {message: "hi"}) { errors { code } } }'


@pytest.fixture
def orders(transactional_db: None) -> dict[str, Order]:
    """An order in each of two channels, by slug."""
    found = {}
    for number, slug in enumerate(("eu", "us"), start=1):
        channel = Channel.objects.create(
            name=slug, slug=slug, currency_code="EUR", default_country="DE", is_active=True
        )
        found[slug] = Order.objects.create(number=number, channel=channel, currency="EUR")
    return found


def colleague(*, channels: list[Channel] | None) -> User:
    group = Group.objects.create(
        name="Packers", permissions=["MANAGE_ORDERS"], restricted_access_to_channels=channels is not None
    )
    group.channels.set(channels or [])
    user = User.objects.create(email="pack@example.com", is_staff=True, is_active=True, is_confirmed=True)
    user.groups.add(group)
    return user


def listed(user: User) -> list[str]:
    query = "{ orders(first: 10, sortBy: {field: NUMBER, direction: ASC}) { edges { node { channel { slug } } } } }"
    return [edge["node"]["channel"]["slug"] for edge in execute_field(query, as_=user)["edges"]]


def test_a_restricted_colleague_reaches_the_orders_of_the_own_channel(orders: dict[str, Order]) -> None:
    user = colleague(channels=[orders["eu"].channel])
    assert listed(user) == ["eu"]
    assert execute_field(NOTE, as_=user, o=gid(orders["eu"])) == {"errors": []}


def test_a_restricted_colleague_neither_sees_nor_changes_those_of_another(orders: dict[str, Order]) -> None:
    user, foreign = colleague(channels=[orders["eu"].channel]), gid(orders["us"])
    query = "query($o: ID!) { order(id: $o) { id } }"
    assert execute(query, as_=user, o=foreign) == {"order": None}
    with pytest.raises(GraphQLErrors) as refused:
        execute(NOTE, as_=user, o=foreign)
    assert refused.value.codes == ["PermissionDenied"]
    assert not orders["us"].events.exists()


def test_a_group_without_restriction_opens_every_channel(orders: dict[str, Order]) -> None:
    user = colleague(channels=None)
    assert listed(user) == ["eu", "us"]
    assert execute_field(NOTE, as_=user, o=gid(orders["us"])) == {"errors": []}
