"""A month of mail for orders that were paid at a real Saleor, and mail for orders of which it could not tell.

    SALEOR_TEST_URL=http://127.0.0.1:8000/graphql/ python -m pytest tests/journeys/test_real_saleor.py

Saleor's own clock goes on as it does; that of the mailer is moved. See `real_saleor` for what that Saleor has to be.
"""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from store.mailer import reconciliation, sweep
from store.mailer.models import MailAttempt, MailPlan, OrderEvent, Reconciliation, State
from store.storefront import admin as desk
from store.storefront.checkout import earlier_payments
from store.storefront.models import PaymentWithoutResult
from tests.journeys import real_saleor
from tests.journeys.real_saleor import RealSaleor
from tests.journeys.running_shops import free_port, wait_for
from tests.mailer.conftest import Mailbox

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(900),
    pytest.mark.skipif(not real_saleor.URL, reason="LEFT OUT, no SALEOR_TEST_URL"),
]
BUYERS = {"EN": "default-channel", "DE": "eu", "ES": "eu"}
SEQUENCE = ["safety-first", "order-confirmation", "shipped", "how-to", "area", "care", "check-in"]
RETRIES = 420  # seconds in which Saleor tries an event six times


@pytest.fixture
def mailbox(settings: Any) -> Mailbox:
    settings.EMAIL_URL = ""
    return Mailbox(settings.MAIL_DIR)


@pytest.fixture
def saleor(live_server: Any, settings: Any) -> Iterator[RealSaleor]:
    """Its events arrive here."""
    with real_saleor.connected(settings, live_server.url) as shop:
        yield shop


@pytest.fixture(params=["closed port", "refused"])
def deaf_saleor(request: pytest.FixtureRequest, settings: Any) -> Iterator[RealSaleor]:
    """Its events are lost: nobody listens for as long as Saleor tries, or somebody answers that it is final."""
    with ExitStack() as stack:
        url = (
            stack.enter_context(real_saleor.refusing_server())
            if request.param == "refused"
            else f"http://127.0.0.1:{free_port()}"
        )
        yield stack.enter_context(real_saleor.connected(settings, url))


def arrived(order_id: str, kind: str) -> bool:
    return OrderEvent.objects.filter(order_id=order_id, kind=kind, source="webhook").exists()


def sent(order_id: str) -> list[MailPlan]:
    return list(MailPlan.objects.filter(order_id=order_id, state=State.SENT).order_by("sent_at", "priority"))


def test_each_mail_of_a_month_leaves_once_in_its_order_and_language(
    saleor: RealSaleor, mailbox: Mailbox
) -> None:
    run = uuid.uuid4().hex[:8]  # of orders of earlier runs there may be mail, too
    orders = {
        language: saleor.buy(channel=channel, language=language, email=f"{run}.{language}@example.com")
        for language, channel in BUYERS.items()
    }
    for order_id in orders.values():
        wait_for(lambda id_=order_id: arrived(id_, "OrderFullyPaid"), 60, "Saleor to tell of the payment")  # type: ignore[misc]
    sweep.sweep(seconds=120)
    for order_id in orders.values():
        assert [one.kind for one in sent(order_id)] == SEQUENCE[:2]
    parcels = {order_id: saleor.send(order_id) for order_id in orders.values()}
    for order_id in parcels:
        wait_for(lambda id_=order_id: arrived(id_, "FulfillmentCreated"), 60, "Saleor to tell of the parcel")  # type: ignore[misc]
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=True) as clock:
        for day in range(34):
            clock.move_to(start + timedelta(days=day))
            if day == 2:
                for order_id, parcel in parcels.items():
                    saleor.deliver(parcel, timezone.now().isoformat())
                    wait_for(
                        lambda id_=order_id: arrived(id_, "FulfillmentMetadataUpdated"),
                        60,
                        "the delivery",  # type: ignore[misc]
                    )
            reconciliation.plan_missing()
            sweep.sweep(seconds=120)
            sweep.sweep(seconds=120)
    for language, order_id in orders.items():
        mails = sent(order_id)
        assert list(dict.fromkeys(one.kind for one in mails)) == SEQUENCE
        assert not MailPlan.objects.filter(order_id=order_id).exclude(state=State.SENT)
        assert {one.locale[:2] for one in mails} == {language.lower()}
        accepted = MailAttempt.objects.filter(plan__order_id=order_id)
        assert [one.outcome for one in accepted] == [MailAttempt.Outcome.ACCEPTED] * len(mails)
        files = [one for one in mailbox.messages() if f"{run}.{language}@" in str(one["To"])]
        assert len(files) == len(mails)
        assert all(
            f'<html lang="{language.lower()}' in one.get_body(("html",)).get_content() for one in files
        )
    told = OrderEvent.objects.filter(order_id__in=orders.values())
    assert {one.source for one in told} == {"webhook"}


def test_an_order_whose_events_are_lost_gets_its_mails_all_the_same(
    deaf_saleor: RealSaleor, mailbox: Mailbox
) -> None:
    Reconciliation.objects.create(
        shop=reconciliation.current_shop(), looked_until=timezone.now(), succeeded_at=timezone.now()
    )
    order_id = deaf_saleor.buy(channel="eu", language="DE", email="lost@example.com")
    wait_for(lambda: deaf_saleor.given_up("ORDER_FULLY_PAID"), RETRIES, "Saleor to give up")
    sweep.sweep(seconds=120)
    assert not MailPlan.objects.filter(order_id=order_id).exists()
    with time_machine.travel(timezone.now() + reconciliation.GRACE + timedelta(minutes=1), tick=True):
        assert reconciliation.plan_missing() >= 1
        sweep.sweep(seconds=120)
        sweep.sweep(seconds=120)
        assert [one.kind for one in sent(order_id)] == SEQUENCE[:2]
        reconciliation.plan_missing()
        sweep.sweep(seconds=120)
    assert len(sent(order_id)) == 2


def test_a_payment_without_a_result_is_settled_as_the_desk_says(saleor: RealSaleor) -> None:
    api = saleor.api
    with real_saleor.payment_app("shop.test.silent") as app:
        app.default = (500, {})
        checkout_id, total = saleor.checkout(channel="eu", language="EN", email="silent@example.com")
        transaction_id = saleor.begin_payment(checkout_id, "shop.test.silent")
        (payment,) = earlier_payments.unsettled(checkout_id)
        assert (payment.transaction_id, payment.state) == (transaction_id, earlier_payments.State.SILENT)
        row = PaymentWithoutResult(
            transaction_id=transaction_id, action="CHARGE", amount=total["amount"], currency=total["currency"]
        )
        received = desk.report(row, "SUCCESS", "provider-1")
        assert api.post(received, token=saleor.staff).codes == ["PermissionDenied"]
        apps = api.execute(desk.APPS, token=saleor.staff)["apps"]["edges"]
        (app_id,) = [one["node"]["id"] for one in apps if one["node"]["identifier"] == "shop.test.silent"]
        key = api.mutate(desk.MAKE_KEY.replace("APP", app_id), token=saleor.staff)
        api.mutate(received, token=key["authToken"])
        api.mutate(desk.DELETE_KEY.replace("TOKEN", key["appToken"]["id"]), token=saleor.staff)
        assert api.post(received, token=key["authToken"]).codes == ["PermissionDenied"]
    assert earlier_payments.unsettled(checkout_id) == []
