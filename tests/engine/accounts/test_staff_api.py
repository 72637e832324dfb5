import pytest

from store.engine.accounts.models import Group, User
from store.engine.graphql.ids import to_global_id
from tests.engine.accounts.conftest import PASSWORD
from tests.engine.api_client import Failed, ask, ask_one, gid

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def boss(transactional_db):
    return User.objects.create_superuser("boss@cupwell.example", PASSWORD)


@pytest.fixture
def packer(transactional_db):
    user = User.objects.create_user("pia@cupwell.example", PASSWORD, is_staff=True)
    group = Group.objects.create(name="Packers", permissions=["MANAGE_ORDERS", "MANAGE_STAFF"])
    group.users.add(user)
    return user


def test_a_customer_can_not_look_around(ada):
    for query in (
        "{ customers(first: 1) { totalCount } }",
        "{ staffUsers(first: 1) { totalCount } }",
        "{ permissionGroups(first: 1) { totalCount } }",
        '{ user(email: "ada@example.com") { id } }',
        "{ apps(first: 1) { totalCount } }",
        'mutation { customerCreate(input: {email: "x@example.com"}) { user { id } } }',
        'mutation { staffCreate(input: {email: "x@example.com"}) { user { id } } }',
        'mutation { appCreate(input: {name: "x"}) { authToken } }',
    ):
        with pytest.raises(Failed) as failed:
            ask(query, as_=ada)
        assert failed.value.codes == ["PermissionDenied"]
    assert User.objects.count() == 1


def test_staff_find_customers_by_any_word(boss, ada):
    ada.addresses.create(city="Springfield", country="US")
    search = "query($w: String) { customers(first: 5, search: $w) { totalCount edges { node { email } } } }"
    for words in ("ada", "ADA@", "springf", "ada springfield"):
        assert ask_one(search, w=words, as_=boss)["edges"] == [{"node": {"email": "ada@example.com"}}]
    assert ask_one(search, w="ada nowhere", as_=boss)["totalCount"] == 0


def test_staff_who_may_only_see_orders_see_no_colleagues(packer, boss, ada):
    find = "query($e: String) { user(email: $e) { email } }"
    Group.objects.update(permissions=["MANAGE_ORDERS"])
    assert ask_one(find, e=ada.email, as_=packer) == {"email": ada.email}
    assert ask_one(find, e=boss.email, as_=packer) is None


def test_a_group_gives_no_more_than_its_maker_has(packer):
    create = """mutation($p: [PermissionEnum!]) { permissionGroupCreate(input: {name: "New", addPermissions: $p}) {
        group { name permissions { code name } } errors { field code permissions } } }"""
    answer = ask_one(create, p=["MANAGE_APPS"], as_=packer)
    assert answer["errors"] == [
        {"field": "addPermissions", "code": "OUT_OF_SCOPE_PERMISSION", "permissions": ["MANAGE_APPS"]}
    ]
    assert Group.objects.count() == 1
    made = ask_one(create, p=["MANAGE_ORDERS"], as_=packer)["group"]
    assert made["permissions"] == [{"code": "MANAGE_ORDERS", "name": "Manage orders."}]


def test_a_colleague_is_made_and_changed(boss):
    group = Group.objects.create(name="Packers", permissions=["MANAGE_ORDERS"])
    create = """mutation($g: [ID!]) { staffCreate(input: {email: "Pia@cupwell.example", addGroups: $g}) {
        user { id email isStaff userPermissions { code } permissionGroups { name } } errors { field code } } }"""
    pia = ask_one(create, g=[gid(group)], as_=boss)["user"]
    assert (pia["email"], pia["isStaff"]) == ("pia@cupwell.example", True)
    assert (pia["userPermissions"], pia["permissionGroups"]) == (
        [{"code": "MANAGE_ORDERS"}],
        [{"name": "Packers"}],
    )
    update = "mutation($id: ID!) { staffUpdate(id: $id, input: {isActive: false}) { user { isActive } errors { code } } }"
    assert ask_one(update, id=pia["id"], as_=boss)["user"] == {"isActive": False}
    assert ask_one(update, id=gid(boss), as_=boss)["errors"] == [{"code": "DEACTIVATE_OWN_ACCOUNT"}]


