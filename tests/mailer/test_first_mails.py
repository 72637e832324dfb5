"""From payment to the first two mails."""

import pytest

from store import guidebook
from store.mailer import planning, sweep
from store.mailer.inbox import Received, receive
from store.mailer.models import MailAttempt, MailPlan, OrderEvent
from tests.mailer.conftest import ORDER, Mailbox, states
from tests.mailer.saleor_double import SaleorDouble, event, line

pytestmark = pytest.mark.django_db


def test_a_paid_order_gets_its_confirmation_and_its_safety_mail(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    assert sweep.sweep().processed == 2
    assert mailbox.subjects() == ["Read this before you use your cups (order 22)", "Your Cupwell order 22"]
    assert states() == {"order-confirmation": "sent", "safety-first": "sent"}


def version(slug: str) -> str:
    return guidebook.library().inserts[slug].version


def test_the_safety_mail_carries_the_insert_of_each_material(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    message = mailbox.find("Read this")
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == [f"{slug}-{version(slug)}-en.pdf" for slug in ("glass-cups", "silicone-cups")]
    assert all(part.get_content()[:5] == b"%PDF-" for part in message.iter_attachments())


def test_the_same_event_a_hundred_times_makes_two_mails(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    payload = event("OrderFullyPaid", saleor.orders[ORDER])
    answers = [receive(payload, source="test") for _ in range(100)]
    assert answers == [Received.NEW] + [Received.SEEN] * 99
    assert (OrderEvent.objects.count(), MailPlan.objects.count()) == (1, 2)


def test_paid_and_fully_paid_in_either_order_make_two_mails(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    for kind in ("OrderPaid", "OrderFullyPaid"):
        receive(event(kind, saleor.orders[ORDER]), source="test")
    assert sweep.sweep().processed == 2
    assert sweep.sweep().processed == 0
    assert len(mailbox.messages()) == 2


def test_a_part_payment_makes_no_mail(saleor: SaleorDouble) -> None:
    saleor.orders[ORDER]["isPaid"] = False
    receive(event("OrderPaid", saleor.orders[ORDER]), source="test")
    assert MailPlan.objects.count() == 0


def test_new_prices_that_settle_a_partly_paid_order_make_its_mails_once(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    order = saleor.orders[ORDER]
    order["isPaid"] = False
    receive(event("OrderPaid", order), source="test")
    assert sweep.sweep().processed == 0
    order["isPaid"] = True
    for kind in ("OrderFullyPaid", "OrderPaid", "OrderFullyPaid"):  # settled by price; then more is paid
        receive(event(kind, order), source="test")
        sweep.sweep()
    assert mailbox.subjects() == ["Read this before you use your cups (order 22)", "Your Cupwell order 22"]


def test_every_attempt_and_body_is_kept_as_evidence(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    attempt = MailAttempt.objects.get(plan__kind="safety-first")
    assert (attempt.no, attempt.outcome, attempt.phase_reached) == (1, "accepted", "accepted")
    assert [item["version"] for item in attempt.body.attachments] == [
        version("glass-cups"),
        version("silicone-cups"),
    ]
    assert "Read this before you use your cups" in attempt.body.text


def test_the_mail_says_what_the_order_is_now_not_what_it_was(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    saleor.orders[ORDER]["userEmail"] = "new.address@example.com"
    sweep.sweep()
    assert {str(message["To"]) for message in mailbox.messages()} == {"new.address@example.com"}


def test_an_order_of_accessories_gets_no_safety_mail(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    for item in saleor.orders[ORDER]["lines"]:
        item["insert"] = None
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert mailbox.subjects() == ["Your Cupwell order 22"]
    assert (
        MailPlan.objects.get(kind="safety-first").cancel_reason == "nothing in this order has a safety insert"
    )


def test_an_order_of_oil_alone_speaks_of_oil(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    saleor.orders[ORDER]["lines"] = [line(9, "Plain Massage Oil", "100 ml", 1, 9.5, "massage-oil@1.0")]
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    message = mailbox.find("Read this before you use your massage oil (order 22)")
    assert [part.get_filename()[:11] for part in message.iter_attachments()] == ["massage-oil"]
    assert "your cups" not in message.get_body(("plain",)).get_content().lower()


@pytest.mark.parametrize("address", ["", "nobody", "a@b.example, c@d.example", "ada@localhost"])
def test_an_address_that_cannot_work_is_told_and_waits_for_a_person(
    saleor: SaleorDouble, mailbox: Mailbox, address: str
) -> None:
    saleor.orders[ORDER]["userEmail"] = address
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    plan = MailPlan.objects.get(kind="safety-first")
    assert plan.state == "failed"
    assert plan.last_error.endswith("correct the email address, then send again")


def test_a_domain_with_an_umlaut_is_written_as_mail_servers_know_it(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    saleor.orders[ORDER]["userEmail"] = "ada@schröpfen.example"
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert mailbox.find("Read this")["To"] == "ada@xn--schrpfen-q4a.example"


def test_a_broken_guide_keeps_the_event_and_plans_it_later(
    saleor: SaleorDouble, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(event: object, **_: object) -> None:
        raise RuntimeError("guides/inserts/glass-cups/insert.toml, line 3: a quote is missing")

    with monkeypatch.context() as patch:
        patch.setattr(planning, "plan_mails", broken)
        assert receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test") == Received.NEW
        assert "line 3" in OrderEvent.objects.get(planned_at=None).error
    assert sweep.sweep().processed == 2
    assert OrderEvent.objects.get().error == ""


def test_a_shop_that_is_down_costs_time_and_no_mail(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    saleor.is_down = True
    sweep.sweep()
    assert states() == {"order-confirmation": "retry_wait", "safety-first": "retry_wait"}
    saleor.is_down = False
    MailPlan.objects.update(next_attempt_at="2026-01-01T00:00:00Z")
    assert sweep.sweep().processed == 2
    assert len(mailbox.messages()) == 2
