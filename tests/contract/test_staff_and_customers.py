"""People whom a merchant looks after: customers in bulk, colleagues, and what a password lets in."""

import time
import uuid
from typing import Any

import pytest

from tests.contract.fixture_data import World

CUSTOMER = (
    "mutation($i:UserCreateInput!){customerCreate(input:$i){user{id email} errors{field message code}}}"
)
BULK = "mutation($c:[CustomerBulkUpdateInput!]!,$e:ErrorPolicyEnum){customerBulkUpdate(customers:$c,errorPolicy:$e){count results{customer{firstName email} errors{path code}} errors{path code}}}"
STAFF = "mutation($i:StaffCreateInput!){staffCreate(input:$i){user{id isStaff isActive permissionGroups{name}} errors{field message code}}}"
CHANGE = "mutation($id:ID!,$i:StaffUpdateInput!){staffUpdate(id:$id,input:$i){user{firstName isActive} errors{field message code}}}"
POLICIES = [("REJECT_EVERYTHING", 0), ("REJECT_FAILED_ROWS", 1), ("IGNORE_FAILED", 1)]


def email() -> str:
    return f"{uuid.uuid4().hex[:10]}@example.com"


def customer(world: World) -> str:
    return str(world.do(CUSTOMER, i={"email": email()})["user"]["id"])


@pytest.mark.parametrize(("policy", "count"), POLICIES)
def test_customers_change_at_once(world: World, policy: str, count: int) -> None:
    good = {"id": customer(world), "input": {"firstName": "Ada"}}
    bad = {"id": "VXNlcjo5OTk5OTk5", "input": {"firstName": "Nobody"}}
    (done,) = world.api.ask(BULK, {"c": [good, bad], "e": policy}, world.app).values()
    assert (done["count"], done["results"][1]["errors"]) == (count, [{"path": None, "code": "NOT_FOUND"}])
    assert (done["results"][0]["customer"] or {}).get("firstName") == ("Ada" if count else None)


def test_an_email_stays_unique_in_bulk(world: World) -> None:
    taken = email()
    world.do(CUSTOMER, i={"email": taken})
    (done,) = world.api.ask(
        BULK, {"c": [{"id": customer(world), "input": {"email": taken}}]}, world.app
    ).values()
    assert [e["code"] for e in done["results"][0]["errors"]] == ["UNIQUE"]


def test_a_colleague_is_made_and_changed(world: World) -> None:
    made: dict[str, Any] = world.api.do(
        STAFF, {"i": {"email": email(), "firstName": "Bo", "isActive": True}}, world.staff
    )["user"]
    assert (made["isStaff"], made["isActive"], made["permissionGroups"]) == (True, True, [])
    done = world.api.do(
        CHANGE, {"id": made["id"], "i": {"firstName": "Kim", "isActive": False}}, world.staff
    )["user"]
    assert done == {"firstName": "Kim", "isActive": False}


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [({"email": "nobody"}, "email", "INVALID"), ({"email": "admin@example.com"}, "email", "UNIQUE"),
     ({"email": "a@example.com", "redirectUrl": "https://evil.example/x"}, "redirectUrl", "INVALID")],
)  # fmt: skip
def test_a_colleague_who_can_not_be_is_refused(
    world: World, given: dict[str, Any], field: str, code: str
) -> None:
    assert world.api.refused(STAFF, {"i": given}, world.staff) == [(field, code)]


def test_whoever_manages_customers_changes_no_colleague(world: World) -> None:
    """Saleor lets it be done; with the e-mail address goes the account and its rights, so ours does not."""
    made = world.api.do(STAFF, {"i": {"email": email()}}, world.staff)["user"]["id"]
    query = (
        'mutation($id:ID!){customerUpdate(id:$id,input:{firstName:"X"}){user{id} errors{field message code}}}'
    )
    refused = world.api.refused(query, {"id": made}, world.app)
    assert refused == ([("id", "NOT_FOUND")] if world.api.is_ours else [])


def test_nobody_takes_the_own_rights_away(world: World) -> None:
    me = world.api.ask("{me{id}}", token=world.staff)["me"]["id"]
    assert world.api.refused(CHANGE, {"id": me, "i": {"isActive": False}}, world.staff) == [
        ("isActive", "DEACTIVATE_OWN_ACCOUNT")
    ]


def test_tokens_that_were_called_in_let_nobody_in(world: World) -> None:
    who, secret = email(), "a-long-enough-secret-9"
    settings = "mutation($b:Boolean!){shopSettingsUpdate(input:{allowLoginWithoutConfirmation:$b}){shop{name} errors{field message code}}}"
    world.do(settings, b=True)
    try:
        register = "mutation($i:AccountRegisterInput!){accountRegister(input:$i){requiresConfirmation errors{field message code}}}"
        given = {
            "email": who,
            "password": secret,
            "channel": world.channel,
            "redirectUrl": "http://localhost/x",
        }
        world.api.do(register, {"i": given})
        token = entered(world, who, secret)
    finally:
        world.do(settings, b=False)
    assert world.api.ask("{me{email}}", token=token) == {"me": {"email": who}}
    world.api.do("mutation{tokensDeactivateAll{errors{field message code}}}", token=token)
    assert world.api.post("{me{email}}", token=token).codes == ["InvalidTokenError"]


def entered(world: World, who: str, secret: str) -> str:
    """Saleor makes the account in a worker, a moment later; a failed try is slowed down."""
    query = "mutation($e:String!,$p:String!){tokenCreate(email:$e,password:$p){token errors{field code}}}"
    for _ in range(15):
        if token := world.api.ask(query, {"e": who, "p": secret})["tokenCreate"]["token"]:
            return str(token)
        time.sleep(2)
    raise AssertionError("the account could not log in")
