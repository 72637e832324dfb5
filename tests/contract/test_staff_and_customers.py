"""Customers in bulk, staff accounts, and deactivating tokens."""

import time
import uuid
from typing import Any

import pytest

from tests.contract.fixture_data import ADDRESS, ShopSetup

CREATE_CUSTOMER = (
    "mutation($i:UserCreateInput!){customerCreate(input:$i){user{id email} errors{field message code}}}"
)
BULK = "mutation($c:[CustomerBulkUpdateInput!]!,$e:ErrorPolicyEnum){customerBulkUpdate(customers:$c,errorPolicy:$e){count results{customer{firstName email} errors{path code}} errors{path code}}}"
CREATE_STAFF = "mutation($i:StaffCreateInput!){staffCreate(input:$i){user{id isStaff isActive permissionGroups{name}} errors{field message code}}}"
UPDATE_STAFF = "mutation($id:ID!,$i:StaffUpdateInput!){staffUpdate(id:$id,input:$i){user{firstName isActive} errors{field message code}}}"
POLICIES = [("REJECT_EVERYTHING", 0), ("REJECT_FAILED_ROWS", 1), ("IGNORE_FAILED", 1)]


def new_email() -> str:
    return f"{uuid.uuid4().hex[:10]}@example.com"


def create_customer(shop: ShopSetup) -> str:
    return str(shop.mutate(CREATE_CUSTOMER, i={"email": new_email()})["user"]["id"])


@pytest.mark.parametrize(("policy", "count"), POLICIES)
def test_customers_are_updated_in_bulk(shop: ShopSetup, policy: str, count: int) -> None:
    good = {"id": create_customer(shop), "input": {"firstName": "Ada"}}
    bad = {"id": "VXNlcjo5OTk5OTk5", "input": {"firstName": "Nobody"}}
    (done,) = shop.api.execute(BULK, {"c": [good, bad], "e": policy}, shop.app_token).values()
    assert (done["count"], done["results"][1]["errors"]) == (count, [{"path": None, "code": "NOT_FOUND"}])
    assert (done["results"][0]["customer"] or {}).get("firstName") == ("Ada" if count else None)


def test_an_email_stays_unique_in_bulk(shop: ShopSetup) -> None:
    taken = new_email()
    shop.mutate(CREATE_CUSTOMER, i={"email": taken})
    (done,) = shop.api.execute(
        BULK, {"c": [{"id": create_customer(shop), "input": {"email": taken}}]}, shop.app_token
    ).values()
    assert [e["code"] for e in done["results"][0]["errors"]] == ["UNIQUE"]


def test_a_staff_user_is_created_and_updated(shop: ShopSetup) -> None:
    made: dict[str, Any] = shop.api.mutate(
        CREATE_STAFF, {"i": {"email": new_email(), "firstName": "Bo", "isActive": True}}, shop.staff_token
    )["user"]
    assert (made["isStaff"], made["isActive"], made["permissionGroups"]) == (True, True, [])
    done = shop.api.mutate(
        UPDATE_STAFF, {"id": made["id"], "i": {"firstName": "Kim", "isActive": False}}, shop.staff_token
    )["user"]
    assert done == {"firstName": "Kim", "isActive": False}


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [({"email": "nobody"}, "email", "INVALID"), ({"email": "admin@example.com"}, "email", "UNIQUE"),
     ({"email": "a@example.com", "redirectUrl": "https://evil.example/x"}, "redirectUrl", "INVALID")],
)  # fmt: skip
def test_an_invalid_staff_user_is_refused(
    shop: ShopSetup, given: dict[str, Any], field: str, code: str
) -> None:
    assert shop.api.mutation_errors(CREATE_STAFF, {"i": given}, shop.staff_token) == [(field, code)]


def test_managing_customers_does_not_allow_changing_staff(shop: ShopSetup) -> None:
    """Saleor allows it; since changing the email takes over the account and its permissions, the engine does not."""
    made = shop.api.mutate(CREATE_STAFF, {"i": {"email": new_email()}}, shop.staff_token)["user"]["id"]
    query = (
        'mutation($id:ID!){customerUpdate(id:$id,input:{firstName:"X"}){user{id} errors{field message code}}}'
    )
    errors = shop.api.mutation_errors(query, {"id": made}, shop.app_token)
    assert errors == ([("id", "NOT_FOUND")] if shop.api.is_embedded else [])


def test_a_staff_user_can_not_deactivate_the_own_account(shop: ShopSetup) -> None:
    own_id = shop.api.execute("{me{id}}", token=shop.staff_token)["me"]["id"]
    assert shop.api.mutation_errors(
        UPDATE_STAFF, {"id": own_id, "i": {"isActive": False}}, shop.staff_token
    ) == [("isActive", "DEACTIVATE_OWN_ACCOUNT")]


