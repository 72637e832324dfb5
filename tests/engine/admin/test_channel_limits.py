"""Staff in groups that are limited to a channel find no trace of another channel's orders at the desk."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import ForeignKey, Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from store.channel_limits import SHARED, WHOLE_SHOP
from store.engine.accounts.models import Group, User
from store.engine.channels.models import Channel
from store.engine.checkout.models import Checkout
from store.engine.events.models import Event, EventDelivery
from store.engine.events.permission_codes import ALL_PERMISSIONS
from store.engine.graphql.ids import to_global_id
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order
from store.engine.payments.models import TransactionItem
from store.mailer import made_up_orders
from store.mailer.mail_classes import Kind, MailClass
from store.mailer.models import ContactTask, DeliveryReport, MailAttempt, MailPlan, OrderEvent
from store.read_only_rows import ReadOnlyRows
from store.reviews.models import Review
from store.safety.models import Recall, RecallRecipient
from tests.engine.admin.conftest import Shop

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER, EMAIL, SUM = 74319, "bertha@elsewhere.example", Decimal("4711.09")
TRACES = (str(NUMBER), "bertha", "4711", "4,711")
OF_ORDERS = {"channel", "order", "checkout"}  # foreign keys that lead to a channel
ACTED_ON = {  # pages of one row of the other channel
    "orders.Order", "checkout.Checkout", "mailer.MailPlan", "mailer.ContactTask", "mailer.DeliveryReport",
    "mailer.OrderEvent", "reviews.Review", "safety.RecallRecipient", "events.Event", "events.EventDelivery",
}  # fmt: skip


@dataclass
class Two:
    """The channel that the colleague reaches, with an order; an order, and what tells of it, in the other one."""

    own: Order
    other: Order
    colleague: User
    client: Client


@pytest.fixture
def two(shop: Shop) -> Two:
    own = shop.order()
    other = shop.order(NUMBER)
    elsewhere = Channel.objects.create(
        name="Elsewhere", slug="elsewhere", currency_code="EUR", default_country="US", is_active=True
    )
    Order.objects.filter(pk=other.pk).update(
        channel=elsewhere, currency="EUR", user_email=EMAIL, total_gross_amount=SUM, total_charged_amount=SUM
    )
    other.lines.update(currency="EUR", total_price_gross_amount=SUM)
    other.refresh_from_db()
    _tell_of(other, elsewhere)
    group = Group.objects.create(
        name="East only", permissions=sorted(ALL_PERMISSIONS), restricted_access_to_channels=True
    )
    group.channels.set([shop.channel])
    colleague = User.objects.create_user("east@cupwell.example", "cupwell-demo", is_staff=True)
    colleague.groups.add(group)
    client = Client()
    client.force_login(colleague)
    return Two(own, other, colleague, client)


def _tell_of(order: Order, channel: Channel) -> None:
    """A row of every kind that tells of an order: sent, paid, mailed, reviewed, recalled, logged; and a paid basket."""
    now, order_id = timezone.now(), to_global_id("Order", order.pk)
    parcel = Fulfillment.objects.create(order=order, fulfillment_order=1, status="RETURNED")
    line = order.lines.get()
    FulfillmentLine.objects.create(fulfillment=parcel, order_line=line, quantity=1, lots={"L-4711": 1})
    basket = Checkout.objects.create(channel=channel, currency="USD", country="US", email=EMAIL)
    Checkout.objects.filter(pk=basket.pk).update(last_change=now - timedelta(days=9))
    TransactionItem.objects.create(
        checkout_id=basket.pk, name="Card", psp_reference="p-4711", currency="USD", charged_value=SUM
    )
    plan = MailPlan.objects.create(
        plan_key="4711",
        message_id="<4711@a>",
        mail_class=MailClass.SERVICE,
        kind=Kind.ORDER_CONFIRMATION,
        order_id=order_id,
        order_number=str(NUMBER),
        recipient=EMAIL,
        locale="en",
        due_at=now,
        next_attempt_at=now,
        priority=1,
    )
    attempt = MailAttempt.objects.create(plan=plan, no=1, recipient=EMAIL)
    DeliveryReport.objects.create(attempt=attempt, kind="bounced", recipient=EMAIL, digest="4711")
    ContactTask.objects.create(plan=plan, reason="It came back.")
    OrderEvent.objects.create(dedupe_key=f"{NUMBER}", kind="order_created", order_id=order_id, payload={})
    Review.objects.create(
        order_id=order_id,
        order_number=str(NUMBER),
        line_id="l",
        product_slug="starter",
        rating=5,
        name="bertha",
    )
    recall = Recall.objects.create(name="Torn rims")
    RecallRecipient.objects.create(
        recall=recall,
        key="k",
        email=EMAIL,
        language="en",
        order_id=order_id,
        order_number=str(NUMBER),
        plan_key="r",
    )
    boss = User.objects.create_user("boss@cupwell.example", "cupwell-demo", is_staff=True)
    event = Event.objects.create(
        type="ORDER_UPDATED",
        object_kind="Order",
        object_pk=str(order.pk),
        principal_kind="User",
        principal_pk=str(boss.pk),
        changes={"user_email": [EMAIL, "b@example.com"]},
    )
    EventDelivery.objects.create(event=event, listener="mailer", payload=EMAIL, status="failed")


def pages_without_row() -> Iterator[tuple[str, str]]:
    for pages in admin.site._registry.values():
        for pattern in pages.get_urls():
            if pattern.name and not pattern.pattern.regex.groupindex:
                yield pattern.name, reverse(f"admin:{pattern.name}")
    yield "index", reverse("admin:index")


def row_pages(model: type[Model], row: Model) -> Iterator[tuple[str, str]]:
    for pattern in admin.site._registry[model].get_urls():
        if pattern.name and set(pattern.pattern.regex.groupindex) in ({"object_id"}, {"pk"}):
            yield pattern.name, reverse(f"admin:{pattern.name}", args=[row.pk])


def traces_in(answer: Any) -> list[str]:
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = said.decode(errors="replace") + answer.get("Location", "")
    return [trace for trace in TRACES if trace in text]


def test_every_page_says_of_which_channel_its_rows_are() -> None:
    for model, pages in admin.site._registry.items():
        assert isinstance(pages, ReadOnlyRows), model
        assert type(pages).get_queryset is ReadOnlyRows.get_queryset, f"{model}: say `rows` instead"
        keys = {field.name for field in model._meta.fields if isinstance(field, ForeignKey)}
        names = {field.name for field in model._meta.fields}
        if keys & OF_ORDERS or "order_id" in names:
            assert pages.channel_path != SHARED or pages.order_path, model


def test_no_list_and_no_sum_tells_of_another_channel(two: Two) -> None:
    found = {}
    for _, url in pages_without_row():
        for query in ("", f"?q={NUMBER}", f"?orders={NUMBER}", "?q=bertha", f"?email={EMAIL}"):
            # what was typed stands in the field for it
            typed = {NUMBER: str(NUMBER), "bertha": "bertha"}.get(query.rpartition("=")[2], "")
            answer = two.client.get(url + query)
            seen = [
                trace for trace in traces_in(answer) if not query or (trace not in query and trace != typed)
            ]
            if seen:
                found[url + query] = seen
    assert found == {}


def test_the_owner_sees_what_the_walk_looks_for(two: Two, admin_client: Client) -> None:
    """Otherwise the walk would find nothing whatever it walks by."""
    for name in ("orders_order", "checkout_checkout", "mailer_mailplan", "reviews_review", "events_event"):
        assert traces_in(admin_client.get(reverse(f"admin:{name}_changelist"))), name
    assert traces_in(admin_client.get(reverse("admin:index")))
    for report in ("sales", "items"):
        assert traces_in(admin_client.get(reverse("admin:orders_order_report-csv") + f"?report={report}")), (
            report
        )


def test_no_page_of_a_row_of_another_channel_opens_or_acts(two: Two) -> None:
    wrong = {}
    walked = set()
    for model in admin.site._registry:
        if model._meta.label not in ACTED_ON:
            continue
        others = (
            model._default_manager.filter(pk=two.other.pk) if model is Order else model._default_manager.all()
        )
        for row in others:
            for name, url in row_pages(model, row):
                walked.add(model._meta.label)
                for answer in (two.client.get(url), two.client.post(url, {"post": "yes", "message": "hi"})):
                    gone = answer.status_code == 302 and answer["Location"] == reverse("admin:index")
                    if answer.status_code not in (403, 404, 405) and not gone:
                        wrong[name] = answer.status_code
    assert wrong == {}
    assert walked == ACTED_ON
    assert not two.other.events.exclude(type="PLACED").exists()


def test_the_own_channel_stays_open(two: Two) -> None:
    listed = two.client.get(reverse("admin:orders_order_changelist"))
    assert b"#17" in listed.content
    assert two.client.get(reverse("admin:orders_order_change", args=[two.own.pk])).status_code == 200
    two.client.post(reverse("admin:orders_order_note", args=[two.own.pk]), {"message": "Ring twice."})
    assert two.own.events.filter(type="NOTE_ADDED").exists()


@pytest.mark.parametrize("action", ["pick_list_of", "packing_slips_of", "send_parcels_of"])
def test_no_action_of_the_list_takes_an_order_of_another_channel(two: Two, action: str) -> None:
    chosen = {"action": action, "_selected_action": [two.own.pk, two.other.pk]}
    answer = two.client.post(reverse("admin:orders_order_changelist"), chosen)
    assert answer["Location"].endswith("?orders=17")


def test_orders_of_another_channel_are_not_marked_as_picked(two: Two) -> None:
    two.client.post(reverse("admin:orders_order_picked"), {"orders": f"17,{NUMBER}"})
    assert "picked_at" in Order.objects.get(pk=two.own.pk).private_metadata
    assert "picked_at" not in Order.objects.get(pk=two.other.pk).private_metadata


def test_mails_of_another_channel_are_not_sent_again(two: Two) -> None:
    plan = MailPlan.objects.get()
    MailPlan.objects.update(state="failed")
    two.client.post(
        reverse("admin:mailer_mailplan_changelist"), {"action": "send_again", "_selected_action": [plan.pk]}
    )
    assert MailPlan.objects.get().state == "failed"


def test_no_mail_is_shown_with_an_order_of_another_channel(two: Two, admin_client: Client) -> None:
    asked = {"mail": str(made_up_orders.choices()[0]), "language": "en", "order": str(NUMBER)}
    page = reverse("admin:mailer_mailplan_any_mail")
    refused = two.client.get(page, asked).context["form"].errors
    assert refused == {"order": ["No mail was planned for an order of this number."]}
    assert admin_client.get(page, asked).context["form"].errors == {}


def test_figures_count_the_mails_of_the_own_channel(two: Two, admin_client: Client) -> None:
    MailPlan.objects.update(state="sent", sent_at=timezone.now())
    figures = reverse("admin:mailer_mailplan_figures")
    assert [bar.value for bar in admin_client.get(figures).context["charts"][1].bars] == [1]
    assert [list(chart.bars) for chart in two.client.get(figures).context["charts"]] == [[]] * 4


def test_mails_of_the_own_channel_are_read(two: Two) -> None:
    MailPlan.objects.update(
        order_id=to_global_id("Order", two.own.pk), order_number="17", recipient="ada@example.com"
    )
    assert b"ada@example.com" in two.client.get(reverse("admin:mailer_mailplan_changelist")).content
    opened = two.client.get(reverse("admin:mailer_mailplan_change", args=[MailPlan.objects.get().pk]))
    assert opened.status_code == 200


def test_an_order_by_phone_is_taken_for_the_own_channel_alone(two: Two) -> None:
    form = {"lines": "CUP-A 1", "user_email": "ada@example.com", "channel": str(two.other.channel_id)}
    answer = two.client.post(reverse("admin:orders_order_phone"), form)
    assert answer.status_code == 422
    assert not Order.objects.filter(status="DRAFT").exists()


def test_a_draft_of_another_channel_is_neither_placed_nor_thrown_away(two: Two) -> None:
    Order.objects.filter(pk=two.other.pk).update(status="DRAFT")
    for page in ("place", "discard"):
        url = reverse(f"admin:orders_order_{page}", args=[two.other.pk])
        assert two.client.post(url, {"request_key": uuid.uuid4().hex}).status_code in (302, 404)
    assert Order.objects.get(pk=two.other.pk).status == "DRAFT"


def test_customers_are_shown_with_what_they_bought_in_the_own_channel(two: Two) -> None:
    bertha = User.objects.create_user(EMAIL, "cupwell-demo")
    Order.objects.filter(pk=two.other.pk).update(user=bertha)
    page = two.client.get(reverse("admin:accounts_user_change", args=[bertha.pk]))
    assert str(NUMBER) not in page.content.decode()
    assert "4711" not in page.content.decode()
    Group.objects.update(permissions=["MANAGE_ORDERS"])
    assert "bertha" not in two.client.get(reverse("admin:accounts_user_changelist")).content.decode()


def test_shelves_name_orders_of_the_own_channel_alone(two: Two, shop: Shop) -> None:
    page = two.client.get(reverse("admin:stock_stock_change", args=[shop.stock().pk])).content.decode()
    assert "#17 and 1 more" in page
    assert str(NUMBER) not in page


def test_what_is_of_the_whole_shop_is_closed(two: Two) -> None:
    closed = {
        model._meta.label
        for model, pages in admin.site._registry.items()
        if pages.channel_path == WHOLE_SHOP and not pages.order_path
    }
    assert closed == {"events.Event", "events.EventDelivery", "mailer.Alarm", "safety.RecallRecipient"}
    for pages in ("events_event", "events_eventdelivery", "mailer_alarm", "safety_recallrecipient"):
        assert two.client.get(reverse(f"admin:{pages}_changelist")).status_code == 403


def test_a_group_without_a_limit_opens_everything(two: Two) -> None:
    two.colleague.groups.add(Group.objects.create(name="All", permissions=["MANAGE_ORDERS"]))
    assert str(NUMBER) in two.client.get(reverse("admin:orders_order_changelist")).content.decode()
