"""A Saleor double with a few orders: answers the mailer's query through the real client."""

import base64
import copy
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from store.saleor.errors import NetworkError
from store.saleor.transports import Response


def gid(kind: str, pk: object) -> str:
    return base64.b64encode(f"{kind}:{pk}".encode()).decode()


def taxed(gross: float, currency: str = "USD", *, net: float | None = None) -> dict[str, Any]:
    """A TaxedMoney; without tax unless `net` is given."""
    return {
        "gross": {"amount": gross, "currency": currency},
        "net": {"amount": gross if net is None else net, "currency": currency},
    }


ADDRESS = {
    "firstName": "Ada",
    "lastName": "Guest",
    "companyName": "",
    "streetAddress1": "1600 Amphitheatre Pkwy",
    "streetAddress2": "",
    "city": "MOUNTAIN VIEW",
    "cityArea": "",
    "postalCode": "94043",
    "countryArea": "CA",
    "country": {"code": "US", "country": "United States of America"},
    "phone": "+16502530000",
}


def line(
    no: int, product: str, variant: str, quantity: int, amount: float, insert: str | None
) -> dict[str, Any]:
    return {
        "id": gid("OrderLine", no),
        "productName": product,
        "variantName": variant,
        "translatedProductName": "",
        "translatedVariantName": "",
        "productSku": f"SKU-{no}",
        "quantity": quantity,
        "quantityFulfilled": 0,
        "totalPrice": taxed(amount),
        "undiscountedTotalPrice": taxed(amount),
        "insert": insert,
        "variant": None,
    }


def order(order_id: str, **changes: Any) -> dict[str, Any]:
    """A paid order of a silicone set and a glass set, as Saleor answers OrderForMail."""
    return {
        "id": order_id,
        "number": "22",
        "created": "2026-11-21T16:24:40.526980+00:00",
        "updatedAt": (timezone.now() - timedelta(minutes=10)).isoformat(),
        "origin": "CHECKOUT",
        "status": "UNFULFILLED",
        "isPaid": True,
        "userEmail": "ada.guest@example.com",
        "languageCodeEnum": "EN",
        "user": None,
        "displayGrossPrices": True,
        "voucherCode": None,
        "shippingMethodName": "Standard",
        "collectionPointName": None,
        "discounts": [],
        "giftCards": [],
        "shippingAddress": ADDRESS,
        "billingAddress": ADDRESS,
        "subtotal": taxed(126.95),
        "shippingPrice": taxed(5.32),
        "shippingTaxRate": 0.0,
        "undiscountedShippingPrice": {"amount": 5.32},
        "total": taxed(132.27),
        "totalAuthorized": {"amount": 0.0},
        "totalCharged": {"amount": 132.27},
        "totalRefunded": {"amount": 0.0},
        "lines": [
            line(1, "Silicone Starter Set", "Teal, soft", 2, 62.93, "silicone-cups@1.0"),
            line(2, "Glass Bulb Set", "6 cups", 1, 64.02, "glass-cups@1.0"),
        ],
        "fulfillments": [],
    } | changes


def fulfillment(fulfillment_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": fulfillment_id,
        "status": "FULFILLED",
        "trackingNumber": "TRK1",
        "created": "2026-11-21T16:30:00+00:00",
        "deliveredAt": None,
        "shippedAt": None,
        "carrier": None,
        "lines": [
            {"quantity": 2, "orderLine": {"id": gid("OrderLine", 1)}},
            {"quantity": 1, "orderLine": {"id": gid("OrderLine", 2)}},
        ],
    } | changes


PAGE = 2  # orders in one answer


class SaleorDouble:
    """`orders` by id; `is_down` makes requests fail; `requests` counts them."""

    def __init__(self) -> None:
        self.orders: dict[str, dict[str, Any]] = {}
        self.is_down = False
        self.requests = 0

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response:
        self.requests += 1
        if self.is_down:
            raise NetworkError("http://saleor.example/graphql/", "connection refused")
        request = json.loads(body)
        if request["operationName"] == "ChangedOrders":
            return Response(
                200, json.dumps({"data": {"orders": self._changed_orders(request["variables"])}}).encode()
            )
        if request["operationName"] == "FooterMenu":  # at the foot of the shop's error pages
            return Response(200, b'{"data": {"menu": null}}')
        if request["operationName"] == "OrdersForMail":
            nodes = [self.orders.get(one) for one in request["variables"]["ids"]]
            edges = [{"node": node} for node in nodes if node]
            return Response(200, json.dumps({"data": {"orders": {"edges": edges}}}).encode())
        found = self.orders.get(request["variables"]["id"])
        return Response(200, json.dumps({"data": {"order": found}}).encode())

    def _changed_orders(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """By the time of their change, PAGE of them; the cursor is the number of those before."""
        since, start = variables["changedSince"], int(variables.get("after") or 0)
        changed = sorted(
            (one for one in self.orders.values() if datetime.fromisoformat(one["updatedAt"]) >= _time(since)),
            key=lambda one: datetime.fromisoformat(one["updatedAt"]),
        )
        end = start + PAGE
        return {
            "pageInfo": {"hasNextPage": end < len(changed), "endCursor": str(end)},
            "edges": [{"node": _with_fulfillment_lines(one)} for one in changed[start:end]],
        }


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _with_fulfillment_lines(order: dict[str, Any]) -> dict[str, Any]:
    parts = [one | {"lines": _event_lines(order, one)} for one in order["fulfillments"]]
    return order | {"fulfillments": parts}


# --- events, in the form observed at a real Saleor 3.23 ---


def event(
    kind: str, order: Mapping[str, Any], fulfillment: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The payload of the MailerEvents subscription for the current state of this order and fulfillment."""
    names = ("id", "number", "status", "isPaid", "userEmail", "languageCodeEnum", "totalRefunded")
    payload: dict[str, Any] = {
        "__typename": kind,
        "issuedAt": "2026-11-21T16:24:40.698220+00:00",
        "order": {name: order[name] for name in names},
    }
    if kind in ("FulfillmentCreated", "FulfillmentApproved"):
        payload["notifyCustomer"] = True
    if fulfillment is not None:
        payload["fulfillment"] = copy.deepcopy(dict(fulfillment)) | {
            "lines": _event_lines(order, fulfillment)
        }
    return payload


def account_event(kind: str, **changes: Any) -> dict[str, Any]:
    """The payload of an event of an account."""
    return {
        "__typename": kind,
        "issuedAt": "2026-11-21T16:24:40.698220+00:00",
        "redirectUrl": "https://cupwell.example/account/?token=abc-123&email=ada%40example.com",
        "user": {"id": gid("User", 7), "email": "ada@example.com", "firstName": "Ada", "languageCode": "EN"},
    } | changes


def _event_lines(order: Mapping[str, Any], fulfillment: Mapping[str, Any]) -> list[dict[str, Any]]:
    lines_by_id = {line["id"]: line for line in order["lines"]}
    return [
        {
            "quantity": part["quantity"],
            "orderLine": {name: lines_by_id[part["orderLine"]["id"]][name] for name in ("insert", "variant")},
        }
        for part in fulfillment["lines"]
    ]
