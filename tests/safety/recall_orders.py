"""A Saleor double for recalls: orders in pages, and each order for the mail."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image

from store.safety.models import Recall, RecallItem, RecallText
from store.safety.recalls import approval
from store.safety.recalls.picture import to_png
from store.saleor.transports import Response
from tests.mailer.saleor_double import SaleorDouble, gid, order

ANN, BEN = approval.Person("1", "ann@example.com"), approval.Person("2", "ben@example.com")
WORDS = {
    "en": (
        "Glass Bulb Set by Cupwell, sold from May 2026",
        "The lot is printed below the rim.",
        "The rim can crack while it is on the skin. Broken glass can cut you deeply.",
        "Put it away where nobody takes it. We send you a label for the way back.",
        "A set of glass cups with rubber bulbs.",
    ),
    "de": (
        "Glasset mit Ball von Cupwell, verkauft ab Mai 2026",
        "Die Charge steht unter dem Rand.",
        "Der Rand kann auf der Haut brechen. Glasscherben können tiefe Schnitte verursachen.",
        "Legen Sie es weg, wo es niemand nimmt. Wir senden Ihnen ein Etikett für den Rückweg.",
        "Ein Set Glasglocken mit Gummibällen.",
    ),
    "es": (
        "Juego de vidrio con pera de Cupwell, vendido desde mayo de 2026",
        "El lote está impreso bajo el borde.",
        "El borde puede romperse sobre la piel. El vidrio roto puede causar cortes profundos.",
        "Guárdelo donde nadie lo coja. Le enviamos una etiqueta para devolverlo.",
        "Un juego de ventosas de vidrio con peras de goma.",
    ),
}


class PagedSaleor(SaleorDouble):
    """`pages`: how many were asked for; `per_page`: orders on each."""

    def __init__(self) -> None:
        super().__init__()
        self.pages, self.per_page = 0, 2

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response:
        request = json.loads(body)
        if request["operationName"] != "RecallOrders" or self.is_down:
            return super().post(body, headers)
        self.pages += 1
        start = int(request["variables"].get("after") or 0)
        found = list(self.orders.values())[start : start + self.per_page]
        end = start + len(found)
        page = {
            "pageInfo": {"hasNextPage": end < len(self.orders), "endCursor": str(end)},
            "edges": [{"node": one} for one in found],
        }
        return Response(200, json.dumps({"data": {"orders": page}}).encode())

    def sold(
        self,
        number: int,
        email: str,
        *,
        lots: Mapping[str, int] | None = None,
        quantity: int = 1,
        status: str = "FULFILLED",
        sku: str = "GLASS",
        language: str = "EN",
    ) -> str:
        """An order of one line that was sent; returns its id."""
        order_id, line_id = gid("Order", f"order-{number}"), gid("OrderLine", number)
        found = order(order_id, number=str(number), userEmail=email, languageCodeEnum=language)
        line = found["lines"][1] | {
            "id": line_id,
            "productSku": sku,
            "quantity": quantity,
            "metadata": [{"key": f"lot:{code}", "value": str(count)} for code, count in (lots or {}).items()],
        }
        parcel = {
            "id": gid("Fulfillment", number),
            "status": status,
            "trackingNumber": "",
            "created": "2026-11-21T16:30:00+00:00",
            "deliveredAt": None,
            "shippedAt": None,
            "carrier": None,
            "lines": [{"quantity": quantity, "orderLine": {"id": line_id}}],
        }
        self.orders[order_id] = found | {"lines": [line], "fulfillments": [parcel]}
        return order_id


def png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return to_png(buffer.getvalue())


def draft(*items: tuple[str, str], **changes: Any) -> Recall:
    """A complete recall of these (SKU, lot), written by Ann."""
    values: dict[str, Any] = {
        "name": "Glass, lot G1",
        "remedies": ["replacement", "refund"],
        "contact_email": "safety@cupwell.example",
        "contact_phone": "+1 555 0100",
        "picture": png(),
    }
    recall = Recall.objects.create(**values | changes)
    for sku, lot in items or (("GLASS", "G1"),):
        RecallItem.objects.create(recall=recall, sku=sku, lot_code=lot)
    names = ("product", "identification", "hazard", "action", "picture_text")
    for language, words in WORDS.items():
        RecallText.objects.create(recall=recall, language=language, **dict(zip(names, words, strict=True)))
    approval.record_change(recall, ANN)
    return recall


def opened(*items: tuple[str, str], **changes: Any) -> Recall:
    recall = draft(*items, **changes)
    approval.submit(recall.pk, ANN)
    recall.refresh_from_db()
    assert recall.submitted_at is not None
    approval.approve(recall.pk, BEN, seen=recall.submitted_at)
    recall.refresh_from_db()
    return recall
