"""What a person does with a mail at the desk: each step has a reason and stays on record; SAFETY can't be stopped."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from store.mailer import interventions, sweep
from store.mailer.inbox import receive
from store.mailer.models import Intervention, MailAttempt, MailPlan
from tests.mailer.conftest import ORDER, Mailbox, states
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db
Step = interventions.Step


@pytest.fixture
def planned(saleor: SaleorDouble, mailbox: Mailbox) -> MailPlan:
    """The confirmation of a paid order, not sent yet."""
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    return MailPlan.objects.get(kind="order-confirmation")


def steps_page(plan: MailPlan) -> str:
    return f"/admin/mailer/mailplan/{plan.pk}/steps/"


def test_a_held_mail_waits_for_its_release_whatever_else_happens(
    planned: MailPlan, mailbox: Mailbox, merchant: Client, saleor: SaleorDouble
) -> None:
    merchant.post(steps_page(planned), {"step": "hold", "reason": "wrong sum"})
    MailPlan.objects.filter(pk=planned.pk).update(waits_for=f"safety1:{ORDER}")
    receive(event("OrderPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    sweep.sweep()
    assert states() == {"order-confirmation": "held", "safety-first": "sent"}
    merchant.post(steps_page(planned), {"step": "release", "reason": "corrected"})
    sweep.sweep()
    assert states()["order-confirmation"] == "sent"
    assert list(Intervention.objects.values_list("step", "reason", "who")) == [
        ("release", "corrected", "merchant@example.com"),
        ("hold", "wrong sum", "merchant@example.com"),
    ]


def test_a_cancelled_mail_is_never_sent(planned: MailPlan, mailbox: Mailbox, merchant: Client) -> None:
    merchant.post(steps_page(planned), {"step": "cancel", "reason": "told by telephone"})
    sweep.sweep()
    planned.refresh_from_db()
    assert (planned.state, planned.cancel_reason) == ("cancelled", "by a person: told by telephone")
    assert len(mailbox.messages()) == 1


@pytest.mark.parametrize("step", ["hold", "cancel", "release"])
def test_nobody_stops_a_safety_mail(planned: MailPlan, merchant: Client, step: str) -> None:
    safety = MailPlan.objects.get(kind="safety-first")
    assert merchant.post(steps_page(safety), {"step": step, "reason": "x"}).status_code == 422
    assert not interventions.take(safety, Step(step), reason="x", who="pia")
    assert (states()["safety-first"], Intervention.objects.count()) == ("due", 0)


def test_a_step_without_reason_is_not_taken(planned: MailPlan, merchant: Client) -> None:
    assert merchant.post(steps_page(planned), {"step": "cancel", "reason": " "}).status_code == 422
    with pytest.raises(interventions.NoReason):
        interventions.take(planned, Step.CANCEL, reason=" ", who="pia")
    assert states()["order-confirmation"] == "due"


def test_sending_again_is_on_record_only_if_it_was_done(planned: MailPlan, mailbox: Mailbox) -> None:
    sweep.sweep()
    sent = MailPlan.objects.get(pk=planned.pk)
    assert not interventions.take(sent, Step.SEND_AGAIN, reason="asked for it", who="pia")
    assert not Intervention.objects.exists()
    MailPlan.objects.filter(pk=sent.pk).update(state="failed")
    assert interventions.take(sent, Step.SEND_AGAIN, reason="asked for it", who="pia")
    assert Intervention.objects.get().step == "send-again"


def test_a_preview_shows_the_mail_as_it_would_be_now_and_sends_a_copy_to_whoever_asks(
    planned: MailPlan, mailbox: Mailbox, merchant: Client
) -> None:
    page = f"/admin/mailer/mailplan/{planned.pk}/preview/"
    assert "Your Cupwell order 22" in merchant.get(page).content.decode()
    assert mailbox.messages() == []
    merchant.post(page)
    [copy] = mailbox.messages()
    assert (str(copy["To"]), str(copy["Subject"])) == (
        "merchant@example.com",
        "[Preview] Your Cupwell order 22",
    )
    assert copy["Message-ID"] != planned.message_id
    assert not MailAttempt.objects.exists()
    assert states()["order-confirmation"] == "due"


@pytest.mark.parametrize("page", ["steps", "preview"])
def test_staff_without_orders_open_neither(planned: MailPlan, client: Client, page: str) -> None:
    pia = get_user_model()(email="pia@example.com", is_staff=True)
    pia.set_unusable_password()
    pia.save()
    pia.groups.create(name="Shelf", permissions=["MANAGE_PRODUCTS"])
    client.force_login(pia)
    answer = client.post(f"/admin/mailer/mailplan/{planned.pk}/{page}/", {"step": "cancel", "reason": "x"})
    assert answer.status_code in (403, 404)
    assert (states()["order-confirmation"], Intervention.objects.count()) == ("due", 0)
