import json

import pytest

from store.engine.accounts.models import User
from store.engine.errors import OperationError
from store.engine.events import webhook_registration
from store.engine.events.models import App, AppToken, EventDelivery, Webhook
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid
from tests.engine.events.conftest import create_webhook, record_order_event

pytestmark = pytest.mark.django_db(transaction=True)
CREATE = """mutation($input: WebhookCreateInput!) { webhookCreate(input: $input) { webhook { id subscriptionQuery
    asyncEvents { eventType name } syncEvents { eventType } customHeaders isActive app { name } }
    errors { field code message } } }"""
QUERY = """subscription { event { __typename ... on OrderCreated { order { number } } ... on OrderPaid { order { number } }
    ... on FulfillmentCreated { fulfillment { id } } ... on TransactionInitializeSession { data } } }"""


@pytest.fixture
def boss(transactional_db):
    return User.objects.create_superuser("boss@cupwell.example", "a long way home")


@pytest.fixture
def app(transactional_db):
    return App.objects.create(name="Mailer", permissions=["MANAGE_ORDERS"])


def test_an_app_is_made_with_a_token_that_is_shown_once(boss):
    create = """mutation { appCreate(input: {name: "Mailer", permissions: [MANAGE_ORDERS]}) {
        authToken app { id name identifier isActive permissions { code name } tokens { name authToken } } errors { code } } }"""
    answer = execute_field(create, as_=boss)
    app, token = answer["app"], answer["authToken"]
    assert (app["isActive"], app["identifier"]) == (True, app["id"])
    assert app["permissions"] == [{"code": "MANAGE_ORDERS", "name": "Manage orders."}]
    assert app["tokens"] == [{"name": "Default", "authToken": token[-4:]}]
    assert execute_field("{ app { name } }", as_=token) == {"name": "Mailer"}


def test_an_app_without_a_name_is_refused(boss):
    answer = execute_field(
        'mutation { appCreate(input: {name: " "}) { authToken errors { field code } } }', as_=boss
    )
    assert answer == {"authToken": None, "errors": [{"field": "name", "code": "REQUIRED"}]}
    assert App.objects.count() == 0


def test_nobody_makes_or_touches_an_app_that_may_do_more(app):
    manager = App.objects.create(name="Manager", permissions=["MANAGE_APPS"])
    create = 'mutation { appCreate(input: {name: "x", permissions: [MANAGE_ORDERS]}) { app { id } errors { code permissions } } }'
    assert execute_field(create, as_=manager)["errors"] == [
        {"code": "OUT_OF_SCOPE_PERMISSION", "permissions": ["MANAGE_ORDERS"]}
    ]
    delete = "mutation($id: ID!) { appDelete(id: $id) { errors { code } } }"
    assert execute_field(delete, id=gid(app), as_=manager)["errors"] == [{"code": "OUT_OF_SCOPE_APP"}]
    assert App.objects.count() == 2


def test_a_switched_off_app_is_nobody_until_it_is_switched_on(boss, app):
    switch = "mutation($id: ID!) { app%s(id: $id) { app { isActive } errors { code } } }"
    assert execute_field(switch % "Deactivate", id=gid(app), as_=boss)["app"] == {"isActive": False}
    assert execute_field("{ app { name } }", as_=app) is None
    execute(switch % "Activate", id=gid(app), as_=boss)
    app.refresh_from_db()
    assert execute_field("{ app { name } }", as_=app) == {"name": "Mailer"}


def test_what_ended_of_an_app_meanwhile_is_not_saved_again(app):
    earlier = App.objects.get(pk=app.pk)
    App.objects.filter(pk=app.pk).update(is_active=False, permissions=[])
    webhook_registration.update_app(
        app=earlier, given={"name": "Post"}, requestor_permissions=frozenset({"MANAGE_ORDERS"})
    )
    app.refresh_from_db()
    assert (app.name, app.is_active, app.permissions) == ("Post", False, [])


def test_nobody_takes_a_token_of_an_app_that_became_mightier_meanwhile(app):
    earlier = App.objects.get(pk=app.pk)
    App.objects.filter(pk=app.pk).update(permissions=["MANAGE_STAFF"])
    with pytest.raises(OperationError) as refused:
        webhook_registration.create_token(
            app=earlier, name="", requestor_permissions=frozenset({"MANAGE_ORDERS"})
        )
    assert (refused.value.code, AppToken.objects.count()) == ("OUT_OF_SCOPE_APP", 0)


def test_a_deleted_token_opens_nothing(boss, app):
    create = 'mutation($id: ID!) { appTokenCreate(input: {app: $id, name: "two"}) { authToken appToken { id } errors { code } } }'
    made = execute_field(create, id=gid(app), as_=boss)
    execute(
        "mutation($id: ID!) { appTokenDelete(id: $id) { errors { code } } }",
        id=made["appToken"]["id"],
        as_=boss,
    )
    assert execute_field("{ app { name } }", as_=made["authToken"]) is None
    assert AppToken.objects.count() == 0


