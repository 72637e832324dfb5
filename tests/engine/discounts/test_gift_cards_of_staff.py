"""What staff do with a gift card: its balance, tags, owner, notes, mail, deletion; and how long a bought one is good."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.channels import shop_settings
from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard, GiftCardEvent, GiftCardTag
from store.engine.errors import NotFound, OperationError
from store.engine.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def card() -> GiftCard:
    """A card of 20 dollars."""
    return gift_cards.issue(amount=Decimal(20), currency="USD", code="GIFT-1234")


def last(kind: str) -> dict[str, Any]:
    return GiftCardEvent.objects.filter(type=kind).latest("pk").parameters


def announced() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("type", flat=True))


def refused_code(function: Any, **given: Any) -> str:
    with pytest.raises(OperationError) as refused:
        function(**given)
    return refused.value.code


def test_a_balance_is_adjusted_down_to_nothing_and_no_further(card: GiftCard) -> None:
    for amount, after in (("5.005", "25.01"), ("-25.01", "0"), ("0.01", "0.01")):
        assert gift_cards.adjust_balance(
            card_id=card.pk, amount=Decimal(amount)
        ).current_balance_amount == Decimal(after)
    for wrong in ("0", "-0.02"):
        refused_code(gift_cards.adjust_balance, card_id=card.pk, amount=Decimal(wrong))
    card.refresh_from_db()
    assert (card.current_balance_amount, card.initial_balance_amount) == (Decimal("0.01"), 20)
    balance = last("BALANCE_ADJUSTED")["balance"]
    assert (Decimal(balance["before"]), Decimal(balance["after"])) == (0, Decimal("0.01"))
    assert announced() == ["GIFT_CARD_UPDATED"] * 3


def tags(card: GiftCard) -> list[str]:
    return sorted(card.tags.values_list("name", flat=True))


def test_tags_are_added_and_taken_off_in_small_letters(card: GiftCard) -> None:
    other = gift_cards.issue(amount=Decimal(1), currency="USD")
    gift_cards.update(card_id=other.pk, changes={"add_tags": ["fair"]})
    gift_cards.update(card_id=card.pk, changes={"add_tags": [" Fair ", "VIP", " "]})
    assert (tags(card), last("TAGS_UPDATED")) == (["fair", "vip"], {"tags": ["fair", "vip"], "old_tags": []})
    gift_cards.update(card_id=card.pk, changes={"remove_tags": ["FAIR", "vip", "gone"]})
    assert (tags(card), tags(other)) == ([], ["fair"])
    assert list(GiftCardTag.objects.values_list("name", flat=True)) == ["fair"]
    before = GiftCardEvent.objects.count()
    gift_cards.update(card_id=card.pk, changes={"remove_tags": ["vip"]})
    assert GiftCardEvent.objects.count() == before
    both = {"add_tags": ["a"], "remove_tags": ["A"]}
    assert refused_code(gift_cards.update, card_id=card.pk, changes=both) == "DUPLICATED_INPUT_ITEM"


def test_an_expiry_date_is_in_the_history_when_it_changes(card: GiftCard) -> None:
    day = timezone.now().date() + timedelta(days=1)
    for _ in range(2):
        gift_cards.update(card_id=card.pk, changes={"expiry_date": day, "private_metadata": {"p": "1"}})
    assert GiftCardEvent.objects.filter(type="EXPIRY_DATE_UPDATED").count() == 1
    assert last("EXPIRY_DATE_UPDATED") == {"expiry_date": day.isoformat(), "old_expiry_date": None}
    assert GiftCard.objects.get().private_metadata == {"p": "1"}
    assert announced() == ["GIFT_CARD_UPDATED"] * 2


def test_a_card_belongs_to_somebody_or_nobody(card: GiftCard) -> None:
    ada = User.objects.create(email="ada@example.com")
    assert gift_cards.assign(card_id=card.pk, user=ada).assigned_to == ada
    assert last("ASSIGNED_TO_USER")["assignment"] == {
        "old_user": None, "old_email": None, "user": ada.pk, "email": "ada@example.com",
    }  # fmt: skip
    gift_cards.assign(card_id=card.pk, user=None)
    card.refresh_from_db()
    assert (card.assigned_to, card.assigned_to_email) == (None, None)
    assert last("UNASSIGNED_FROM_USER")["assignment"]["old_user"] == ada.pk
    assert announced() == ["GIFT_CARD_UPDATED"] * 2


def test_a_note_is_kept_without_blanks(card: GiftCard) -> None:
    answered, note = gift_cards.add_note(card_id=card.pk, message=" Lost ")
    assert (answered, note.parameters, announced()) == (card, {"message": "Lost"}, ["GIFT_CARD_UPDATED"])
    assert refused_code(gift_cards.add_note, card_id=card.pk, message=" ") == "REQUIRED"


def test_a_card_that_has_paid_is_not_deleted(card: GiftCard) -> None:
    GiftCard.objects.update(last_used_on=timezone.now())
    assert refused_code(gift_cards.delete, card_id=card.pk) == "INVALID"
    GiftCard.objects.update(last_used_on=None)
    assert gift_cards.delete(card_id=card.pk).code == "GIFT-1234"
    assert (GiftCard.objects.count(), announced()) == (0, ["GIFT_CARD_DELETED"])
    for operation in (gift_cards.delete, gift_cards.set_active):
        with pytest.raises(NotFound):
            operation(card_id=card.pk, **({"active": True} if operation is gift_cards.set_active else {}))


def test_a_card_is_mailed_to_whom_it_is_for(card: GiftCard) -> None:
    assert refused_code(gift_cards.resend, card_id=card.pk, channel="us", email=None) == "REQUIRED"
    for column, address in (
        ("created_by_email", "maker@example.com"),
        ("used_by_email", "owner@example.com"),
    ):
        GiftCard.objects.update(**{column: address})
        gift_cards.resend(card_id=card.pk, channel="us", email=None)
        assert last("RESENT") == {"email": address}
    gift_cards.resend(card_id=card.pk, channel="us", email="other@example.com")
    sent = Event.objects.filter(type="GIFT_CARD_SENT").latest("pk")
    assert sent.extra == {"channel": "us", "sent_to_email": "other@example.com"}


@pytest.mark.parametrize(
    ("days", "active", "code"),
    [(0, True, None), (-1, True, "EXPIRED_GIFT_CARD"), (None, False, "INVALID"), (None, True, None)],
)
def test_only_a_card_that_is_good_today_is_mailed(
    card: GiftCard, days: int | None, active: bool, code: str | None
) -> None:
    day = None if days is None else timezone.now().date() + timedelta(days=days)
    GiftCard.objects.update(expiry_date=day, is_active=active)
    given = {"card_id": card.pk, "channel": "us", "email": "a@example.com"}
    if code:
        assert (refused_code(gift_cards.resend, **given), announced()) == (code, [])
    else:
        assert gift_cards.resend(**given) == card


def test_a_requested_code_belongs_to_one_card(card: GiftCard) -> None:
    assert refused_code(gift_cards.issue, amount=Decimal(1), currency="USD", code="GIFT-1234")
    made = [gift_cards.issue(amount=Decimal(1), currency="USD") for _ in range(2)]
    assert made[0].code != made[1].code
    assert Decimal(last("ISSUED")["balance"]) == 1


@pytest.mark.parametrize(
    ("today", "kind", "period", "unit", "expected"),
    [
        (date(2026, 11, 28), "NEVER_EXPIRE", 5, "DAY", None),
        (date(2026, 11, 28), "EXPIRY_PERIOD", 0, "DAY", None),
        (date(2026, 11, 28), "EXPIRY_PERIOD", 5, "DAY", date(2026, 12, 3)),
        (date(2026, 11, 28), "EXPIRY_PERIOD", 2, "WEEK", date(2026, 12, 12)),
        (date(2026, 11, 28), "EXPIRY_PERIOD", 1, "MONTH", date(2026, 12, 28)),
        (date(2026, 11, 28), "EXPIRY_PERIOD", 2, "MONTH", date(2027, 1, 28)),
        (date(2026, 1, 31), "EXPIRY_PERIOD", 1, "MONTH", date(2026, 2, 28)),
        (date(2026, 12, 31), "EXPIRY_PERIOD", 12, "MONTH", date(2027, 12, 31)),
        (date(2024, 2, 29), "EXPIRY_PERIOD", 3, "YEAR", date(2027, 2, 28)),
    ],
)
def test_a_bought_card_is_good_as_long_as_the_shop_says(
    monkeypatch: pytest.MonkeyPatch, today: date, kind: str, period: int, unit: str, expected: date | None
) -> None:
    changes = {
        "gift_card_expiry_type": kind,
        "gift_card_expiry_period": period,
        "gift_card_expiry_unit": unit,
    }
    settings = shop_settings.current()
    for name, value in changes.items():
        setattr(settings, name, value)
    monkeypatch.setattr(shop_settings, "current", lambda: settings)
    monkeypatch.setattr(timezone, "now", lambda: datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    assert gift_cards.default_expiry_date() == expected
