"""The table of mail kinds: whole, and no two kinds or refunds share a key."""

from itertools import combinations
from typing import get_args

import pytest

from store.mailer import mail_texts
from store.mailer.inbox import dedupe_key
from store.mailer.mail_classes import Kind, MailClass
from store.mailer.mail_kinds import all_kinds, mail_kind, nothing
from store.mailer.models import MailPlan
from store.saleor import events
from tests.mailer.conftest import ORDER, SHIPMENT
from tests.mailer.saleor_double import account_event, event, fulfillment, gid, order

EVENT_CLASSES = get_args(get_args(events.Event)[0])
INSERTS = ("silicone-cups", "glass-cups", "glass-valve-cups", "plastic-cups", "spare-parts")


def invitation() -> events.Event:
    payload = account_event("StaffSetPasswordRequested")
    return events.parse(payload | {"user": payload["user"] | {"isConfirmed": False}})


def example(name: str, refunded: float = 10.0) -> events.Event:
    if name.startswith(("Account", "Staff")):
        return events.parse(account_event(name, newEmail="new@example.com"))
    if name == "GiftCardSent":
        card = {"id": gid("GiftCard", 1)}
        return events.parse({"__typename": name, "sentToEmail": "ada@example.com", "giftCard": card})
    parcel = fulfillment(SHIPMENT) if name.startswith("Fulfillment") else None
    return events.parse(event(name, order(ORDER, totalRefunded={"amount": refunded}), parcel))


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_has_its_own_record(kind: Kind) -> None:
    assert mail_kind(kind).kind is kind


def test_every_event_that_we_ask_for_can_cause_a_mail() -> None:
    assert {one for kind in all_kinds() for one in kind.events} == set(EVENT_CLASSES)


@pytest.mark.parametrize("lang", ["en", "de", "es"])
def test_every_template_is_there_in_every_language(lang: str) -> None:
    plans = [MailPlan(kind=kind, about=about) for kind in Kind for about in ("", *INSERTS)]
    used = {mail_kind(Kind(plan.kind)).template(plan) for plan in plans}
    assert used == set(mail_texts.names(lang))


def test_the_plan_keys_of_two_kinds_never_meet() -> None:
    examples = [*map(example, events.EVENT_TYPES), invitation()]
    keys = [
        {planned.key for one in examples if isinstance(one, kind.events) for planned in kind.plan(one)}
        for kind in all_kinds() if kind.events
    ]  # fmt: skip
    assert all(keys)
    assert all(first.isdisjoint(second) for first, second in combinations(keys, 2))


@pytest.mark.parametrize("name", ["OrderRefunded", "OrderFullyRefunded"])
def test_a_second_refund_is_another_event_and_another_mail(name: str) -> None:
    first, same, second = example(name, 10.0), example(name, 10.00), example(name, 20.0)
    assert dedupe_key(first) == dedupe_key(same) != dedupe_key(second)
    keys = [
        [planned.key for planned in mail_kind(Kind.ORDER_REFUNDED).plan(e)] for e in (first, same, second)
    ]
    assert keys[0] == keys[1] != keys[2]


def test_only_safety_mail_carries_inserts_never_expires_and_comes_first() -> None:
    safety = {kind.kind for kind in all_kinds() if kind.mail_class is MailClass.SAFETY}
    recalls = {Kind.RECALL, Kind.RECALL_REMINDER}
    assert safety == {Kind.SAFETY_FIRST, Kind.INSERT_CHANGE} | recalls
    assert {kind.kind for kind in all_kinds() if kind.attaches is not nothing} == safety - recalls
    assert {kind.kind for kind in all_kinds() if kind.expires_after is None} == safety
    assert [kind for kind in all_kinds() if kind.hours is None and kind.mail_class is MailClass.CARE] == []
    by_priority = [kind.kind for kind in sorted(all_kinds(), key=lambda kind: kind.priority)]
    assert by_priority[:3] == [Kind.RECALL, Kind.RECALL_REMINDER, Kind.SAFETY_FIRST]


def test_what_tells_of_the_end_of_an_order_survives_its_cancellation() -> None:
    surviving = {kind.kind for kind in all_kinds() if kind.survives_cancellation}
    about_accounts = {one for one in Kind if one.startswith(("account", "staff"))}
    recalls = {Kind.RECALL, Kind.RECALL_REMINDER}  # the parcel may have left before
    about_no_order = {Kind.GIFT_CARD, Kind.LOW_STOCK, Kind.PAYMENT_RETURNED}
    asked_for = {Kind.RETURN_RECEIVED, Kind.RETURN_CLOSED, Kind.ORDER_LINK, Kind.MERCHANT_MESSAGE}
    asked_for |= {Kind.STOCK_CONFIRMATION, Kind.STOCK_NOTICE}
    assert surviving - about_accounts == (
        {Kind.ORDER_CANCELLED, Kind.ORDER_REFUNDED} | recalls | asked_for | about_no_order
    )
