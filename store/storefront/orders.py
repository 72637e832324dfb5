"""The order as its buyer sees it. The address is the key: a signed token, so an order can't be guessed."""

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from store.saleor import clients
from store.storefront import guide_content, view_decorators
from store.storefront.page_context import render

SALT = "order"
WRONG = "This order link is not complete or not right. Please open it again from your email."


def order_token(order_id: str) -> str:
    return signing.dumps(order_id, salt=SALT)


def order_url(order_id: str) -> str:
    return reverse("storefront:order", args=[order_token(order_id)])


@view_decorators.private
def order(request: HttpRequest, token: str) -> HttpResponse:
    try:
        identity = str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        raise Http404(WRONG) from None
    found = clients.storefront().order_page(id=identity).order
    if found is None:
        raise Http404(WRONG)
    return render(
        request,
        "order.html",
        {
            "order": found,
            "guides": guide_content.guide_cards(_guides(found)),
            "inserts": _inserts(found),
            "steps": _steps(found),
        },
    )


def _guides(found: Any) -> list[str]:
    slugs: dict[str, None] = {}
    for line in found.lines:
        reference = line.variant.product.guides if line.variant else None
        slugs |= {page.slug: None for page in getattr(reference, "value", None) or []}
    return list(slugs)


def _inserts(found: Any) -> list[dict[str, Any]]:
    """The inserts of this order with the version that was acknowledged, which may be older than today's."""
    rows: dict[str, dict[str, Any]] = {}
    for line in found.lines:
        slug, _, version = (line.insert or "").partition("@")
        if insert := guide_content.insert_card(slug):
            rows.setdefault(slug, {"insert": insert, "version": version, "is_old": version != insert.version})
    return list(rows.values())


def _steps(found: Any) -> list[dict[str, Any]]:
    sent = [f for f in found.fulfillments if f.status == "FULFILLED"]
    delivered = [f for f in sent if f.delivered]
    return [
        {"name": "Ordered", "done": True, "when": found.created, "note": ""},
        {"name": "Paid", "done": found.is_paid, "when": None, "note": ""},
        {
            "name": "On its way",
            "done": bool(sent),
            "when": sent[0].created if sent else None,
            "note": ", ".join(f.tracking_number for f in sent if f.tracking_number),
        },
        {"name": "Delivered", "done": bool(delivered), "when": None, "note": ""},
    ]
