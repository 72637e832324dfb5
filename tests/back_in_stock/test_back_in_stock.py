"""From "tell me when it is back" to the one mail: confirmed, sent once, then forgotten; nobody learns who waits."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from store.back_in_stock import requests, sweep
from store.back_in_stock.models import StockRequest
from store.mailer import sweep as mailer_sweep
from store.mailer.models import MailPlan
from store.storefront import back_in_stock
from tests.back_in_stock.conftest import SKU, set_stock
from tests.mailer.conftest import Mailbox

PRODUCT = "/products/silicone-starter-set/"


def form_of(page: str) -> tuple[str, dict[str, str]]:
    form = re.search(r'<form class="back-in-stock.*?</form>', page, re.DOTALL)
    assert form
    action = re.search(r'action="([^"]+)"', form[0])
    assert action
    return action[1], dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def ask(shopper: Client, email: str = "ada@example.com", path: str = PRODUCT, **more: str) -> Any:
    action, fields = form_of(shopper.get(f"{path}?sku={SKU}").text)
    return shopper.post(action, fields | {"email": email} | more)


def send_all() -> None:
    sweep.run()
    mailer_sweep.sweep()


def link(mailbox: Mailbox, part: str) -> str:
    """The address of the link that is behind these words in the plain text of the last mail."""
    text = mailbox.messages()[-1].get_body(("plain",)).get_content()
    return re.search(rf"https?://[^/\s]+(/\S*{part}\S*?)[)\s.]*$", text, re.MULTILINE)[1]


def confirm(shopper: Client, mailbox: Mailbox) -> None:
    mailer_sweep.sweep()
    path = link(mailbox, "back-in-stock")
    shopper.get(path)
    assert StockRequest.objects.get().confirmed_at is None, "a scanner that opens the link confirms nothing"
    assert shopper.post(path, follow=True).status_code == 200
    assert StockRequest.objects.get().confirmed_at


def test_one_mail_when_it_is_back_and_then_nothing_is_left(shopper: Client, mailbox: Mailbox) -> None:
    assert ask(shopper)["Location"].endswith("&sent=1")
    confirm(shopper, mailbox)
    send_all()
    assert len(mailbox.messages()) == 1, "sold out still: no more than the mail to confirm"
    set_stock(3)
    for _ in range(3):
        send_all()
    _, notice = mailbox.messages()
    assert notice["To"] == "ada@example.com"
    assert "Silicone Starter Set" in str(notice["Subject"])
    assert f"{PRODUCT}?sku={SKU}&market=default-channel" in notice.get_body(("plain",)).get_content()
    assert not StockRequest.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        sweep.forget_old()
    assert not MailPlan.objects.filter(recipient="ada@example.com").exists()


def test_without_the_click_nothing_but_the_first_mail_is_sent(shopper: Client, mailbox: Mailbox) -> None:
    ask(shopper)
    set_stock(3)
    send_all()
    assert len(mailbox.messages()) == 1
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        sweep.forget_old()
    assert not StockRequest.objects.exists()


def test_sold_out_again_before_the_mail_left_waits_on(shopper: Client, mailbox: Mailbox) -> None:
    ask(shopper)
    confirm(shopper, mailbox)
    set_stock(1)
    sweep.run()
    set_stock(0)
    mailer_sweep.sweep()
    assert len(mailbox.messages()) == 1
    send_all()
    assert StockRequest.objects.get().noticed_at is None
    set_stock(2)
    send_all()
    assert len(mailbox.messages()) == 2


def test_stock_of_another_market_is_none_here(shopper: Client, mailbox: Mailbox) -> None:
    from store.engine.stock.models import Stock

    ask(shopper)
    confirm(shopper, mailbox)
    other = Stock.objects.filter(variant__sku=SKU).exclude(
        warehouse__shipping_zones__channels__slug="default-channel"
    )
    assert other.exists()
    other.update(quantity=5)
    sweep.run()
    assert StockRequest.objects.get().noticed_at is None


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_the_answer_is_the_same_whoever_waits_already(
    shopper: Client, mailbox: Mailbox, language: str
) -> None:
    path = PRODUCT if language == "en" else f"/{language}{PRODUCT}"
    answers = [ask(shopper, path=path) for _ in range(2)]
    mailer_sweep.sweep()
    shopper.post(link(mailbox, "back-in-stock"))
    answers.append(ask(shopper, path=path))
    answers.append(ask(shopper, path=path, website="spam", email="bob@example.com"))
    assert len({(one.status_code, one["Location"]) for one in answers}) == 1
    mailer_sweep.sweep()
    assert len(mailbox.messages()) == 1
    assert mailbox.messages()[0]["Content-Language"] == language
    page = shopper.get(answers[0]["Location"])
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")


def test_a_stranger_cannot_fill_a_mailbox(shopper: Client, mailbox: Mailbox, monkeypatch: Any) -> None:
    monkeypatch.setattr("store.back_in_stock.requests.MOST_UNCONFIRMED", 1)
    StockRequest.objects.create(
        channel="eu", variant_id="x", product_slug="x", email="ada@example.com", language="en"
    )
    assert ask(shopper)["Location"].endswith("&sent=1")
    mailer_sweep.sweep()
    assert mailbox.messages() == []
    assert StockRequest.objects.count() == 1


def test_a_wrong_address_is_told_on_a_page_that_keeps_it(shopper: Client) -> None:
    answer = ask(shopper, email="ada@")
    assert answer.status_code == 303
    page = shopper.get(answer["Location"]).text
    assert 'value="ada@"' in page
    assert "it looks unfinished" in page
    assert not StockRequest.objects.exists()


def test_the_link_that_stops_forgets_the_address_also_in_the_log(shopper: Client, mailbox: Mailbox) -> None:
    ask(shopper)
    confirm(shopper, mailbox)
    page = shopper.get(link(mailbox, "back-in-stock")).text
    stop = re.search(r'href="https?://[^/]+(/[^"]+)">Changed your mind', page)
    assert stop
    shopper.get(stop[1])
    assert StockRequest.objects.exists()
    for _ in range(2):
        assert shopper.post(stop[1], follow=True).status_code == 200
    assert not StockRequest.objects.exists()
    assert not MailPlan.objects.filter(recipient="ada@example.com").exists()


def test_a_link_that_is_no_link_of_ours(shopper: Client) -> None:
    for method in (shopper.get, shopper.post):
        assert method("/back-in-stock/forged/").status_code == 404


def test_another_site_cannot_send_the_form(shopper: Client) -> None:
    action, fields = form_of(shopper.get(f"{PRODUCT}?sku={SKU}").text)
    form = fields | {"email": "ada@example.com"}
    stranger = Client(headers={"sec-fetch-site": "cross-site"}, enforce_csrf_checks=True)
    assert stranger.post(action, form).status_code == 403


def test_what_is_in_stock_needs_no_waiting(shopper: Client) -> None:
    action, fields = form_of(shopper.get(f"{PRODUCT}?sku={SKU}").text)
    set_stock(4)
    answer = shopper.post(action, fields | {"email": "ada@example.com"})
    assert answer["Location"] == back_in_stock.product_path(
        "silicone-starter-set", SKU, "default-channel", "en"
    )
    assert not StockRequest.objects.exists()
    assert 'class="back-in-stock' not in shopper.get(f"{PRODUCT}?sku={SKU}").text


def test_the_merchant_sees_how_many_wait_and_no_address(shopper: Client, mailbox: Mailbox) -> None:
    ask(shopper, email="bob@example.com")
    ask(shopper)
    StockRequest.objects.filter(email="ada@example.com").update(confirmed_at=timezone.now())
    merchant = Client()
    user = get_user_model()(email="merchant@example.com", is_staff=True, is_superuser=True)
    user.set_unusable_password()
    user.save()
    merchant.force_login(user)
    page = merchant.get("/admin/back_in_stock/stockrequest/").text
    assert re.search(rf'{SKU}.*?data-name="waiting">1<.*?data-name="not confirmed">1<', page, re.DOTALL)
    assert "@example.com</td>" not in page


def test_two_sweeps_at_once_plan_one_mail(
    shopper: Client, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One has read that the mail was cancelled; before it writes so, the other has planned the next mail."""
    ask(shopper)
    confirm(shopper, mailbox)
    set_stock(1)
    sweep.run()
    MailPlan.objects.filter(kind="stock-notice").update(state="cancelled")
    read = sweep._plans

    def overtaken(keys: Any) -> Any:
        found = list(read(list(keys)))
        monkeypatch.setattr(sweep, "_plans", read)
        sweep.run()
        return MailPlan.objects.filter(pk__in=[one.pk for one in found])

    monkeypatch.setattr(sweep, "_plans", overtaken)
    sweep.run()
    assert MailPlan.objects.filter(kind="stock-notice").count() == 2
    mailer_sweep.sweep()
    assert len(mailbox.messages()) == 2


