"""The concerns of the engine itself: paid baskets without an order, refunds due, webhooks, products, the disk."""

from collections.abc import Sequence

from django.urls import reverse

from store import disk_space
from store.engine.admin.concerns import Concern
from store.engine.catalog import publication
from store.engine.checkout import unanswered_payments
from store.engine.checkout.paid_checkouts import paid_without_order
from store.engine.events.models import EventDelivery
from store.engine.orders import state


def engine_concerns() -> Sequence[Concern]:
    orders = reverse("admin:orders_order_changelist")
    return (
        Concern(
            "Paid, but no order",
            "The money is here, or may be, and the basket did not become an order. Open it to make the order, to send "
            "the money back, or to settle a payment that has no answer.",
            paid_without_order(),
            reverse("admin:checkout_checkout_changelist"),
            "MANAGE_CHECKOUTS",
        ),
        Concern(
            "Payment of an order without an answer",
            "The payment app has not said whether it took the money. Look at the payment provider, then record the "
            "payment or close it on the order's page.",
            unanswered_payments.orders(),
            f"{orders}?state=unanswered",
            "MANAGE_ORDERS",
        ),
        Concern(
            "Refund due",
            "Cancelled or wholly returned, and the money is still here. Send it back from the order's page.",
            state.refund_due(),
            f"{orders}?state=refund",
            "MANAGE_ORDERS",
        ),
        Concern(
            "Return asked",
            "A buyer wants to send something back. Take it back when it comes, or close the request with an answer.",
            state.return_asked(),
            f"{orders}?state=return",
            "MANAGE_ORDERS",
        ),
        Concern(
            "On sale without what it needs",
            "These products have no safety insert, or lack something they must have. Add it, or take them off sale.",
            publication.breach_count(),
            f"{reverse('admin:catalog_product_changelist')}?missing=1",
            "MANAGE_PRODUCTS",
        ),
        Concern(
            "Webhooks that failed",
            "Another program was not told of what happened here. Open one to see why, and send it once more.",
            EventDelivery.objects.filter(status="failed"),
            f"{reverse('admin:events_eventdelivery_changelist')}?status__exact=failed",
            "MANAGE_APPS",
        ),
        Concern(
            "The disk is nearly full",
            "When it is full, nobody can buy and no mail leaves. Make room, or have whoever runs the machine do it.",
            int(disk_space.is_nearly_full()),
            reverse("admin:index"),
            "MANAGE_SETTINGS",
        ),
    )
