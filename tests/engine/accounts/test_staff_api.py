import pytest

from store.engine.accounts.models import Group, User
from store.engine.graphql.ids import to_global_id
from tests.engine.accounts.conftest import PASSWORD
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid

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


def test_a_customer_may_not_use_staff_queries(ada):
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
        with pytest.raises(GraphQLErrors) as failed:
            execute(query, as_=ada)
        assert failed.value.codes == ["PermissionDenied"]
    assert User.objects.count() == 1


def test_staff_find_customers_by_any_word(boss, ada):
    ada.addresses.create(city="Springfield", country="US")
    search = "query($w: String) { customers(first: 5, search: $w) { totalCount edges { node { email } } } }"
    for words in ("ada", "ADA@", "springf", "ada springfield"):
        assert execute_field(search, w=words, as_=boss)["edges"] == [{"node": {"email": "ada@example.com"}}]
    assert execute_field(search, w="ada nowhere", as_=boss)["totalCount"] == 0


def test_staff_with_order_permission_see_no_staff(packer, boss, ada):
    find = "query($e: String) { user(email: $e) { email } }"
    Group.objects.update(permissions=["MANAGE_ORDERS"])
    assert execute_field(find, e=ada.email, as_=packer) == {"email": ada.email}
    assert execute_field(find, e=boss.email, as_=packer) is None


def test_a_group_gets_no_permission_that_its_creator_lacks(packer):
    create = """mutation($p: [PermissionEnum!]) { permissionGroupCreate(input: {name: "New", addPermissions: $p}) {
        group { name permissions { code name } } errors { field code permissions } } }"""
    answer = execute_field(create, p=["MANAGE_APPS"], as_=packer)
    assert answer["errors"] == [
        {"field": "addPermissions", "code": "OUT_OF_SCOPE_PERMISSION", "permissions": ["MANAGE_APPS"]}
    ]
    assert Group.objects.count() == 1
    made = execute_field(create, p=["MANAGE_ORDERS"], as_=packer)["group"]
    assert made["permissions"] == [{"code": "MANAGE_ORDERS", "name": "Manage orders."}]


def test_a_staff_member_is_created_and_updated(boss):
    group = Group.objects.create(name="Packers", permissions=["MANAGE_ORDERS"])
    create = """mutation($g: [ID!]) { staffCreate(input: {email: "Pia@cupwell.example", addGroups: $g}) {
        user { id email isStaff userPermissions { code } permissionGroups { name } } errors { field code } } }"""
    pia = execute_field(create, g=[gid(group)], as_=boss)["user"]
    assert (pia["email"], pia["isStaff"]) == ("pia@cupwell.example", True)
    assert (pia["userPermissions"], pia["permissionGroups"]) == (
        [{"code": "MANAGE_ORDERS"}],
        [{"name": "Packers"}],
    )
    update = "mutation($id: ID!) { staffUpdate(id: $id, input: {isActive: false}) { user { isActive } errors { code } } }"
    assert execute_field(update, id=pia["id"], as_=boss)["user"] == {"isActive": False}
    assert execute_field(update, id=gid(boss), as_=boss)["errors"] == [{"code": "DEACTIVATE_OWN_ACCOUNT"}]


def test_one_failed_row_of_a_bulk_update_stops_all_or_only_itself(boss, ada):
    bulk = """mutation($rows: [CustomerBulkUpdateInput!]!, $policy: ErrorPolicyEnum) {
        customerBulkUpdate(customers: $rows, errorPolicy: $policy) {
            count results { customer { firstName } errors { path code } } errors { code } } }"""
    rows = [
        {"id": gid(ada), "input": {"firstName": "Adele"}},
        {"id": gid(boss), "input": {"firstName": "Nobody"}},
    ]
    refused = execute_field(bulk, rows=rows, as_=boss)
    ada.refresh_from_db()
    assert (refused["count"], ada.first_name) == (0, "Ada")
    assert refused["results"][1]["errors"] == [{"path": None, "code": "NOT_FOUND"}]
    assert execute_field(bulk, rows=rows, policy="REJECT_FAILED_ROWS", as_=boss)["count"] == 1
    ada.refresh_from_db()
    assert ada.first_name == "Adele"


def test_a_customer_is_created_updated_and_deleted(boss):
    create = """mutation { customerCreate(input: {email: "bo@example.com", note: "likes tea", metadata: [{key: "a", value: "1"}]}) {
        user { id note metadata { key value } } errors { field code } } }"""
    bo = execute_field(create, as_=boss)["user"]
    assert (bo["note"], bo["metadata"]) == ("likes tea", [{"key": "a", "value": "1"}])
    update = 'mutation($id: ID!) { customerUpdate(id: $id, input: {lastName: "Peep"}) { user { lastName } errors { code } } }'
    assert execute_field(update, id=bo["id"], as_=boss)["user"] == {"lastName": "Peep"}
    delete = "mutation($id: ID!) { customerDelete(id: $id) { user { id } errors { code } } }"
    assert execute_field(delete, id=bo["id"], as_=boss)["user"] == {"id": bo["id"]}
    assert execute_field(delete, id=gid(boss), as_=boss)["errors"] == [{"code": "NOT_FOUND"}]
    assert list(User.objects.all()) == [boss]


USERS = """{ staffUsers(first: 50) { edges { node { email defaultShippingAddress { city } addresses { city }
    userPermissions { code } permissionGroups { name permissions { code } users { email } } } } }
    customers(first: 50) { edges { node { email defaultBillingAddress { city } addresses { city } } } } }"""


def count_statements(query, as_):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        execute(query, as_=as_)
    return len(captured)


def test_many_users_cost_as_many_statements_as_few(boss):
    def create_user(number):
        user = User.objects.create_user(f"p{number}@cupwell.example", None, is_staff=number % 2 == 0)
        address = user.addresses.create(city=str(number), country="US")
        User.objects.filter(pk=user.pk).update(
            default_shipping_address=address, default_billing_address=address
        )
        Group.objects.create(name=f"G{number}", permissions=["MANAGE_ORDERS"]).users.add(user)

    for number in range(2):
        create_user(number)
    few = count_statements(USERS, boss)
    for number in range(2, 30):
        create_user(number)
    assert count_statements(USERS, boss) == few


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999", "-1"])
def test_an_unknown_id_finds_nothing(boss, pk):
    assert (
        execute_field("query($id: ID!) { user(id: $id) { email } }", id=to_global_id("User", pk), as_=boss)
        is None
    )
    found = execute_field(
        "query($id: ID!) { permissionGroup(id: $id) { name } }", id=to_global_id("Group", pk), as_=boss
    )
    assert found is None
    listed = "query($id: ID!) { customers(first: 5, filter: {ids: [$id]}) { totalCount } }"
    assert execute_field(listed, id=to_global_id("User", pk), as_=boss) == {"totalCount": 0}