def test_events_follow_from_the_document(boss, app):
    given = {"app": gid(app), "name": "multi", "targetUrl": "https://example.com/hook", "query": QUERY}
    webhook = execute_field(CREATE, input=given, as_=boss)["webhook"]
    assert {event["eventType"] for event in webhook["asyncEvents"]} == {
        "ORDER_CREATED",
        "ORDER_PAID",
        "FULFILLMENT_CREATED",
    }
    assert webhook["syncEvents"] == [{"eventType": "TRANSACTION_INITIALIZE_SESSION"}]
    assert (webhook["isActive"], webhook["app"]) == (True, {"name": "Mailer"})


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        (
            {"query": "subscription { event { ... on OrderCreated { order { nope } } } }"},
            "query",
            "GRAPHQL_ERROR",
        ),
        ({"query": "subscription { event {"}, "query", "SYNTAX"),
        ({"query": None}, "query", "MISSING_SUBSCRIPTION"),
        ({"targetUrl": "file:///etc/passwd"}, "targetUrl", "INVALID"),
        ({"targetUrl": None}, "targetUrl", "REQUIRED"),
        ({"customHeaders": json.dumps({"Host": "x"})}, "customHeaders", "INVALID_CUSTOM_HEADERS"),
        ({"customHeaders": json.dumps({"X-A": "a\r\nb"})}, "customHeaders", "INVALID_CUSTOM_HEADERS"),
    ],
)
def test_a_webhook_that_can_not_work_is_refused_at_once(boss, app, change, field, code):
    given = {"app": gid(app), "targetUrl": "https://example.com/hook", "query": QUERY} | change
    answer = execute_field(CREATE, input=given, as_=boss)
    assert (answer["webhook"], [(error["field"], error["code"]) for error in answer["errors"]]) == (
        None,
        [(field, code)],
    )
    assert Webhook.objects.count() == 0


def test_saleors_words_for_an_unknown_field(boss, app):
    given = {"app": gid(app), "targetUrl": "https://example.com", "asyncEvents": ["ORDER_CREATED"]}
    query = "subscription { event { ... on OrderCreated { order { nope } } } }"
    [error] = execute_field(CREATE, input=given | {"query": query}, as_=boss)["errors"]
    assert (
        error["message"].startswith('Cannot query field "nope" on type "Order".')
        or "nope" in error["message"]
    )


def test_an_app_looks_after_its_own_webhooks_only(app):
    mine = execute_field(CREATE, input={"targetUrl": "https://example.com", "query": QUERY}, as_=app)[
        "webhook"
    ]
    other = App.objects.create(name="Other", permissions=["MANAGE_ORDERS"])
    delete = "mutation($id: ID!) { webhookDelete(id: $id) { webhook { id } errors { code } } }"
    assert execute_field(delete, id=mine["id"], as_=other)["errors"] == [{"code": "NOT_FOUND"}]
    with pytest.raises(GraphQLErrors):
        execute("query($id: ID!) { webhook(id: $id) { name } }", id=mine["id"], as_=other)
    assert execute_field(delete, id=mine["id"], as_=app)["webhook"] == {"id": mine["id"]}


def test_changing_the_document_changes_the_events(boss, app):
    made = execute_field(
        CREATE, input={"app": gid(app), "targetUrl": "https://example.com", "query": QUERY}, as_=boss
    )
    update = """mutation($id: ID!, $q: String) { webhookUpdate(id: $id, input: {query: $q, isActive: false}) {
        webhook { isActive asyncEvents { eventType } } errors { code } } }"""
    query = "subscription { event { ... on OrderCancelled { order { id } } } }"
    answer = execute_field(update, id=made["webhook"]["id"], q=query, as_=boss)
    assert answer["webhook"] == {"isActive": False, "asyncEvents": [{"eventType": "ORDER_CANCELLED"}]}


def test_the_log_shows_what_failed_and_a_person_sends_it_again(boss, receiver):
    receiver.answers = [(404, {})]
    webhook = create_webhook(receiver.url)
    record_order_event()
    from store.engine.events import tasks

    tasks.deliver()
    log = """query($id: ID!) { webhook(id: $id) { eventDeliveries(first: 5, filter: {status: FAILED}) { edges { node {
        id eventType status payload attempts(first: 5) { edges { node { status responseStatusCode response } } } } } } } }"""
    [edge] = execute_field(log, id=gid(webhook), as_=boss)["eventDeliveries"]["edges"]
    assert (edge["node"]["eventType"], edge["node"]["status"]) == ("ORDER_PAID", "FAILED")
    assert edge["node"]["attempts"]["edges"] == [
        {"node": {"status": "FAILED", "responseStatusCode": 404, "response": "noted"}}
    ]
    again = "mutation($id: ID!) { eventDeliveryRetry(id: $id) { delivery { status } errors { code } } }"
    assert execute_field(again, id=edge["node"]["id"], as_=boss)["delivery"] == {"status": "PENDING"}
    tasks.deliver()
    assert EventDelivery.objects.get().status == "success"


def test_the_schema_can_be_had_as_text():
    assert "type Order" in execute_field("{ _service { sdl } }")["sdl"]


def test_many_apps_cost_as_many_statements_as_one(boss):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    query = """{ apps(first: 50) { edges { node { name tokens { name } webhooks { name app { name }
        asyncEvents { name } syncEvents { name } } } } } }"""

    def cost():
        with CaptureQueriesContext(connection) as captured:
            execute(query, as_=boss)
        return len(captured)

    create_webhook("https://example.com")
    cost()  # the first to sign a token makes the key
    one = cost()
    for _ in range(9):
        create_webhook("https://example.com")
    assert cost() == one