def test_deactivated_tokens_are_refused(shop: ShopSetup) -> None:
    address, password = new_email(), "a-long-enough-secret-9"
    settings = "mutation($b:Boolean!){shopSettingsUpdate(input:{allowLoginWithoutConfirmation:$b}){shop{name} errors{field message code}}}"
    shop.mutate(settings, b=True)
    try:
        register = "mutation($i:AccountRegisterInput!){accountRegister(input:$i){requiresConfirmation errors{field message code}}}"
        given = {
            "email": address,
            "password": password,
            "channel": shop.channel,
            "redirectUrl": "http://localhost/x",
        }
        shop.api.mutate(register, {"i": given})
        token = log_in_with_retries(shop, address, password)
    finally:
        shop.mutate(settings, b=False)
    assert shop.api.execute("{me{email}}", token=token) == {"me": {"email": address}}
    shop.api.mutate("mutation{tokensDeactivateAll{errors{field message code}}}", token=token)
    assert shop.api.post("{me{email}}", token=token).codes == ["InvalidTokenError"]


def log_in_with_retries(shop: ShopSetup, address: str, password: str) -> str:
    """An access token. Retries: Saleor creates the account in a worker, and a failed login delays the next attempt."""
    query = "mutation($e:String!,$p:String!){tokenCreate(email:$e,password:$p){token errors{field code}}}"
    for _ in range(15):
        if token := shop.api.execute(query, {"e": address, "p": password})["tokenCreate"]["token"]:
            return str(token)
        time.sleep(2)
    raise AssertionError("the account could not log in")


GROUP = "{id name permissions{code} restrictedAccessToChannels accessibleChannels{id}}"


def test_a_permission_group_is_changed_and_deleted(shop: ShopSetup) -> None:
    name = uuid.uuid4().hex[:8]
    create = f"mutation($i:PermissionGroupCreateInput!){{permissionGroupCreate(input:$i){{group{GROUP} errors{{field message code}}}}}}"
    update = f"mutation($id:ID!,$i:PermissionGroupUpdateInput!){{permissionGroupUpdate(id:$id,input:$i){{group{GROUP} errors{{field message code}}}}}}"
    delete = "mutation($id:ID!){permissionGroupDelete(id:$id){group{name} errors{field message code}}}"
    made = shop.api.mutate(
        create, {"i": {"name": name, "addPermissions": ["MANAGE_ORDERS"]}}, shop.staff_token
    )
    changes = {
        "name": f"{name} team",
        "addPermissions": ["MANAGE_MENUS"],
        "removePermissions": ["MANAGE_ORDERS"],
        "restrictedAccessToChannels": True,
        "addChannels": [shop.ids["channel"]],
    }
    changed = shop.api.mutate(update, {"id": made["group"]["id"], "i": changes}, shop.staff_token)["group"]
    assert (changed["name"], changed["permissions"]) == (f"{name} team", [{"code": "MANAGE_MENUS"}])
    assert changed["accessibleChannels"] == [{"id": shop.ids["channel"]}]
    gone = shop.api.mutate(delete, {"id": made["group"]["id"]}, shop.staff_token)
    assert gone["group"] == {"name": f"{name} team"}


def test_staff_is_deleted_but_nobody_deletes_themselves(shop: ShopSetup) -> None:
    create = "mutation($e:String!){staffCreate(input:{email:$e}){user{id} errors{field message code}}}"
    delete = "mutation($id:ID!){staffDelete(id:$id){user{email} errors{field message code}}}"
    email = f"{uuid.uuid4().hex[:8]}@example.com"
    made = shop.api.mutate(create, {"e": email}, shop.staff_token)["user"]
    assert shop.api.mutate(delete, {"id": made["id"]}, shop.staff_token)["user"] == {"email": email}
    me = shop.api.execute("{me{id}}", token=shop.staff_token)["me"]["id"]
    assert shop.api.mutation_errors(delete, {"id": me}, shop.staff_token) == [("ids", "DELETE_OWN_ACCOUNT")]


def test_staff_adds_changes_and_removes_an_address_of_a_customer(shop: ShopSetup) -> None:
    create = "mutation($e:String!){customerCreate(input:{email:$e}){user{id} errors{field message code}}}"
    user = shop.mutate(create, e=f"{uuid.uuid4().hex[:8]}@example.com")["user"]["id"]
    add = 'mutation($u:ID!,$i:AddressInput!){addressCreate(userId:$u,input:$i){address{id city metafield(key:"a")} user{id} errors{field message code}}}'
    given = ADDRESS | {"metadata": [{"key": "a", "value": "b"}]}
    address = shop.mutate(add, u=user, i=given)["address"]
    assert (address["city"], address["metafield"]) == (ADDRESS["city"].upper(), "b")
    default = "mutation($u:ID!,$a:ID!){addressSetDefault(userId:$u,addressId:$a,type:BILLING){user{defaultBillingAddress{id}} errors{field message code}}}"
    assert shop.mutate(default, u=user, a=address["id"])["user"] == {
        "defaultBillingAddress": {"id": address["id"]}
    }
    change = "mutation($a:ID!,$i:AddressInput!){addressUpdate(id:$a,input:$i){address{city postalCode} errors{field message code}}}"
    wrong = {"postalCode": "no such code", "city": "Nowhere"}
    assert shop.api.mutation_errors(change, {"a": address["id"], "i": wrong}, shop.app_token) == [
        ("postalCode", "INVALID")
    ]
    skipped = shop.mutate(change, a=address["id"], i=wrong | {"skipValidation": True})["address"]
    assert skipped == {"city": "Nowhere", "postalCode": "no such code"}
    remove = "mutation($a:ID!){addressDelete(id:$a){address{id} errors{field message code}}}"
    assert shop.mutate(remove, a=address["id"])["address"]["id"] == address["id"]
