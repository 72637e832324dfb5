"""Event payloads as listeners and webhooks get them, rendered with the real schema."""

import pytest
from django.db import transaction

from store.engine.accounts import email_tokens, passwords
from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.events import record_event
from store.engine.events.models import App, AppRequestor, Event
from store.engine.graphql.serve import render_subscription
from tests.engine.api_client import gid

pytestmark = pytest.mark.django_db(transaction=True)
BACK = "https://cupwell.example/set/?lang=de"


@pytest.fixture
def ada(transactional_db, settings):
    settings.ALLOWED_CLIENT_HOSTS = ["cupwell.example"]
    Channel.objects.create(name="US", slug="us", is_active=True, currency_code="USD", default_country="US")
    return User.objects.create_user("ada@example.com", "a long way home")


def test_a_password_reset_event_carries_a_valid_token(ada):
    passwords.request_reset(email=ada.email, redirect_url=BACK, channel="us")
    ada.refresh_from_db()
    document = """subscription { event { __typename version issuedAt issuingPrincipal { __typename } recipient { id }
        ... on AccountSetPasswordRequested { user { id email } token redirectUrl channel { slug } } } }"""
    event = Event.objects.get()
    payload = render_subscription(document, event)
    assert (payload["__typename"], payload["version"]) == ("AccountSetPasswordRequested", "3.23.28")
    assert (payload["issuedAt"], payload["issuingPrincipal"]) == (event.created_at.isoformat(), None)
    assert (payload["user"], payload["channel"]) == ({"id": gid(ada), "email": ada.email}, {"slug": "us"})
    assert payload["redirectUrl"] == (
        f"https://cupwell.example/set/?lang=de&email=ada%40example.com&token={payload['token']}"
    )
    assert email_tokens.password_reset.check_token(ada, payload["token"])


def test_the_outbox_itself_holds_no_token(ada):
    passwords.request_reset(email=ada.email, redirect_url=BACK, channel="us")
    assert "token" not in Event.objects.get().extra


def test_what_is_gone_renders_to_nothing(ada):
    with transaction.atomic():
        record_event("CUSTOMER_UPDATED", kind="User", pk=999)
    assert render_subscription("subscription { event { __typename } }", Event.objects.get()) == {}


def test_a_webhook_sees_who_did_it_and_to_whom_it_goes(ada):
    from store.engine.events.current_actor import Actor, acting_as

    with acting_as(lambda: Actor("User", str(ada.pk))), transaction.atomic():
        record_event("CUSTOMER_UPDATED", kind="User", pk=ada.pk)
    event = Event.objects.get()
    app = App.objects.create(name="Mailer", permissions=["MANAGE_USERS"])
    event.recipient, event.requestor = app, AppRequestor(app)
    document = """subscription { event { issuingPrincipal { __typename ... on User { email } } recipient { name }
        ... on CustomerUpdated { user { email note } } } }"""
    assert render_subscription(document, event) == {
        "issuingPrincipal": {"__typename": "User", "email": ada.email},
        "recipient": {"name": "Mailer"},
        "user": {"email": ada.email, "note": ""},
    }


def test_an_app_sees_no_more_in_an_event_than_elsewhere(ada):
    from graphql import GraphQLError

    with transaction.atomic():
        record_event("CUSTOMER_UPDATED", kind="User", pk=ada.pk)
    event = Event.objects.get()
    event.requestor = AppRequestor(App.objects.create(name="Nosy", permissions=["MANAGE_ORDERS"]))
    with pytest.raises(GraphQLError, match="MANAGE_USERS"):
        render_subscription("subscription { event { ... on CustomerUpdated { user { note } } } }", event)
