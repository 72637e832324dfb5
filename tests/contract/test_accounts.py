"""Customer accounts, staff, permission groups and apps."""

import uuid

from tests.contract.fixture_data import ADDRESS, ShopSetup

REGISTER = "mutation($i:AccountRegisterInput!){accountRegister(input:$i){requiresConfirmation user{email} errors{field message code}}}"
LOGIN = "mutation($e:String!,$p:String!){tokenCreate(email:$e,password:$p){token errors{field message code}}}"


def new_email() -> str:
    return f"{uuid.uuid4().hex[:10]}@example.com"


def registration_input(shop: ShopSetup) -> dict[str, str]:
    return {
        "email": new_email(),
        "password": "a-long-enough-secret-9",
        "channel": shop.channel,
        "redirectUrl": "http://localhost/confirm",
    }


def test_registering_requires_confirmation(shop: ShopSetup) -> None:
    done = shop.api.mutate(REGISTER, {"i": registration_input(shop)})
    assert done["requiresConfirmation"] is True


def test_an_unconfirmed_account_can_not_log_in(shop: ShopSetup) -> None:
    given = registration_input(shop)
    shop.api.mutate(REGISTER, {"i": given})
    errors = shop.api.mutation_errors(LOGIN, {"e": given["email"], "p": given["password"]})
    assert errors == [("email", "ACCOUNT_NOT_CONFIRMED")]


def test_a_redirect_to_a_foreign_host_is_refused(shop: ShopSetup) -> None:
    given = registration_input(shop) | {"redirectUrl": "https://evil.example/confirm"}
    assert shop.api.mutation_errors(REGISTER, {"i": given}) == [("redirectUrl", "INVALID")]


def test_a_short_password_is_refused(shop: ShopSetup) -> None:
    errors = shop.api.mutation_errors(REGISTER, {"i": registration_input(shop) | {"password": "short"}})
    assert ("password", "PASSWORD_TOO_SHORT") in errors


def test_registering_twice_does_not_reveal_that_the_email_exists(shop: ShopSetup) -> None:
    given = registration_input(shop)
    shop.api.mutate(REGISTER, {"i": given})
    assert shop.api.mutation_errors(REGISTER, {"i": given}) == []


def test_staff_create_a_customer_with_addresses(shop: ShopSetup) -> None:
    query = "mutation($i:UserCreateInput!){customerCreate(input:$i){user{email isStaff defaultShippingAddress{city}} errors{field message code}}}"
    made = shop.mutate(query, i={"email": new_email(), "defaultShippingAddress": ADDRESS})
    assert (made["user"]["isStaff"], made["user"]["defaultShippingAddress"]["city"]) == (
        False,
        "MOUNTAIN VIEW",
    )


def test_an_email_is_unique(shop: ShopSetup) -> None:
    query = "mutation($i:UserCreateInput!){customerCreate(input:$i){user{email} errors{field message code}}}"
    given = {"email": new_email()}
    shop.mutate(query, i=given)
    assert shop.api.mutation_errors(query, {"i": given}, shop.app_token) == [("email", "UNIQUE")]


def test_a_permission_group_has_exactly_its_permissions(shop: ShopSetup) -> None:
    query = "mutation($i:PermissionGroupCreateInput!){permissionGroupCreate(input:$i){group{name permissions{code}} errors{field message code}}}"
    given = {"name": f"Packers {shop.suffix}", "addPermissions": ["MANAGE_ORDERS"], "addUsers": []}
    made = shop.api.mutate(query, {"i": given}, shop.staff_token)
    assert made["group"]["permissions"] == [{"code": "MANAGE_ORDERS"}]


def test_an_app_reads_its_own_record(shop: ShopSetup) -> None:
    assert shop.api.execute("{app{id isActive}}", token=shop.app_token)["app"] == {
        "id": shop.ids["app"],
        "isActive": True,
    }


def test_a_webhook_with_an_invalid_subscription_is_refused(shop: ShopSetup) -> None:
    query = (
        "mutation($i:WebhookCreateInput!){webhookCreate(input:$i){webhook{id} errors{field message code}}}"
    )
    given = {
        "name": "x",
        "targetUrl": "http://127.0.0.1:9911/x",
        "query": "subscription{event{...on OrderCreated{order{nonsense}}}}",
    }
    errors = shop.api.mutation_errors(query, {"i": given}, shop.app_token)
    assert [code for _, code in errors] == ["GRAPHQL_ERROR"]


def test_the_events_of_a_webhook_are_those_of_its_subscription(shop: ShopSetup) -> None:
    query = "mutation($i:WebhookCreateInput!){webhookCreate(input:$i){webhook{asyncEvents{eventType} isActive} errors{field message code}}}"
    given = {
        "name": "x",
        "targetUrl": "http://127.0.0.1:9911/x",
        "isActive": False,
        "query": "subscription{event{...on OrderCreated{order{id}}}}",
    }
    made = shop.mutate(query, i=given)["webhook"]
    assert made == {"asyncEvents": [{"eventType": "ORDER_CREATED"}], "isActive": False}
