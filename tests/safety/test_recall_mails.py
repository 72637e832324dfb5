"""From the orders to the mail: everybody who has one is told once, in their language, whatever happened to the process."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from store.mailer import orders, resending, suppressions, sweep
from store.mailer.mail_classes import MailClass
from store.mailer.models import ContactTask, MailPlan, State, SuppressionReason
from store.safety.models import RecalledLine, RecallRecipient
from store.safety.recalls import answers, approval, links, lookup, reach, scan
from store.safety.recalls.continuing import continue_recalls
from store.safety.recalls.letters import letters_pdf
from tests.mailer.conftest import Mailbox
from tests.safety.recall_orders import ANN, PagedSaleor, opened

pytestmark = pytest.mark.django_db(transaction=True)


def told() -> set[str]:
    return set(RecallRecipient.objects.values_list("email", flat=True))


def lines() -> set[tuple[str, str, int]]:
    return set(RecalledLine.objects.values_list("order_number", "lot_code", "quantity"))


def test_who_has_the_lot_or_may_have_it_is_found(saleor: PagedSaleor) -> None:
    saleor.sold(1, "lot@example.com", lots={"G1": 1})
    saleor.sold(2, "other-lot@example.com", lots={"G2": 1})
    saleor.sold(3, "unknown@example.com")
    saleor.sold(4, "returned@example.com", lots={"G1": 1}, status="RETURNED")
    saleor.sold(5, "cancelled@example.com", lots={"G1": 1}, status="CANCELED")
    saleor.sold(6, "refunded@example.com", lots={"G1": 1}, status="REFUNDED")
    saleor.sold(7, "other-sku@example.com", lots={"G1": 1}, sku="OIL")
    saleor.sold(8, "partly@example.com", lots={"G2": 1}, quantity=3)
    opened()
    assert continue_recalls()
    assert told() == {
        "lot@example.com",
        "unknown@example.com",
        "refunded@example.com",
        "partly@example.com",
    }
    assert lines() == {("1", "G1", 1), ("3", "", 1), ("6", "G1", 1), ("8", "", 2)}
    assert saleor.pages == 4


def test_all_of_a_sku_needs_no_lot(saleor: PagedSaleor) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1})
    saleor.sold(2, "b@example.com", lots={"G2": 2}, quantity=2)
    opened(("GLASS", ""))
    continue_recalls()
    assert lines() == {("1", "G1", 1), ("2", "G2", 2)}


def test_one_mail_for_an_address_with_all_its_orders(saleor: PagedSaleor, mailbox: Mailbox) -> None:
    for number in (1, 2, 3):
        saleor.sold(number, "Ada@Example.com" if number == 2 else "ada@example.com", lots={"G1": 1})
    opened()
    continue_recalls()
    assert (RecallRecipient.objects.count(), RecalledLine.objects.count()) == (1, 3)
    sweep.sweep()
    mail = mailbox.find("Product safety recall: Glass Bulb Set by Cupwell")
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "order 1, 2, 3" in text
    assert "may have: G1" in text


def test_a_scan_that_was_cut_off_goes_on_and_doubles_nothing(
    saleor: PagedSaleor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 8):
        saleor.sold(number, f"buyer{number}@example.com", lots={"G1": 1})
    recall = opened()
    write, calls = scan._write_page, []

    def dies_in_the_third(*args: Any) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        write(*args)

    monkeypatch.setattr(scan, "_write_page", dies_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        continue_recalls()
    assert RecallRecipient.objects.count() == MailPlan.objects.count() == 4
    monkeypatch.setattr(scan, "_write_page", write)
    assert continue_recalls()
    assert continue_recalls()
    assert RecallRecipient.objects.count() == MailPlan.objects.count() == 7
    recall.refresh_from_db()
    assert (recall.scan_cursor, recall.scanned_at is not None) == ("", True)


def test_a_page_that_another_process_wrote_is_not_written_again(saleor: PagedSaleor) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1})
    saleor.sold(2, "b@example.com", lots={"G1": 1})
    saleor.sold(3, "c@example.com", lots={"G1": 1})
    recall = opened()
    page = scan._fetch(recall)
    assert page is not None
    scan._write_page(recall, page)
    scan._write_page(recall, page)
    assert RecallRecipient.objects.count() == 2
    assert type(recall).objects.get(pk=recall.pk).scan_cursor == "2"


def test_the_orders_are_read_again_each_day_while_it_is_open(saleor: PagedSaleor) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1})
    recall = opened()
    continue_recalls()
    saleor.sold(2, "late@example.com", lots={"G1": 1})
    continue_recalls()
    assert told() == {"a@example.com"}
    type(recall).objects.update(scanned_at=timezone.now() - timedelta(days=2))
    continue_recalls()
    assert told() == {"a@example.com", "late@example.com"}


def test_a_shop_that_is_away_is_asked_later(saleor: PagedSaleor) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1})
    opened()
    saleor.is_down = True
    assert continue_recalls()
    assert told() == set()
    saleor.is_down = False
    continue_recalls()
    assert told() == {"a@example.com"}


@pytest.mark.parametrize(
    ("language", "heading", "stop"),
    [
        ("EN", "Product safety recall", "Stop using it at once"),
        ("DE", "Produktsicherheitsrückruf", "Verwenden Sie es sofort nicht mehr"),
        ("ES_MX", "Recuperación de un producto por motivos de seguridad", "Deje de usarlo de inmediato"),
    ],
)
def test_the_mail_has_every_part_of_the_notice(
    saleor: PagedSaleor, mailbox: Mailbox, language: str, heading: str, stop: str
) -> None:
    saleor.sold(1, "ada@example.com", lots={"G1": 1}, language=language)
    opened()
    continue_recalls()
    sweep.sweep()
    mail = mailbox.find(heading)
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    for part in (heading, stop, "G1", "safety@cupwell.example", "+1 555 0100", "/recalls/answer/"):
        assert part in text
    assert "#b3261e" in html
    assert "cid:recalled-product" in html
    assert any(part.get_content_type() == "image/png" for part in mail.walk())
    assert "List-Unsubscribe" not in mail
    assert MailPlan.objects.get().mail_class == MailClass.SAFETY


def test_unsubscribed_complained_and_bounced_buyers_are_told(saleor: PagedSaleor, mailbox: Mailbox) -> None:
    for number, reason in enumerate(SuppressionReason):
        address = f"{number}@example.com"
        saleor.sold(number + 1, address, lots={"G1": 1})
        for mail_class in (MailClass.CARE, MailClass.SERVICE):
            suppressions.unsubscribe(suppressions.address_hash(address), mail_class, reason=reason)
    opened()
    continue_recalls()
    sweep.sweep()
    assert len(mailbox.messages()) == 3


def test_without_an_address_a_person_is_asked_and_a_letter_is_ready(
    saleor: PagedSaleor, mailbox: Mailbox
) -> None:
    saleor.sold(1, "", lots={"G1": 1}, language="DE")
    recall = opened()
    continue_recalls()
    sweep.sweep()
    recipient = RecallRecipient.objects.get()
    assert ContactTask.objects.filter(closed_at=None).count() == 1
    assert list(reach.unreached(recall)) == [recipient]
    assert letters_pdf([recipient])[:5] == b"%PDF-"
    assert answers.mark_posted(recipient.pk, who="ann@example.com")
    assert not answers.mark_posted(recipient.pk, who="ann@example.com")
    assert ContactTask.objects.get().done == ContactTask.Done.POSTED
    assert reach.reach(recall).notified == 1
    assert not reach.unreached(recall).exists()


def test_a_corrected_address_gets_the_mail(saleor: PagedSaleor, mailbox: Mailbox) -> None:
    order_id = saleor.sold(1, "a..b@example.com", lots={"G1": 1})
    opened()
    continue_recalls()
    sweep.sweep()
    assert MailPlan.objects.get().state == State.FAILED
    saleor.orders[order_id]["userEmail"] = "ab@example.com"
    assert resending.follow_corrected_address(order_id=order_id, address="ab@example.com") == 1
    sweep.sweep()
    assert [str(mail["To"]) for mail in mailbox.messages()] == ["ab@example.com"]
    assert not ContactTask.objects.filter(closed_at=None).exists()


def test_an_order_that_can_not_be_read_any_more_keeps_back_no_recall(
    saleor: PagedSaleor, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1})
    opened()
    continue_recalls()
    RecallRecipient.objects.update(found_at=timezone.now() - timedelta(hours=2))
    monkeypatch.setattr(orders, "to_order", lambda _: {}["currency"])
    sweep.sweep()
    assert mailbox.find("Product safety recall: Glass Bulb Set by Cupwell")["To"] == "a@example.com"


def test_reminders_go_to_those_who_did_not_answer(saleor: PagedSaleor, mailbox: Mailbox) -> None:
    for number in (1, 2, 3):
        saleor.sold(number, f"{number}@example.com", lots={"G1": 1})
    recall = opened()
    continue_recalls()
    sweep.sweep()
    answered, remedied, silent = RecallRecipient.objects.order_by("order_number")
    answers.answer(answered.pk, whereabouts="gone", remedy="")
    answers.mark_remedied(remedied.pk, who="ann@example.com")

    def days_later(days: int) -> list[str]:
        MailPlan.objects.filter(kind="recall").update(
            sent_at=timezone.now() - timedelta(days=days, minutes=1)
        )
        continue_recalls()
        continue_recalls()
        sweep.sweep()
        return [s for s in mailbox.subjects() if s.startswith("Reminder")]

    assert len(days_later(2)) == 0
    assert len(days_later(3)) == 1
    assert len(days_later(10)) == 2
    assert len(days_later(30)) == 2
    silent.refresh_from_db()
    assert silent.reminders == 2
    approval.close(recall.pk, ANN, note="done")


def test_a_reminder_that_waited_is_not_sent_after_the_answer(saleor: PagedSaleor, mailbox: Mailbox) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1})
    opened()
    continue_recalls()
    sweep.sweep()
    MailPlan.objects.update(sent_at=timezone.now() - timedelta(days=4))
    continue_recalls()
    answers.answer(RecallRecipient.objects.get().pk, whereabouts="here", remedy="refund")
    sweep.sweep()
    assert MailPlan.objects.get(kind="recall-reminder").state == State.CANCELLED


def test_the_answer_and_its_limits(saleor: PagedSaleor) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1})
    opened()
    continue_recalls()
    pk = RecallRecipient.objects.get().pk
    for whereabouts, remedy in (("here", ""), ("here", "repair"), ("eaten", ""), ("", "refund")):
        with pytest.raises(answers.InvalidAnswer):
            answers.answer(pk, whereabouts=whereabouts, remedy=remedy)
    assert answers.answer(pk, whereabouts="here", remedy="refund")
    assert answers.answer(pk, whereabouts="passed_on", remedy="refund")
    assert RecallRecipient.objects.get().remedy == ""
    assert answers.mark_remedied(pk, who="ann@example.com")
    assert not answers.answer(pk, whereabouts="here", remedy="refund")


def test_the_reach_counts_each_buyer_once(saleor: PagedSaleor, mailbox: Mailbox) -> None:
    for number in range(1, 6):
        saleor.sold(number, f"{number}@example.com" if number < 5 else "no address", lots={"G1": 1})
    recall = opened()
    continue_recalls()
    sweep.sweep()
    first = RecallRecipient.objects.order_by("pk").first()
    assert first is not None
    answers.answer(first.pk, whereabouts="here", remedy="refund")
    answers.mark_remedied(first.pk, who="ann@example.com")
    found = reach.reach(recall)
    assert (found.recipients, found.notified, found.bounced, found.not_notified) == (5, 4, 1, 1)
    assert (found.answered, found.chose_remedy, found.remedied) == (1, 1, 1)
    table = list(reach.rows(recall))
    assert len(table) == 6
    assert all(len(row) == len(reach.COLUMNS) for row in table)


def test_the_care_mails_of_a_recalled_order_stop(saleor: PagedSaleor) -> None:
    order_id = saleor.sold(1, "a@example.com", lots={"G1": 1})
    recall = opened()
    continue_recalls()
    assert lookup.has_open_recall(order_id)
    assert not lookup.has_open_recall("")
    approval.close(recall.pk, ANN, note="done")
    assert not lookup.has_open_recall(order_id)


def test_is_mine_affected(saleor: PagedSaleor) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1})
    recall = opened()
    Found = lookup.Found
    assert lookup.answer_for(lot="", order_number="#1") == (Found.NOT_YET_KNOWN, [])
    continue_recalls()
    assert lookup.answer_for(lot="g1", order_number="") == (Found.AFFECTED, [recall])
    assert lookup.answer_for(lot="", order_number="#1") == (Found.AFFECTED, [recall])
    assert lookup.answer_for(lot="G2", order_number="2") == (Found.NOT_AFFECTED, [])


def test_a_forged_link_opens_nothing(saleor: PagedSaleor) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1})
    opened()
    continue_recalls()
    recipient = RecallRecipient.objects.get()
    token = links.answer_url(recipient).rstrip("/").rpartition("/")[2]
    assert links.recipient_of(token) == recipient
    assert links.recipient_of(token[:-2]) is None