def test_a_mail_for_which_a_later_one_was_planned_is_not_sent(shopper: Client, mailbox: Mailbox) -> None:
    ask(shopper)
    confirm(shopper, mailbox)
    set_stock(1)
    sweep.run()
    StockRequest.objects.update(notices=2)
    mailer_sweep.sweep()
    assert MailPlan.objects.get(kind="stock-notice").cancel_reason == "a later mail tells of it"
    assert len(mailbox.messages()) == 1


@pytest.mark.parametrize(
    ("state", "days", "left"),
    [("failed", 0, 0), ("unreached", 0, 0), ("ambiguous", 0, 1), ("ambiguous", 2, 0), ("expired", 0, 1)],
)
def test_who_cannot_be_told_is_forgotten(
    shopper: Client, mailbox: Mailbox, state: str, days: int, left: int
) -> None:
    ask(shopper)
    confirm(shopper, mailbox)
    set_stock(1)
    sweep.run()
    MailPlan.objects.filter(kind="stock-notice").update(state=state)
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        sweep.settle()
    assert StockRequest.objects.count() == left
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        sweep.forget_old()
    assert not MailPlan.objects.exists()


def test_who_asks_again_can_confirm_for_two_more_days(shopper: Client, mailbox: Mailbox) -> None:
    ask(shopper)
    row, asked = StockRequest.objects.get(), timezone.now()
    wanted = requests.Wanted(
        channel=row.channel,
        variant_id=row.variant_id,
        sku=row.sku,
        product_slug=row.product_slug,
        email=row.email,
        language=row.language,
    )
    with time_machine.travel(asked + timedelta(days=1, hours=21)):
        requests.ask(wanted)
    with time_machine.travel(asked + timedelta(days=3)):
        sweep.forget_old()
        assert requests.confirm(row.pk)
