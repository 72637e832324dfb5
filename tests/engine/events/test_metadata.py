from threading import Barrier, Thread

import pytest
from django.db import connection

from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.events import metadata_operations
from store.engine.events.models import App, Event
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid

pytestmark = pytest.mark.django_db(transaction=True)
PUT = """mutation($id: ID!, $input: [MetadataInput!]!) { %s(id: $id, input: $input) {
    item { metadata { key value } %s } errors { field code message } } }"""
UPDATE, UPDATE_PRIVATE = (
    PUT % ("updateMetadata", ""),
    PUT % ("updatePrivateMetadata", "privateMetadata { key value }"),
)
DELETE = "mutation($id: ID!, $keys: [String!]!) { deleteMetadata(id: $id, keys: $keys) { item { metadata { key } } errors { code } } }"
ONE = [{"key": "a", "value": "1"}]


@pytest.fixture
def ada(transactional_db):
    return User.objects.create_user("ada@example.com", "a long way home", metadata={"old": "0"})


@pytest.fixture
def channel(transactional_db):
    return Channel.objects.create(name="US", slug="us", currency_code="USD", default_country="US")


@pytest.fixture
def boss(transactional_db):
    return User.objects.create_superuser("boss@cupwell.example", "a long way home")


def test_keys_are_put_beside_the_others_and_an_event_is_recorded(ada):
    answer = execute_field(UPDATE, id=gid(ada), input=ONE, as_=ada)
    assert answer == {
        "item": {"metadata": [{"key": "a", "value": "1"}, {"key": "old", "value": "0"}]},
        "errors": [],
    }
    assert [(event.type, event.object_pk) for event in Event.objects.all()] == [
        ("CUSTOMER_METADATA_UPDATED", str(ada.pk))
    ]


def test_putting_what_is_there_already_records_no_event(ada):
    execute(UPDATE, id=gid(ada), input=[{"key": "old", "value": "0"}], as_=ada)
    assert Event.objects.count() == 0


def test_deleted_keys_are_gone_and_unknown_ones_no_matter(ada):
    assert execute_field(DELETE, id=gid(ada), keys=["old", "never"], as_=ada)["item"] == {"metadata": []}


def test_an_empty_key_is_refused(ada):
    answer = execute_field(UPDATE, id=gid(ada), input=[*ONE, {"key": " ", "value": "x"}], as_=ada)
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [("input", "REQUIRED")]
    ada.refresh_from_db()
    assert ada.metadata == {"old": "0"}


@pytest.mark.parametrize("pair", [{"key": "k" * 257, "value": "x"}, {"key": "k", "value": "x" * 100_001}])
def test_nobody_fills_the_database_by_metadata(ada, pair):
    answer = execute_field(UPDATE, id=gid(ada), input=[pair], as_=ada)
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [("input", "INVALID")]
    ada.refresh_from_db()
    assert ada.metadata == {"old": "0"}


def test_strangers_change_nothing_and_read_nothing_private(ada, channel):
    for target in (gid(ada), gid(channel)):
        with pytest.raises(GraphQLErrors) as failed:
            execute(UPDATE, id=target, input=ONE)
        assert failed.value.codes == ["PermissionDenied"]
    with pytest.raises(GraphQLErrors):
        execute(UPDATE_PRIVATE, id=gid(ada), input=ONE, as_=ada)
    with pytest.raises(GraphQLErrors):
        execute("{ me { privateMetadata { key } } }", as_=ada)
    ada.refresh_from_db()
    assert (ada.metadata, ada.private_metadata) == ({"old": "0"}, {})


def test_staff_write_what_only_staff_read(ada, boss):
    answer = execute_field(UPDATE_PRIVATE, id=gid(ada), input=ONE, as_=boss)
    assert answer["item"]["privateMetadata"] == ONE
    assert execute_field("{ me { metadata { key } } }", as_=ada) == {"metadata": [{"key": "old"}]}


def test_the_permission_depends_on_the_type(channel):
    channel_manager = App.objects.create(name="Channels", permissions=["MANAGE_CHANNELS"])
    other = App.objects.create(name="Orders", permissions=["MANAGE_ORDERS"])
    assert execute_field(UPDATE, id=gid(channel), input=ONE, as_=channel_manager)["errors"] == []
    with pytest.raises(GraphQLErrors, match="MANAGE_CHANNELS"):
        execute(UPDATE, id=gid(channel), input=ONE, as_=other)


@pytest.mark.parametrize("target", ["nonsense", "Q2hhbm5lbDo5OTk=", "R3JvdXA6MQ==", ""])
def test_what_is_not_there_is_not_found(boss, target):
    [error] = execute_field(UPDATE, id=target, input=ONE, as_=boss)["errors"]
    assert (error["field"], error["code"] in ("NOT_FOUND", "GRAPHQL_ERROR")) == ("id", True)


def test_two_who_write_different_keys_at_once_both_win(ada):
    start = Barrier(6)

    def write(number: int) -> None:
        mine = User.objects.get(pk=ada.pk)
        start.wait()
        try:
            metadata_operations.update_metadata(row=mine, kind="User", put={f"k{number}": "x"})
        finally:
            connection.close()

    writers = [Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    ada.refresh_from_db()
    assert sorted(ada.metadata) == ["k0", "k1", "k2", "k3", "k4", "k5", "old"]
