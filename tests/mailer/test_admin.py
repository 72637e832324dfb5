"""The mail admin: what was sent, why a mail waits, and sending again."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from store.mailer import sweep
from store.mailer.inbox import receive
from store.mailer.models import MailPlan
from tests.mailer.conftest import ORDER, Mailbox, states
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db
MAILS = "/admin/mailer/mailplan/"


@pytest.fixture
def sent(saleor: SaleorDouble, mailbox: Mailbox) -> MailPlan:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    return MailPlan.objects.get(kind="safety-first")


def send_again(merchant: Client, plan: MailPlan) -> str:
    form = {"action": "send_again", "_selected_action": [plan.pk]}
    return merchant.post(MAILS, form, follow=True).content.decode()


def test_the_list_shows_each_mail_with_its_state(merchant: Client, sent: MailPlan) -> None:
    page = merchant.get(MAILS).content.decode()
    assert "Read this before you use your cups" in page
    assert "Order confirmation" in page


def test_a_mail_shows_what_was_really_sent(merchant: Client, sent: MailPlan) -> None:
    page = merchant.get(f"{MAILS}{sent.pk}/change/").content.decode()
    assert "Read this before you use your cups (order 22)" in page
    assert re.search(r"silicone-cups-\d+\.\d+-en\.pdf", page)


def bars(page: str, title: str) -> dict[str, int]:
    """The label of each bar of a chart, with its number."""
    chart = page.partition(title)[2].partition("</section>")[0]
    return {
        name: int(number)
        for name, number in re.findall(r'row">([^<]+)</th>.*?number">(\d+)<', chart, re.DOTALL)
    }


def test_the_figures_count_what_left_and_what_did_not(merchant: Client, sent: MailPlan) -> None:
    MailPlan.objects.filter(kind="order-confirmation").update(state="failed", sent_at=None)
    assert "/admin/mailer/mailplan/figures" in merchant.get(MAILS).content.decode()
    page = merchant.get(f"{MAILS}figures/").content.decode()
    by_day = bars(page, "Mails that left, by day")
    assert (len(by_day), sum(by_day.values())) == (30, 1)
    assert bars(page, "Mails that left, by kind") == {"Read this before you use your cups": 1}
    assert bars(page, "What became of the others") == {"Failed": 1}
    assert bars(page, "Reports") == {}


def test_a_person_can_send_an_unknown_mail_again(merchant: Client, sent: MailPlan, mailbox: Mailbox) -> None:
    MailPlan.objects.filter(pk=sent.pk).update(state="ambiguous")
    assert "1 to be sent again" in send_again(merchant, sent)
    assert states()["safety-first"] == "due"


def test_a_sent_mail_is_not_sent_to_the_same_address_again(merchant: Client, sent: MailPlan) -> None:
    assert "1 left alone" in send_again(merchant, sent)
    assert states()["safety-first"] == "sent"


@pytest.mark.parametrize("kind", ["safety-first", "order-confirmation"])
def test_a_sent_mail_goes_again_to_a_corrected_address(
    merchant: Client, sent: MailPlan, saleor: SaleorDouble, mailbox: Mailbox, kind: str
) -> None:
    saleor.orders[ORDER]["userEmail"] = "corrected@example.com"
    assert "1 to be sent again" in send_again(merchant, MailPlan.objects.get(kind=kind))
    sweep.sweep()
    recipients = list(MailPlan.objects.get(kind=kind).attempts.values_list("recipient", flat=True))
    assert recipients == ["ada.guest@example.com", "corrected@example.com"]
    assert len(mailbox.messages()) == 3


def test_a_typed_address_is_corrected_and_every_mail_leaves(
    merchant: Client, saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    saleor.orders[ORDER]["userEmail"] = "ada@example,com"
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert set(states().values()) == {"failed"}
    saleor.orders[ORDER]["userEmail"] = "ada@example.com"
    for plan in MailPlan.objects.all():
        send_again(merchant, plan)
    sweep.sweep()
    assert set(states().values()) == {"sent"}
    assert {str(message["To"]) for message in mailbox.messages()} == {"ada@example.com"}


def test_the_true_recipient_of_each_attempt_is_shown(
    merchant: Client, saleor: SaleorDouble, sent: MailPlan
) -> None:
    saleor.orders[ORDER]["userEmail"] = "corrected@example.com"
    send_again(merchant, sent)
    sweep.sweep()
    page = merchant.get(f"{MAILS}{sent.pk}/change/").content.decode()
    assert "ada.guest@example.com" in page
    assert "corrected@example.com" in page


def test_nobody_writes_or_deletes_mail_by_hand(merchant: Client, sent: MailPlan) -> None:
    assert merchant.post(f"{MAILS}add/").status_code == 403
    assert merchant.post(f"{MAILS}{sent.pk}/delete/", {"post": "yes"}).status_code == 403
    assert MailPlan.objects.count() == 2


def test_a_stranger_sees_nothing(client: Client, sent: MailPlan) -> None:
    assert client.get(MAILS).status_code == 302


@pytest.mark.parametrize(("permissions", "status"), [(["MANAGE_PRODUCTS"], 403), (["MANAGE_ORDERS"], 200)])
def test_mails_are_read_and_sent_again_by_those_who_handle_orders(
    client: Client, sent: MailPlan, permissions: list[str], status: int
) -> None:
    pia = get_user_model()(email="pia@example.com", is_staff=True)
    pia.set_unusable_password()
    pia.save()
    pia.groups.create(name="Shelf", permissions=permissions)
    client.force_login(pia)
    MailPlan.objects.filter(pk=sent.pk).update(state="failed")
    for page in (
        MAILS,
        f"{MAILS}figures/",
        f"{MAILS}{sent.pk}/change/",
        "/admin/mailer/orderevent/",
    ):
        assert client.get(page).status_code == status
    assert (MAILS in client.get("/admin/").content.decode()) is (status == 200)
    client.post(MAILS, {"action": "send_again", "_selected_action": [sent.pk]})
    assert (states()["safety-first"] == "due") is (status == 200)


def test_a_refused_mail_is_on_the_home_page_with_what_to_do(merchant: Client, sent: MailPlan) -> None:
    assert "Mails that were refused" not in merchant.get("/admin/").content.decode()
    MailPlan.objects.filter(pk=sent.pk).update(state="failed")
    home = merchant.get("/admin/")
    [concern] = [one for one in home.context["concerns"] if one.title == "Mails that were refused"]
    assert concern.count == 1
    listed = merchant.get(concern.url)
    assert [plan.pk for plan in listed.context["cl"].result_list] == [sent.pk]
    assert "Correct the order" in listed.content.decode()
