"""Who is limited to channels gives nobody, himself included, more channels; nobody edits a mightier colleague."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from store.engine.accounts.models import Address, Group, User
from store.engine.channels.models import Channel
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid

CREATE = """mutation($input: PermissionGroupCreateInput!) {
  permissionGroupCreate(input: $input) { group { id } errors { field code } }
}"""
UPDATE = """mutation($id: ID!, $input: PermissionGroupUpdateInput!) {
  permissionGroupUpdate(id: $id, input: $input) { errors { field code } }
}"""
CODES = ["MANAGE_ORDERS", "MANAGE_STAFF", "MANAGE_USERS"]


@dataclass
class House:
    """`pia` may manage staff and is limited to `eu`; so are the group `own` and `mate`; `boss` is in no limited group."""

    eu: Channel
    us: Channel
    own: Group
    other: Group
    unlimited: Group
    pia: User
    mate: User
    boss: User


@pytest.fixture
def house(transactional_db: None) -> House:
    eu, us = (
        Channel.objects.create(
            name=slug, slug=slug, currency_code="EUR", default_country="DE", is_active=True
        )
        for slug in ("eu", "us")
    )
    own, other, unlimited = (
        Group.objects.create(name=name, permissions=CODES, restricted_access_to_channels=name != "All")
        for name in ("Own", "Other", "All")
    )
    own.channels.set([eu])
    other.channels.set([us])
    pia, mate, boss = (
        User.objects.create_user(f"{name}@cupwell.example", "cupwell-demo", is_staff=True)
        for name in ("pia", "mate", "boss")
    )
    own.users.set([pia, mate])
    unlimited.users.set([boss])
    return House(eu, us, own, other, unlimited, pia, mate, boss)


def codes(payload: dict[str, Any]) -> list[tuple[str, str]]:
    return [(error["field"], error["code"]) for error in payload["errors"]]


def reach(user: User) -> Any:
    return User.objects.accessible_channels([user])[user.pk]


@pytest.mark.parametrize("given", [{}, {"restrictedAccessToChannels": False}])
def test_no_group_without_a_limit_is_made(house: House, given: dict[str, Any]) -> None:
    made = execute_field(CREATE, as_=house.pia, input={"name": "Mine", "addUsers": [gid(house.pia)]} | given)
    assert codes(made) == [("restrictedAccessToChannels", "OUT_OF_SCOPE_CHANNEL")]
    assert Group.objects.count() == 3


def test_no_group_of_another_channel_is_made(house: House) -> None:
    given = {"name": "Mine", "restrictedAccessToChannels": True, "addChannels": [gid(house.us)]}
    made = execute_field(CREATE, as_=house.pia, input=given)
    assert codes(made) == [("addChannels", "OUT_OF_SCOPE_CHANNEL")]
    assert Group.objects.count() == 3


def test_a_group_of_the_own_channel_is_made(house: House) -> None:
    given = {"name": "Mine", "restrictedAccessToChannels": True, "addChannels": [gid(house.eu)]}
    assert codes(execute_field(CREATE, as_=house.pia, input=given)) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"restrictedAccessToChannels": False}, ("restrictedAccessToChannels", "OUT_OF_SCOPE_CHANNEL")),
        ({"addChannels": ["us"]}, ("addChannels", "OUT_OF_SCOPE_CHANNEL")),
        ({"removeChannels": ["us"]}, ("removeChannels", "OUT_OF_SCOPE_CHANNEL")),
    ],
)
def test_the_own_group_is_not_widened(house: House, change: dict[str, Any], problem: tuple[str, str]) -> None:
    sent = {key: [gid(house.us)] if value == ["us"] else value for key, value in change.items()}
    assert codes(execute_field(UPDATE, as_=house.pia, id=gid(house.own), input=sent)) == [problem]
    assert reach(house.pia) == {house.eu.pk}


@pytest.mark.parametrize("group", ["other", "unlimited"])
@pytest.mark.parametrize(
    "change", [{"name": "x"}, {"addUsers": ["pia"]}, {"restrictedAccessToChannels": True}]
)
def test_a_mightier_group_is_not_touched(house: House, group: str, change: dict[str, Any]) -> None:
    row = getattr(house, group)
    sent = {key: [gid(house.pia)] if value == ["pia"] else value for key, value in change.items()}
    assert codes(execute_field(UPDATE, as_=house.pia, id=gid(row), input=sent)) == [
        ("id", "OUT_OF_SCOPE_CHANNEL")
    ]
    delete = "mutation($id: ID!) { permissionGroupDelete(id: $id) { errors { field code } } }"
    assert codes(execute_field(delete, as_=house.pia, id=gid(row))) == [("id", "OUT_OF_SCOPE_CHANNEL")]
    assert reach(house.pia) == {house.eu.pk}


@pytest.mark.parametrize("group", ["other", "unlimited"])
@pytest.mark.parametrize("who", ["pia", "mate"])
def test_nobody_is_put_into_a_mightier_group(house: House, group: str, who: str) -> None:
    update = """mutation($id: ID!, $groups: [ID!]) {
      staffUpdate(id: $id, input: {addGroups: $groups}) { errors { field code } }
    }"""
    user, row = getattr(house, who), getattr(house, group)
    sent = execute_field(update, as_=house.pia, id=gid(user), groups=[gid(row)])
    assert codes(sent) == [("addGroups", "OUT_OF_SCOPE_GROUP")]
    invite = """mutation($groups: [ID!]) {
      staffCreate(input: {email: "new@cupwell.example", addGroups: $groups}) { errors { field code } }
    }"""
    assert codes(execute_field(invite, as_=house.pia, groups=[gid(row)])) == [
        ("addGroups", "OUT_OF_SCOPE_GROUP")
    ]
    assert reach(user) == {house.eu.pk}


def test_a_colleague_who_reaches_more_channels_is_not_changed(house: House) -> None:
    update = 'mutation($id: ID!) { staffUpdate(id: $id, input: {firstName: "x"}) { errors { field code } } }'
    delete = "mutation($id: ID!) { staffDelete(id: $id) { errors { field code } } }"
    for query in (update, delete):
        assert codes(execute_field(query, as_=house.pia, id=gid(house.boss))) == [("id", "OUT_OF_SCOPE_USER")]
    assert codes(execute_field(update, as_=house.pia, id=gid(house.mate))) == []


def test_a_mightier_colleague_is_not_taken_out_of_a_group(house: House) -> None:
    house.own.users.add(house.boss)
    sent = {"removeUsers": [gid(house.boss)]}
    answer = execute_field(UPDATE, as_=house.pia, id=gid(house.own), input=sent)
    assert codes(answer) == [("removeUsers", "OUT_OF_SCOPE_USER")]
    assert house.boss in house.own.users.all()


def test_which_groups_one_may_manage_is_told(house: House) -> None:
    query = "{ permissionGroups(first: 9) { edges { node { name userCanManage } } } }"
    listed = execute_field(query, as_=house.pia)["edges"]
    assert {edge["node"]["name"]: edge["node"]["userCanManage"] for edge in listed} == {
        "All": False,
        "Other": False,
        "Own": True,
    }
    mine = execute_field("{ me { editableGroups { name } } }", as_=house.pia)
    assert mine == {"editableGroups": [{"name": "Own"}]}


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_desk_offers_no_mightier_role(house: House) -> None:
    client = desk_of(house.pia)
    invite = reverse("admin:accounts_staffmember_invite")
    offered = client.get(invite).content.decode()
    assert "Own" in offered
    assert "Other" not in offered
    for group in (house.other, house.unlimited):
        sent = client.post(invite, {"email": "new@cupwell.example", "groups": [group.pk]})
        assert sent.status_code == 422
        roles = reverse("admin:accounts_staffmember_roles-form", args=[house.pia.pk])
        assert client.post(roles, {"groups": [house.own.pk, group.pk]}).status_code == 422
    assert reach(house.pia) == {house.eu.pk}
    assert not User.objects.filter(email="new@cupwell.example").exists()


@pytest.mark.parametrize("act", ["roles-form", "link", "activity"])
def test_the_desk_does_not_change_a_mightier_colleague(house: House, act: str) -> None:
    before = User.objects.get(pk=house.boss.pk)
    url = reverse(f"admin:accounts_staffmember_{act}", args=[house.boss.pk])
    assert desk_of(house.pia).post(url, {"groups": []}).status_code == 422
    now = User.objects.get(pk=house.boss.pk)
    assert (now.password, now.is_active, list(now.groups.all())) == (before.password, True, [house.unlimited])


ADDRESS = {
    "firstName": "A",
    "lastName": "B",
    "streetAddress1": "Weg 1",
    "city": "Berlin",
    "postalCode": "10115",
    "country": "DE",
}
STORED = {
    "first_name": "A",
    "last_name": "B",
    "street_address_1": "Weg 1",
    "city": "Berlin",
    "postal_code": "10115",
    "country": "DE",
}
METADATA = '(id: $id, input: [{key: "a", value: "b"}]) { errors { code } }'
ON_ADDRESS = {
    "addressUpdate": "mutation($id: ID!, $input: AddressInput!) { addressUpdate(id: $id, input: $input) { errors { code } } }",
    "accountAddressUpdate": "mutation($id: ID!, $input: AddressInput!) {"
    " accountAddressUpdate(id: $id, input: $input) { errors { code } } }",
    "addressDelete": "mutation($id: ID!) { addressDelete(id: $id) { errors { code } } }",
    "accountAddressDelete": "mutation($id: ID!) { accountAddressDelete(id: $id) { errors { code } } }",
    "updateMetadata": f"mutation($id: ID!) {{ updateMetadata{METADATA} }}",
    "updatePrivateMetadata": f"mutation($id: ID!) {{ updatePrivateMetadata{METADATA} }}",
}
ON_USER = {
    "addressCreate": "mutation($id: ID!, $input: AddressInput!) { addressCreate(userId: $id, input: $input) { errors { code } } }",
    "addressSetDefault": "mutation($id: ID!, $address: ID!) {"
    " addressSetDefault(userId: $id, addressId: $address, type: BILLING) { errors { code } } }",
    "userBulkSetActive": "mutation($id: ID!) { userBulkSetActive(ids: [$id], isActive: false) { errors { code } } }",
    "updateMetadata": f"mutation($id: ID!) {{ updateMetadata{METADATA} }}",
    "updatePrivateMetadata": f"mutation($id: ID!) {{ updatePrivateMetadata{METADATA} }}",
}


def refused(query: str, user: User, **variables: Any) -> bool:
    """Whether the mutation was denied, or answered with an error."""
    used = {key: value for key, value in variables.items() if f"${key}:" in query}
    try:
        payload = execute_field(query, as_=user, **used)
    except GraphQLErrors as error:
        return error.codes == ["PermissionDenied"]
    return bool(payload["errors"])


@pytest.mark.parametrize("mightier", ["owner", "more permissions", "more channels"])
@pytest.mark.parametrize("permissions", [["MANAGE_USERS"], ["MANAGE_USERS", "MANAGE_STAFF"]])
def test_no_account_of_a_mightier_colleague_is_changed(
    house: House, mightier: str, permissions: list[str]
) -> None:
    Group.objects.filter(pk=house.own.pk).update(permissions=permissions)
    if mightier == "owner":
        User.objects.filter(pk=house.boss.pk).update(is_superuser=True)
    elif mightier == "more permissions":
        house.boss.groups.set(
            [
                house.own,
                Group.objects.create(
                    name="Mighty", permissions=["MANAGE_SETTINGS"], restricted_access_to_channels=True
                ),
            ]
        )
    address = Address.objects.create(**STORED)
    house.boss.addresses.add(address)
    for name, query in ON_ADDRESS.items():
        assert refused(query, house.pia, id=gid(address), input=ADDRESS | {"city": "Hamburg"}), name
    for name, query in ON_USER.items():
        assert refused(query, house.pia, id=gid(house.boss), input=ADDRESS, address=gid(address)), name
    boss = User.objects.get(pk=house.boss.pk)
    assert (boss.is_active, boss.metadata, boss.private_metadata) == (True, {}, {})
    assert [(row.city, row.metadata) for row in boss.addresses.all()] == [("Berlin", {})]
    assert boss.default_billing_address is None


def test_addresses_of_customers_and_of_oneself_can_be_changed(house: House) -> None:
    customer = User.objects.create_user("bertha@example.com", "x")
    for owner in (customer, house.pia, house.mate):
        assert execute(ON_USER["addressCreate"], as_=house.pia, id=gid(owner), input=ADDRESS) == {
            "addressCreate": {"errors": []}
        }
        assert not refused(
            ON_ADDRESS["addressUpdate"], house.pia, id=gid(owner.addresses.get()), input=ADDRESS
        )