def test_of_many_customers_the_wrong_one_stops_all_or_only_itself(boss, ada):
    bulk = """mutation($rows: [CustomerBulkUpdateInput!]!, $policy: ErrorPolicyEnum) {
        customerBulkUpdate(customers: $rows, errorPolicy: $policy) {
            count results { customer { firstName } errors { path code } } errors { code } } }"""
    rows = [
        {"id": gid(ada), "input": {"firstName": "Adele"}},
        {"id": gid(boss), "input": {"firstName": "Nobody"}},
    ]
    refused = ask_one(bulk, rows=rows, as_=boss)
    ada.refresh_from_db()
    assert (refused["count"], ada.first_name) == (0, "Ada")
    assert refused["results"][1]["errors"] == [{"path": None, "code": "NOT_FOUND"}]
    assert ask_one(bulk, rows=rows, policy="REJECT_FAILED_ROWS", as_=boss)["count"] == 1
    ada.refresh_from_db()
    assert ada.first_name == "Adele"


def test_a_customer_is_written_down_changed_and_forgotten(boss):
    create = """mutation { customerCreate(input: {email: "bo@example.com", note: "likes tea", metadata: [{key: "a", value: "1"}]}) {
        user { id note metadata { key value } } errors { field code } } }"""
    bo = ask_one(create, as_=boss)["user"]
    assert (bo["note"], bo["metadata"]) == ("likes tea", [{"key": "a", "value": "1"}])
    update = 'mutation($id: ID!) { customerUpdate(id: $id, input: {lastName: "Peep"}) { user { lastName } errors { code } } }'
    assert ask_one(update, id=bo["id"], as_=boss)["user"] == {"lastName": "Peep"}
    delete = "mutation($id: ID!) { customerDelete(id: $id) { user { id } errors { code } } }"
    assert ask_one(delete, id=bo["id"], as_=boss)["user"] == {"id": bo["id"]}
    assert ask_one(delete, id=gid(boss), as_=boss)["errors"] == [{"code": "NOT_FOUND"}]
    assert list(User.objects.all()) == [boss]


PEOPLE = """{ staffUsers(first: 50) { edges { node { email defaultShippingAddress { city } addresses { city }
    userPermissions { code } permissionGroups { name permissions { code } users { email } } } } }
    customers(first: 50) { edges { node { email defaultBillingAddress { city } addresses { city } } } } }"""


def statements_of(query, as_):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask(query, as_=as_)
    return len(captured)


def test_many_people_cost_as_many_statements_as_few(boss):
    def somebody(number):
        user = User.objects.create_user(f"p{number}@cupwell.example", None, is_staff=number % 2 == 0)
        address = user.addresses.create(city=str(number), country="US")
        User.objects.filter(pk=user.pk).update(
            default_shipping_address=address, default_billing_address=address
        )
        Group.objects.create(name=f"G{number}", permissions=["MANAGE_ORDERS"]).users.add(user)

    for number in range(2):
        somebody(number)
    few = statements_of(PEOPLE, boss)
    for number in range(2, 30):
        somebody(number)
    assert statements_of(PEOPLE, boss) == few


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999", "-1"])
def test_an_id_that_leads_nowhere_finds_nobody(boss, pk):
    assert (
        ask_one("query($id: ID!) { user(id: $id) { email } }", id=to_global_id("User", pk), as_=boss) is None
    )
    found = ask_one(
        "query($id: ID!) { permissionGroup(id: $id) { name } }", id=to_global_id("Group", pk), as_=boss
    )
    assert found is None
    listed = "query($id: ID!) { customers(first: 5, filter: {ids: [$id]}) { totalCount } }"
    assert ask_one(listed, id=to_global_id("User", pk), as_=boss) == {"totalCount": 0}
