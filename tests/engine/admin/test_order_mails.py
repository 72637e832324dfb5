"""The page of an order lists its mails, with why one waits."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from store.engine.graphql.ids import to_global_id
from store.mailer.models import MailPlan

pytestmark = pytest.mark.django_db


def test_the_page_of_an_order_lists_its_mails_and_no_others(admin_client, shop):
    order, other = shop.order(7), shop.order(8)
    for one, key, reason in ((order, "howto:7", "awaiting delivery"), (other, "howto:8", "another order")):
        MailPlan.objects.create(
            plan_key=key,
            message_id=f"<{key}@cupwell.example>",
            mail_class="care",
            kind="how-to",
            order_id=to_global_id("Order", one.pk),
            recipient="ada@example.com",
            state="held",
            hold_reason=reason,
            due_at=timezone.now(),
            next_attempt_at=timezone.now(),
            priority=40,
        )
    page = admin_client.get(f"/admin/orders/order/{order.pk}/change/").content.decode()
    assert f"/admin/mailer/mailplan/{MailPlan.objects.get(plan_key='howto:7').pk}/change/" in page
    assert "awaiting delivery" in page
    assert "another order" not in page


@time_machine.travel("2026-11-29T07:00:00Z", tick=False)  # 23:00 in California
def test_while_it_is_night_there_the_desk_says_when_each_mail_leaves(admin_client, shop, settings):
    settings.MAIL_QUIET_HOURS, settings.MAIL_CARE_SPACING_HOURS = True, 16
    order = shop.order(7)
    for key, kind, mail_class in (
        ("howto:1", "how-to", "care"),
        ("howto:2", "how-to", "care"),
        ("shipped:1", "shipped", "service"),
    ):
        MailPlan.objects.create(
            plan_key=key,
            message_id=f"<{key}@cupwell.example>",
            mail_class=mail_class,
            kind=kind,
            order_id=to_global_id("Order", order.pk),
            recipient="ada@example.com",
            state="planned",
            due_at=timezone.now() + timedelta(hours=0 if kind == "shipped" else 4),
            next_attempt_at=timezone.now(),
            priority=40,
        )
    mails = admin_client.get(f"/admin/orders/order/{order.pk}/change/").context["mails"]
    morning = datetime(2026, 11, 29, 16, tzinfo=UTC)  # 8:00 in California
    assert all(mail.at >= morning for mail in mails)
    first, second = (mail.at for mail in mails if mail.title.startswith("How to"))
    assert second >= first + timedelta(hours=16)
    line = order.lines.get()
    form = {f"quantity-{line.pk}": 2, f"warehouse-{line.pk}": shop.warehouses[0].pk, "notify_customer": "on"}
    page = admin_client.post(f"/admin/orders/order/{order.pk}/fulfil/", form, follow=True)
    assert "leaves from 29 Nov 2026, 16:00." in page.text
