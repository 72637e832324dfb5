"""The order page. Its URL holds a signed token, so that orders can't be guessed."""

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from store.saleor import clients
from store.storefront import guide_content, view_decorators
from store.storefront.page_context import render

SALT = "order"
INVALID_LINK = "This order link is not complete or not right. Please open it again from your email."


def order_token(order_id: str) -> str:
    return signing.dumps(order_id, salt=SALT)


def order_url(order_id: str) -> str:
    return reverse("storefront:order", args=[order_token(order_id)])


@view_decorators.private
def order(request: HttpRequest, token: str) -> HttpResponse:
    try:
        order_id = str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        raise Http404(INVALID_LINK) from None
    order = clients.storefront().order_page(id=order_id).order
    if order is None:
        raise Http404(INVALID_LINK)
    return render(
        request,
        "order.html",
        {
            "order": order,
            "guides": guide_content.guide_cards(_guide_slugs(order)),
            "inserts": _insert_rows(order),
            "steps": _tracking_steps(order),
        },
    )


def _guide_slugs(order: Any) -> list[str]:
    slugs: dict[str, None] = {}
    for line in order.lines:
        reference = line.variant.product.guides if line.variant else None
        slugs |= {page.slug: None for page in getattr(reference, "value", None) or []}
    return list(slugs)


def _insert_rows(order: Any) -> list[dict[str, Any]]:
    """The inserts of the order with the version that was acknowledged, which may be older than the current one."""
    rows: dict[str, dict[str, Any]] = {}
    for line in order.lines:
        slug, _, version = (line.insert or "").partition("@")
        if insert := guide_content.insert_card(slug):
            rows.setdefault(slug, {"insert": insert, "version": version, "is_old": version != insert.version})
    return list(rows.values())


def _tracking_steps(order: Any) -> list[dict[str, Any]]:
    shipped = [f for f in order.fulfillments if f.status == "FULFILLED"]
    delivered = [f for f in shipped if f.delivered]
    return [
        {"name": "Ordered", "done": True, "when": order.created, "note": ""},
        {"name": "Paid", "done": order.is_paid, "when": None, "note": ""},
        {
            "name": "On its way",
            "done": bool(shipped),
            "when": shipped[0].created if shipped else None,
            "note": ", ".join(f.tracking_number for f in shipped if f.tracking_number),
        },
        {"name": "Delivered", "done": bool(delivered), "when": None, "note": ""},
    ]
