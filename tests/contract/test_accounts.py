"""Accounts, staff, groups, apps."""

import uuid

from tests.contract.fixture_data import ADDRESS, World

REGISTER = "mutation($i:AccountRegisterInput!){accountRegister(input:$i){requiresConfirmation user{email} errors{field message code}}}"
LOGIN = "mutation($e:String!,$p:String!){tokenCreate(email:$e,password:$p){token errors{field message code}}}"


def fresh_email() -> str:
    return f"{uuid.uuid4().hex[:10]}@example.com"


def account(world: World) -> dict[str, str]:
    return {
        "email": fresh_email(),
        "password": "a-long-enough-secret-9",
        "channel": world.channel,
        "redirectUrl": "http://localhost/confirm",
    }


def test_registering_asks_for_confirmation_and_tells_no_id(world: World) -> None:
    done = world.api.do(REGISTER, {"i": account(world)})
    assert done["requiresConfirmation"] is True


def test_an_unconfirmed_account_can_not_log_in(world: World) -> None:
    given = account(world)
    world.api.do(REGISTER, {"i": given})
    refused = world.api.refused(LOGIN, {"e": given["email"], "p": given["password"]})
    assert refused == [("email", "ACCOUNT_NOT_CONFIRMED")]


def test_a_redirect_to_a_foreign_host_is_refused(world: World) -> None:
    given = account(world) | {"redirectUrl": "https://evil.example/confirm"}
    assert world.api.refused(REGISTER, {"i": given}) == [("redirectUrl", "INVALID")]


def test_a_short_password_is_refused(world: World) -> None:
    refused = world.api.refused(REGISTER, {"i": account(world) | {"password": "short"}})
    assert ("password", "PASSWORD_TOO_SHORT") in refused


def test_registering_twice_does_not_tell_that_the_address_is_known(world: World) -> None:
    given = account(world)
    world.api.do(REGISTER, {"i": given})
    assert world.api.refused(REGISTER, {"i": given}) == []


def test_staff_make_a_customer_with_addresses(world: World) -> None:
    query = "mutation($i:UserCreateInput!){customerCreate(input:$i){user{email isStaff defaultShippingAddress{city}} errors{field message code}}}"
    made = world.do(query, i={"email": fresh_email(), "defaultShippingAddress": ADDRESS})
    assert (made["user"]["isStaff"], made["user"]["defaultShippingAddress"]["city"]) == (
        False,
        "MOUNTAIN VIEW",
    )


def test_an_email_is_used_once(world: World) -> None:
    query = "mutation($i:UserCreateInput!){customerCreate(input:$i){user{email} errors{field message code}}}"
    given = {"email": fresh_email()}
    world.do(query, i=given)
    assert world.api.refused(query, {"i": given}, world.app) == [("email", "UNIQUE")]


def test_a_group_gives_its_rights_and_no_more(world: World) -> None:
    query = "mutation($i:PermissionGroupCreateInput!){permissionGroupCreate(input:$i){group{name permissions{code}} errors{field message code}}}"
    given = {"name": f"Packers {world.mark}", "addPermissions": ["MANAGE_ORDERS"], "addUsers": []}
    made = world.api.do(query, {"i": given}, world.staff)
    assert made["group"]["permissions"] == [{"code": "MANAGE_ORDERS"}]


def test_an_app_sees_itself(world: World) -> None:
    assert world.api.ask("{app{id isActive}}", token=world.app)["app"] == {
        "id": world.ids["app"],
        "isActive": True,
    }


def test_a_webhook_with_a_broken_subscription_is_refused(world: World) -> None:
    query = (
        "mutation($i:WebhookCreateInput!){webhookCreate(input:$i){webhook{id} errors{field message code}}}"
    )
    given = {
        "name": "x",
        "targetUrl": "http://127.0.0.1:9911/x",
        "query": "subscription{event{...on OrderCreated{order{nonsense}}}}",
    }
    refused = world.api.refused(query, {"i": given}, world.app)
    assert [code for _, code in refused] == ["GRAPHQL_ERROR"]


def test_the_events_of_a_webhook_follow_from_its_subscription(world: World) -> None:
    query = "mutation($i:WebhookCreateInput!){webhookCreate(input:$i){webhook{asyncEvents{eventType} isActive} errors{field message code}}}"
    given = {
        "name": "x",
        "targetUrl": "http://127.0.0.1:9911/x",
        "isActive": False,
        "query": "subscription{event{...on OrderCreated{order{id}}}}",
    }
    made = world.do(query, i=given)["webhook"]
    assert made == {"asyncEvents": [{"eventType": "ORDER_CREATED"}], "isActive": False}
