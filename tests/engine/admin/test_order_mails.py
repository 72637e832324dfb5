"""The page of an order lists its mails, with why one waits."""

import pytest
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
