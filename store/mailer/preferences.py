"""What the buyer of an order may choose: the area of a technique guide, and to say that a parcel has arrived."""

from django.db import transaction
from django.utils import timezone

from store import guidebook
from store.mailer import enqueue, orders, planning
from store.mailer.mail_classes import Kind
from store.mailer.models import OPEN, MailPlan
from store.mailer.plan_rules import SHIPPED_STATUS, area_plan_key
from store.mailer.shops import of_current_shop
from store.saleor import clients
from store.saleor.client.input_types import MetadataInput

MAX_CHOICES = 5  # of areas, each with a mail of its own


def areas() -> list[str]:
    """The areas that have a guide, in the guidebook's order; the name of an area is that of its guide."""
    return [slug for slug, guide in guidebook.library().guides.items() if guide.topic == "area"]


def choose_area(order: orders.Order, area: str, *, lang: str) -> bool:
    """Send the technique guide of this area instead of the mail that names them all; at once if that one has left.

    False if `area` has no guide, or all choices were used.
    """
    if area not in areas():
        return False
    with transaction.atomic(durable=True):
        row = (
            MailPlan.objects.select_for_update()
            .filter(of_current_shop(), plan_key=area_plan_key(order.id))
            .first()
        )
        if row and row.state in OPEN:
            row.about = area
            row.save(update_fields=["about"])
            return True
        chosen = MailPlan.objects.filter(order_id=order.id, kind=Kind.AREA).count()
        if chosen > MAX_CHOICES:
            return False
        planned = planning.plan_area(
            order, area, lang=lang, key=f"{area_plan_key(order.id)}:{chosen}" if row else ""
        )
        if planned:
            enqueue.enqueue_on_commit(planned)
    return True


def report_arrival(order: orders.Order) -> int:
    """Note on each parcel under way that it has arrived; returns how many there were. Raises SaleorError."""
    under_way = [
        one for one in order.fulfillments if one.status == SHIPPED_STATUS and one.delivered_at is None
    ]
    for parcel in under_way:
        clients.staff().metadata_update(
            id=parcel.id, input=[MetadataInput(key="delivered_at", value=timezone.now().isoformat())]
        )
    return len(under_way)
