"""The request of a buyer to return something: open until it is taken back or closed with an answer."""

import json

import pytest

from store.engine.errors import OperationError
from store.engine.graphql.ids import to_global_id
from store.engine.orders import return_requests, returns, state
from store.engine.orders.models import Order
from store.engine.orders.returns import ReturnLine
from store.mailer import composition, orders
from store.mailer.models import MailPlan, MerchantMessage
from store.saleor.order_return import CLOSED_KEY, METADATA_KEY
from tests.engine.orders.order_flow import bought, event_types, send

pytestmark = pytest.mark.django_db
FIRST, SECOND = "2026-11-28T14:05:00+00:00", "2026-11-29T09:00:00+00:00"
ANSWER = "The period of withdrawal is over. <b>We</b> can repair the pump."


def ask(order: Order, at: str = FIRST) -> None:
    order.refresh_from_db()
    order.private_metadata |= {METADATA_KEY: json.dumps({"at": at, "reason": "other", "lines": {}})}
    order.save(update_fields=["private_metadata"])


def is_listed(order: Order) -> bool:
    order.refresh_from_db()
    listed = list(state.return_asked()) == [order]
    assert listed == (return_requests.asked_at(order) is not None)
    return listed


def test_a_closed_request_leaves_the_list_and_its_answer_reaches_the_buyer() -> None:
    order = bought(1)[1]
    ask(order)
    assert is_listed(order)
    for _ in range(2):  # the form sent twice
        closed = return_requests.close(order_id=order.pk, asked_at=FIRST, answer=ANSWER, request_key="form 1")
        assert closed == order
    assert event_types(order).count("ORDER_METADATA_UPDATED") == 1
    assert not is_listed(order)
    assert json.loads(order.private_metadata[CLOSED_KEY])["answer"] == ANSWER
    assert (
        order.events.get(type="OTHER").parameters["message"] == f"The request to return is closed: {ANSWER}"
    )
    plan = MailPlan.objects.get(kind="return-closed")
    assert (plan.recipient, plan.order_number) == (order.user_email, str(order.number))
    found = orders.fetch(to_global_id("Order", order.pk))
    assert found
    mail = composition.compose(plan, found, recipient=plan.recipient)
    assert ANSWER in mail.text
    assert "&lt;b&gt;We&lt;/b&gt;" in mail.html


def test_the_answer_is_in_the_language_in_which_the_buyer_asked() -> None:
    order = bought(1)[1]
    for at, locale in ((FIRST, "es"), (SECOND, "de")):  # a later request of the same order is another one
        MerchantMessage.objects.create(
            topic="return",
            digest=at,
            order_id=to_global_id("Order", order.pk),
            asked_at=at,
            text=f"{locale}: 1 × Cup",
            locale=locale,
        )
    ask(order)
    return_requests.close(order_id=order.pk, asked_at=FIRST, answer=ANSWER)
    plan = MailPlan.objects.get(kind="return-closed")
    assert (plan.locale, MerchantMessage.objects.get(pk=plan.about).text) == ("es", "es: 1 × Cup")


def test_a_request_from_before_they_had_names_is_answered_in_its_language_once() -> None:
    order = bought(1)[1]
    given = {"topic": "return", "order_id": to_global_id("Order", order.pk), "locale": "es"}
    for no in (1, 2):
        MerchantMessage.objects.create(digest=f"old {no}", text=f"{no} × Cup", **given)
    ask(order)
    return_requests.close(order_id=order.pk, asked_at=FIRST, answer=ANSWER)
    plan = MailPlan.objects.get(kind="return-closed")
    answered = MerchantMessage.objects.get(pk=plan.about)
    assert (plan.locale, answered.text, answered.asked_at) == ("es", "2 × Cup", FIRST)
    assert MerchantMessage.objects.count() == 2


@pytest.mark.parametrize(("asked_at", "answer"), [(FIRST, ANSWER), (SECOND, " "), ("", ANSWER)])
def test_another_request_than_the_one_read_is_not_closed(asked_at: str, answer: str) -> None:
    order = bought(1)[1]
    ask(order)
    ask(order, at=SECOND)
    with pytest.raises(OperationError):
        return_requests.close(order_id=order.pk, asked_at=asked_at, answer=answer)
    assert is_listed(order)
    assert not MailPlan.objects.filter(kind="return-closed").exists()


def test_what_comes_back_settles_the_request_and_a_later_one_is_listed_again() -> None:
    shop, order = bought(2)
    line = ReturnLine(send(shop, order, 2).lines.get().pk, 1)
    ask(order)
    returns.return_products(order_id=order.pk, fulfillment_lines=[line])
    assert not is_listed(order)
    with pytest.raises(OperationError, match="settled already"):
        return_requests.close(order_id=order.pk, asked_at=FIRST, answer=ANSWER)
    ask(order, at=SECOND)
    assert is_listed(order)
    for at in (SECOND, FIRST):  # each request has an answer of its own
        ask(order, at=at)
        return_requests.close(order_id=order.pk, asked_at=at, answer=ANSWER)
    assert MailPlan.objects.filter(kind="return-closed").count() == 2


@pytest.mark.parametrize("stored", ["not JSON", "[]", "{}"])
def test_what_an_app_wrote_there_can_be_closed(stored: str) -> None:
    order = bought(1)[1]
    order.private_metadata = {METADATA_KEY: stored}
    order.save(update_fields=["private_metadata"])
    assert is_listed(order)
    return_requests.close(order_id=order.pk, asked_at="", answer=ANSWER)
    assert not is_listed(order)
