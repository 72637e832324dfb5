"""Reviews under contention, after a change of SECRET_KEY, and in whichever language they are written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from store.engine.accounts import customer_accounts, email_tokens
from store.engine.accounts.models import User
from store.reviews import decisions, privacy, writing
from store.reviews.models import Review
from store.reviews.writing import BoughtLine, Words

pytestmark = pytest.mark.django_db(transaction=True)
ADA = "ada@example.com"


def words(text: str = "Well made.", language: str = "en") -> Words:
    return Words(rating=4, text=text, name="Ada", language=language)


def line() -> BoughtLine:
    return BoughtLine(
        order_id="o1", order_number="11", line_id="l1", product_slug="set", product_name="Set",
        variant_name="Clear", email=ADA,
    )  # fmt: skip


def publish(answer: str = "") -> None:
    row = Review.objects.get()
    seen_at = row.written_at.isoformat()
    decisions.decide(
        row.pk, state=Review.State.APPROVED, reason="", answer=answer, seen_at=seen_at, who="merchant"
    )


@pytest.mark.parametrize("language", ["en", "de", "es"])
@pytest.mark.parametrize("claim", ["Heals arthritis.", "Heilt Arthrose.", "Cura la artritis."])
def test_a_claim_is_held_on_a_page_of_any_language(claim: str, language: str) -> None:
    row = writing.write(line(), words(f"Well made.\n{claim}", language))
    assert {sentence for sentence, _ in row.findings} == {claim}
    writing.write(line(), words(language=language))
    with pytest.raises(decisions.ReviewError, match=claim):
        publish(answer=claim)


def test_no_language_is_held_for_being_another_than_the_pages() -> None:
    for text in ("Well made.", "Gute Gläser, schnell geliefert.", "Buenas ventosas, llegaron rápido."):
        assert writing.write(line(), words(text, "en")).findings == []


def test_after_a_change_of_the_secret_key_its_owner_still_finds_it() -> None:
    with override_settings(SECRET_KEY="the one before"):
        writing.write(line(), words())
    with override_settings(SECRET_KEY="the new one", SECRET_KEY_FALLBACKS=["the one before"]):
        assert [one["text"] for one in privacy.export(ADA)] == ["Well made."]
        assert privacy.forget(ADA) == 1


def test_a_review_of_a_former_shop_is_its_writers_too() -> None:
    writing.write(line(), words())
    Review.objects.update(shop="former.example")
    assert [one["text"] for one in privacy.export(ADA)] == ["Well made."]
    assert privacy.forget(ADA) == 1


def delete_by_desk(user: User) -> None:
    desk = Client()
    desk.force_login(User.objects.create_superuser("merchant@example.com", "correct horse battery"))
    page = f"/admin/accounts/user/{user.pk}"
    assert "Delete the account" in desk.get(f"{page}/change/").content.decode()
    assert desk.post(f"{page}/erase/").status_code == 302


def delete_by_owner(user: User) -> None:
    customer_accounts.delete(user=user, token=email_tokens.deletion.make_token(user))


@pytest.mark.parametrize("delete", [delete_by_desk, delete_by_owner])
def test_an_account_that_is_deleted_takes_its_reviews_along(delete: Callable[[User], None]) -> None:
    writing.write(line(), words())
    delete(User.objects.create_user(ADA, "correct horse battery"))
    assert (Review.objects.count(), User.objects.filter(email=ADA).count()) == (0, 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda: writing.write(line(), words("The box was dented.")),
        lambda: writing.delete("l1"),
        lambda: privacy.forget(ADA),
        publish,
    ],
)
def test_all_lock_the_review_before_the_revision(change: Callable[[], Any]) -> None:
    """In two orders, two changes at once would wait for one another."""
    writing.write(line(), words())
    publish()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        change()
    written = [
        "revision" if '"review_revision"' in one["sql"] else "review"
        for one in asked
        if one["sql"].startswith(("UPDATE", "DELETE", "INSERT")) or "FOR UPDATE" in one["sql"]
    ]
    assert written[0] == "review"
    assert written[-1] == "revision"


def test_of_two_first_ones_at_once_the_later_changes_the_earlier() -> None:
    rivals = [Review(order_id="o1", line_id="l1", product_slug="set", rating=1, text="First.", language="en")]

    def rival_comes_first(execute: Any, sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if rivals and sql.startswith("SELECT") and 'FROM "review" ' in sql:
            Review.objects.bulk_create([rivals.pop()])
        return found

    with connection.execute_wrapper(rival_comes_first):
        writing.write(line(), words())
    assert rivals == []
    assert Review.objects.get().text == "Well made."
