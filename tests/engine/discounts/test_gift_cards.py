"""Which gift cards can be spent, and how they are."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard, GiftCardEvent
from store.engine.errors import NotFound, NotUnique, OperationError
from store.engine.events.models import Event

pytestmark = pytest.mark.django_db
ORDER = uuid.UUID(int=1)


def card(amount: str = "20", **options: Any) -> GiftCard:
    return gift_cards.issue(amount=Decimal(amount), currency="USD", **options)


def in_days(days: int) -> Any:
    return timezone.now().date() + timedelta(days=days)


@pytest.mark.parametrize(
    ("options", "currency", "spendable"),
    [
        ({}, "USD", True),
        ({}, "EUR", False),
        ({"is_active": False}, "USD", False),
        ({"expiry_date": in_days(-1)}, "USD", False),
        ({"expiry_date": in_days(0)}, "USD", True),
        ({"expiry_date": in_days(1)}, "USD", True),
    ],
)
def test_a_card_is_spent_while_it_is_active_in_its_currency_up_to_its_last_day(
    options: dict[str, Any], currency: str, spendable: bool
) -> None:
    made = card(code="GIFT", **options)
    assert gift_cards.is_spendable(made, currency=currency) is spendable
    assert (gift_cards.find_spendable("GIFT", currency=currency) == made) is spendable


def test_an_unknown_code_finds_no_card() -> None:
    assert gift_cards.find_spendable("NOPE", currency="USD") is None


def test_cards_are_spent_in_order_until_the_total_is_paid() -> None:
    first, second, third = card("20"), card("20"), card("20")
    user = User.objects.create_user("ada@example.com", "secret pass phrase")
    left = gift_cards.spend(
        [first, second, third], Decimal(30), order_id=ORDER, user=user, email="ada@example.com"
    )
    balances = list(GiftCard.objects.order_by("pk").values_list("current_balance_amount", flat=True))
    assert (left, balances) == (0, [0, 10, 20])
    saved = GiftCard.objects.get(pk=second.pk)
    assert (saved.used_by, saved.used_by_email, saved.last_used_on is not None) == (
        user,
        "ada@example.com",
        True,
    )
    used = GiftCardEvent.objects.filter(type="USED_IN_ORDER").order_by("pk")
    assert [(e.gift_card_id, e.order_id) for e in used] == [(first.pk, ORDER), (second.pk, ORDER)]
    assert used[1].parameters == {"balance": {"before": "20", "after": "10"}}


def test_what_the_cards_do_not_cover_is_left_to_pay() -> None:
    left = gift_cards.spend([card("20")], Decimal("50.50"), order_id=ORDER, user=None, email="")
    assert left == Decimal("30.50")


def test_an_empty_card_is_no_use_of_it() -> None:
    empty = card("20")
    empty.current_balance_amount = Decimal(0)
    assert gift_cards.spend([empty], Decimal(5), order_id=ORDER, user=None, email="") == 5
    assert not GiftCardEvent.objects.filter(type="USED_IN_ORDER").exists()


def test_a_card_that_expired_meanwhile_stops_the_order_with_nothing_spent() -> None:
    good, bad = card(), card(expiry_date=in_days(-1))
    with pytest.raises(gift_cards.NotSpendable):
        gift_cards.spend([bad, good], Decimal(30), order_id=ORDER, user=None, email="")
    assert not GiftCardEvent.objects.filter(type="USED_IN_ORDER").exists()


def test_cards_are_locked_in_the_order_of_their_keys() -> None:
    made = [card(), card(), card()]
    assert gift_cards.lock_all([made[2].pk, made[0].pk]) == [made[0], made[2]]


def test_codes_have_three_groups_of_letters_and_digits_that_are_not_mistaken() -> None:
    groups = gift_cards.new_code().split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert not set("".join(groups)) & set("01IO")


def test_a_requested_code_is_given_once() -> None:
    assert card(code="SAME").code == "SAME"
    with pytest.raises(NotUnique):
        card(code="SAME")


def test_a_new_card_has_its_amount_as_balance_and_a_history() -> None:
    made = gift_cards.create(
        amount=Decimal(15), currency="USD", email="ada@example.com", note="sorry", metadata={"a": "b"}
    )
    assert (made.initial_balance_amount, made.current_balance_amount) == (15, 15)
    assert (made.created_by_email, made.metadata) == ("ada@example.com", {"a": "b"})
    history = GiftCardEvent.objects.order_by("pk").values_list("type", "parameters")
    assert list(history) == [("ISSUED", {"balance": "15"}), ("NOTE_ADDED", {"message": "sorry"})]


@pytest.mark.parametrize("count", [0, 101])
def test_between_one_and_a_hundred_cards_are_made_at_once(count: int) -> None:
    with pytest.raises(OperationError):
        gift_cards.bulk_create(count=count, amount=Decimal(1), currency="USD")
    assert len(gift_cards.bulk_create(count=1, amount=Decimal(1), currency="USD")) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": Decimal(0)}, "balance"),
        ({"amount": Decimal("1.005")}, "balance"),
        ({"currency": "usd"}, "currency"),
        ({"currency": "DOLLAR"}, "currency"),
        ({"expiry_date": in_days(0)}, "expiryDate"),
        ({"email": "ada@"}, "email"),
    ],
)
def test_a_card_of_wrong_values_is_not_made(given: Any, field: str) -> None:
    with pytest.raises(OperationError) as refused:
        gift_cards.create(**({"amount": Decimal(5), "currency": "USD"} | given))
    assert (refused.value.field, GiftCard.objects.count()) == (field, 0)


def test_a_balance_that_staff_set_is_the_new_initial_one_and_in_the_history() -> None:
    made = card("20")
    gift_cards.update(card_id=made.pk, changes={"balance_amount": Decimal("7.25")})
    saved = GiftCard.objects.get()
    assert (saved.initial_balance_amount, saved.current_balance_amount) == (Decimal("7.25"), Decimal("7.25"))
    reset = GiftCardEvent.objects.get(type="BALANCE_RESET").parameters["balance"]
    assert (Decimal(reset["before"]), Decimal(reset["after"])) == (20, Decimal("7.25"))


def test_an_expiry_date_can_be_set_and_taken_away() -> None:
    made = card()
    gift_cards.update(card_id=made.pk, changes={"expiry_date": in_days(3)})
    assert GiftCard.objects.get().expiry_date == in_days(3)
    gift_cards.update(card_id=made.pk, changes={"expiry_date": None, "metadata": {"a": "b"}})
    saved = GiftCard.objects.get()
    assert (saved.expiry_date, saved.metadata, saved.current_balance_amount) == (None, {"a": "b"}, 20)
    with pytest.raises(OperationError):
        gift_cards.update(card_id=made.pk, changes={"expiry_date": in_days(0)})


def test_switching_a_card_off_and_on_is_in_its_history_once_each() -> None:
    made = card()
    for active in (False, False, True):
        gift_cards.set_active(card_id=made.pk, active=active)
    kinds = list(GiftCardEvent.objects.order_by("pk").values_list("type", flat=True))
    assert kinds == ["ISSUED", "DEACTIVATED", "ACTIVATED"]
    with pytest.raises(NotFound):
        gift_cards.set_active(card_id=made.pk + 1, active=True)


def test_the_channel_of_a_card_is_that_in_which_it_was_bought() -> None:
    bought, given = card(), card()
    for channel in ("us", "eu"):
        GiftCardEvent.objects.create(gift_card=bought, type="BOUGHT", parameters={"channel": channel})
    GiftCardEvent.objects.create(gift_card=given, type="NOTE_ADDED", parameters={"channel": "us"})
    assert gift_cards.channel_slugs([bought, given]) == {bought.pk: "us"}


def test_a_card_says_who_made_it_and_a_new_one_is_announced() -> None:
    ada = User.objects.create(email="ada@example.com")
    assert [card(user=ada).created_by_email, card(user=ada, email="bo@example.com").created_by_email] == [
        "ada@example.com",
        "bo@example.com",
    ]
    assert card().created_by_email is None
    made = gift_cards.create(amount=Decimal(15), currency="USD")
    assert Event.objects.filter(type="GIFT_CARD_CREATED", object_pk=str(made.pk)).count() == 1
    made.refresh_from_db()
    assert made.metadata == {}
    noted = gift_cards.create(amount=Decimal(15), currency="USD", metadata={"a": "b"})
    noted.refresh_from_db()
    assert noted.metadata == {"a": "b"}
