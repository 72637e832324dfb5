"""Any mail at the desk, with a made-up order or with one of the shop."""

import re
from itertools import cycle

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from store.guidebook.languages import LANGUAGES
from store.mailer import composition, made_up_orders
from store.mailer.inbox import receive
from store.mailer.made_up_orders import Choice
from store.mailer.models import MailAttempt, MailPlan
from tests.mailer.conftest import ORDER, Mailbox
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db
PAGE = "/admin/mailer/mailplan/any/"


@pytest.mark.parametrize(
    ("choice", "lang"), list(zip(made_up_orders.choices(), cycle(LANGUAGES), strict=False)), ids=str
)
def test_each_can_be_written_with_the_made_up_order(choice: Choice, lang: str) -> None:
    order = made_up_orders.order(choice, lang=lang)
    plan = made_up_orders.plan(choice, lang=lang)
    mail = composition.compose(plan, order, recipient="pia@example.com")
    assert mail.html
    assert not re.search(r"q[sb][0-9a-f]{12}n|\{\{|\{%|\[\[|None", mail.subject + mail.text + mail.html)


def test_a_mail_is_shown_in_the_chosen_language_and_nothing_is_written(merchant: Client) -> None:
    assert 'name="mail"' in merchant.get(PAGE).content.decode()
    page = merchant.get(PAGE, {"mail": "order-confirmation:", "language": "de"}).content.decode()
    assert "Musterstraße 1" in page
    assert MailPlan.objects.count() == 0


def test_it_is_shown_with_an_order_of_the_shop(merchant: Client, saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    asked = {"mail": "care:", "language": "en", "order": "22"}
    assert "Glass" in merchant.get(PAGE, asked).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"mail": "order-confirmation:", "language": "en", "order": "4711"},
        {"mail": "recall:", "language": "en"},
        {"mail": "care:", "language": "xx"},
    ],
)
def test_what_there_is_not_is_refused(merchant: Client, asked: dict[str, str]) -> None:
    answer = merchant.get(PAGE, asked)
    assert answer.status_code == 422
    assert "Send a copy to me" not in answer.content.decode()


def test_a_copy_goes_to_who_asks(merchant: Client, mailbox: Mailbox) -> None:
    merchant.post(f"{PAGE}?mail=care:&language=es")
    [copy] = mailbox.messages()
    owner = get_user_model().objects.get(is_superuser=True)
    assert (str(copy["To"]), str(copy["Subject"]).startswith("[Preview] ")) == (owner.email, True)
    assert MailAttempt.objects.count() == 0


def test_it_is_for_those_who_handle_orders(client: Client) -> None:
    pia = get_user_model()(email="pia@example.com", is_staff=True)
    pia.set_unusable_password()
    pia.save()
    pia.groups.create(name="Shelf", permissions=["MANAGE_PRODUCTS"])
    client.force_login(pia)
    assert client.get(PAGE).status_code == 403
