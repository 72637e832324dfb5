"""A test double of Saleor: executes our documents against the schema slice, with plain dictionaries as data.

Documents are validated, so a page can't be tested against an invented response. Tests change the dictionaries
(`saleor.checkout = None`) or set `responses` by operation name; `requests` has what was sent.
"""

import base64
import itertools
import json
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graphql import GraphQLSchema, build_schema, graphql_sync

from store.saleor.transports import Response

ROOT = Path(__file__).resolve().parents[2]
CHOICES = {"material", "suction-method", "suction-level", "use-level"}


@cache
def schema() -> GraphQLSchema:
    return build_schema((ROOT / "store/saleor/schema.graphql").read_text(), assume_valid=True)


def money(amount: float, tax: float = 0.0) -> dict[str, Any]:
    return {
        "gross": {"amount": amount, "currency": "USD"},
        "net": {"amount": round(amount - tax, 2), "currency": "USD"},
        "tax": {"amount": tax, "currency": "USD"},
    }


def slug(text: str) -> str:
    return text.lower().replace(",", "").replace(" ", "-")


def paragraph(text: str) -> str:
    return json.dumps({"blocks": [{"type": "paragraph", "data": {"text": text}}]})


def connection(nodes: list[Any]) -> Callable[..., dict[str, Any]]:
    """A resolver of a connection that pages like Saleor's; the cursor is the position."""

    def paginate(_info: Any, first: int | None = None, after: str | None = None, **_: Any) -> dict[str, Any]:
        start = int(after) if after else 0
        stop = start + (first if first is not None else len(nodes))
        edges = [{"node": node, "cursor": str(n)} for n, node in enumerate(nodes[start:stop], start + 1)]
        info = {
            "hasNextPage": stop < len(nodes),
            "hasPreviousPage": start > 0,
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": edges[-1]["cursor"] if edges else None,
        }
        return {"totalCount": len(nodes), "edges": edges, "pageInfo": info}

    return paginate


class SaleorDouble:
    """A transport: `clients.connect(SaleorDouble(), staff_token=None)`."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.responses: dict[str, Any] = {}
        self.products = [_product(tomllib.loads(file.read_text())) for file in _product_files()]
        self.more_categories: list[dict[str, Any]] = []
        self.checkout: dict[str, Any] | None = None
        self.order: dict[str, Any] | None = None
        self.rules: dict[str, Any] = US_RULES
        self.methods = [delivery["shippingMethod"] for delivery in DELIVERIES]

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response:
        request = json.loads(body)
        if request["operationName"] != "FooterMenu":  # each page has it, whatever it is about
            self.requests.append((request["operationName"], request["variables"]))
        response = self.responses.get(request["operationName"])
        if isinstance(response, Exception):
            raise response
        root = self._root() | (response or {})
        result = graphql_sync(
            schema(),
            request["query"],
            root,
            variable_values=request["variables"],
            operation_name=request["operationName"],
            type_resolver=lambda value, *_: value["__typename"],
        )
        return Response(200, json.dumps(result.formatted).encode())

    def product(self, slug: str) -> dict[str, Any]:
        return next(product for product in self.products if product["slug"] == slug)

    def variant(self, sku: str) -> dict[str, Any]:
        variants = itertools.chain.from_iterable(product["all_variants"] for product in self.products)
        return next(variant for variant in variants if variant["sku"] == sku)

    def fill_cart(self, **quantities: int) -> dict[str, Any]:
        """`fill_cart(SIL_START_TEAL_SOFT=2)`: a checkout with address and delivery, ready for payment."""
        lines = [_line(self.variant(sku.replace("_", "-")), n) for sku, n in quantities.items()]
        self.checkout = _checkout(lines)
        return self.checkout

    def _root(self) -> dict[str, Any]:
        return {
            "products": self._search,
            "product": lambda _info, slug, channel: next(
                (p for p in self.products if p["slug"] == slug and channel in p["channels"]), None
            ),
            "categories": lambda info, level=None, filter=None, **page: connection(
                [c for c in self._categories() if not filter or c["slug"] in filter["slugs"]]
            )(info, **page),
            "category": lambda _info, slug, **_: next(
                (c for c in self._categories() if c["slug"] == slug), None
            ),
            "collection": {"name": "First sets", "products": connection(self.products[:4])},
            "checkout": self.checkout,
            "channel": CHANNEL,
            "shop": {"availableShippingMethods": lambda _info, channel, address=None: self.methods},
            "order": self.order,
            "addressValidationRules": self.rules,
            "checkoutCreate": {"checkout": {"id": "Q2hlY2tvdXQ6MQ==", "quantity": 1}, "errors": []},
            "checkoutLinesAdd": {"checkout": {"id": "Q2hlY2tvdXQ6MQ==", "quantity": 3}, "errors": []},
            "checkoutLinesUpdate": {"checkout": {"id": "Q2hlY2tvdXQ6MQ==", "quantity": 5}, "errors": []},
            "checkoutLinesDelete": {"checkout": {"id": "Q2hlY2tvdXQ6MQ==", "quantity": 0}, "errors": []},
            "checkoutEmailUpdate": {"errors": []},
            "checkoutShippingAddressUpdate": {"errors": []},
            "checkoutBillingAddressUpdate": {"errors": []},
            "deliveryOptionsCalculate": {"deliveries": DELIVERIES, "errors": []},
            "checkoutDeliveryMethodUpdate": {"errors": []},
            "checkoutRemovePromoCode": {"errors": []},
            "checkoutAddPromoCode": {"errors": []},
            "checkoutLanguageCodeUpdate": {"errors": []},
            "updateMetadata": {"errors": []},
            "transactionInitialize": {
                "transaction": {"id": "VHJhbnNhY3Rpb246MQ=="},
                "data": None,
                "transactionEvent": {
                    "type": "CHARGE_SUCCESS",
                    "message": "",
                    "pspReference": "",
                    "createdBy": {"__typename": "App"},
                },
                "errors": [],
            },
            "checkoutComplete": {"order": {"id": "T3JkZXI6MQ=="}, "errors": []},
        }

    def _search(
        self, info: Any, channel: str, filter: dict[str, list[str]] | None = None, **page: Any
    ) -> dict[str, Any]:
        products = [p for p in self.products if channel in p["channels"]]
        products = [p for p in products if filter is None or p["slug"] in filter["slugs"]]
        return connection(products)(info, **page)

    def _categories(self) -> list[dict[str, Any]]:
        rows = tomllib.loads((ROOT / "catalog_seed/categories.toml").read_text())["categories"]
        return self.more_categories + [
            {
                "slug": row["slug"],
                "name": row["name"],
                "description": paragraph(row["description"]),
                "seoDescription": row["seo"]["description"],
                "products": connection([p for p in self.products if p["category"]["slug"] == row["slug"]]),
            }
            for row in rows
        ]


def _product_files() -> list[Path]:
    return sorted((ROOT / "catalog_seed/products").glob("*.toml"))


def _product(row: dict[str, Any]) -> dict[str, Any]:
    product: dict[str, Any] = {
        "id": _id("Product", row["slug"]),
        "slug": row["slug"],
        "channels": {"default-channel", "eu"},
        "name": row["name"],
        "description": paragraph(row.get("description", "A set for self-massage of large muscles.")),
        "seoTitle": "",
        "seoDescription": row.get("seo", {}).get("description", ""),
        "isAvailable": True,
        "isAvailableForPurchase": True,
        "created": "2026-11-01T12:00:00+00:00",
        "updatedAt": "2026-11-21T12:00:00+00:00",
        "category": {"slug": row["category"], "name": row["category"].capitalize()},
        "thumbnail": None,
        "media": [],
    }
    images = sorted((ROOT / "catalog_seed/images" / row["slug"]).glob("*.webp"))
    if images:
        urls = [f"/media/{row['slug']}/{image.name}" for image in images]
        product["thumbnail"] = {"url": urls[0], "alt": row["name"]}
        product["media"] = [_picture(url, row["name"]) for url in urls]
    variants = [_variant(product, item) for item in row["variants"]]
    amounts = [v["pricing"]["price"]["gross"]["amount"] for v in variants]
    product["pricing"] = {
        "displayGrossPrices": True,
        "priceRange": {"start": money(min(amounts)), "stop": money(max(amounts))},
        "priceRangeUndiscounted": {"start": money(min(amounts))},
    }
    product["all_variants"] = variants
    product["productVariants"] = connection(variants)
    assigned = {key: _assigned_attribute(key, value) for key, value in row["attributes"].items()}
    product["assignedAttributes"] = list(assigned.values())
    product["assignedAttribute"] = lambda _info, slug: assigned.get(slug)
    return product


def _picture(url: str, alt: str) -> dict[str, Any]:
    return {"id": _id("ProductMedia", url), "alt": alt, "type": "IMAGE", "url": url}


def _variant(product: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    price = money(float(row["price"]["default-channel"]))
    variant: dict[str, Any] = {
        "id": _id("ProductVariant", row["sku"]),
        "sku": row["sku"],
        "name": row["name"],
        "product": product,
        "quantityAvailable": row["stock"]["us-main"],
        "quantityLimitPerCustomer": None,
        "media": [],
        "pricing": {"price": price, "priceUndiscounted": price},
        "selection": [_selected_attribute(key, value) for key, value in row.get("attributes", {}).items()],
        "facts": [],
    }
    variant["attributes"] = lambda _info, variantSelection: variant[
        "selection" if variantSelection == "VARIANT_SELECTION" else "facts"
    ]
    return variant


def _selected_attribute(key: str, value: str) -> dict[str, Any]:
    color = {"Teal": "#2f7f7b", "Blush": "#e3b1a6", "Plum": "#6d4560", "Clear": "#e6ecec"}.get(value)
    attribute = {"slug": key, "name": key.replace("-", " ").capitalize(), "inputType": "DROPDOWN"}
    return {"attribute": attribute, "values": [{"slug": slug(value), "name": value, "value": color}]}


def _assigned_attribute(key: str, value: Any) -> dict[str, Any]:
    attribute = {"slug": key, "name": key.replace("-", " ").capitalize(), "unit": None}
    if key == "guides":
        pages = [{"slug": item, "title": item} for item in value]
        return {"__typename": "AssignedMultiPageReferenceAttribute", "attribute": attribute, "value": pages}
    if key == "safety-insert":
        page = {"slug": value, "title": value}
        return {"__typename": "AssignedSinglePageReferenceAttribute", "attribute": attribute, "value": page}
    if isinstance(value, int | float):
        return {"__typename": "AssignedNumericAttribute", "attribute": attribute, "value": value}
    if isinstance(value, list):
        values = [{"slug": slug(item), "name": item} for item in value]
        return {"__typename": "AssignedMultiChoiceAttribute", "attribute": attribute, "value": values}
    if key in CHOICES:
        item = {"slug": slug(value), "name": value}
        return {"__typename": "AssignedSingleChoiceAttribute", "attribute": attribute, "value": item}
    return {"__typename": "AssignedPlainTextAttribute", "attribute": attribute, "value": value}


def _id(kind: str, key: str) -> str:
    return base64.b64encode(f"{kind}:{key}".encode()).decode()


def _line(variant: dict[str, Any], quantity: int) -> dict[str, Any]:
    unit = variant["pricing"]["price"]["gross"]["amount"]
    return {
        "id": _id("CheckoutLine", variant["sku"]),
        "quantity": quantity,
        "totalPrice": money(round(unit * quantity, 2)),
        "undiscountedTotalPrice": usd(round(unit * quantity, 2)),
        "variant": variant,
    }


def _checkout(lines: list[dict[str, Any]]) -> dict[str, Any]:
    subtotal = sum(line["totalPrice"]["gross"]["amount"] for line in lines)
    total = round(subtotal + 4.9, 2)
    return {
        "id": "Q2hlY2tvdXQ6MQ==",
        "quantity": sum(line["quantity"] for line in lines),
        "channel": {"slug": "default-channel"},
        "languageCode": "EN",
        "stockReservationExpires": None,
        "displayGrossPrices": True,
        "lines": lines,
        "voucherCode": None,
        "discount": usd(0),
        "giftCards": [],
        "subtotalPrice": money(subtotal),
        "problems": [],
        "email": "ada@example.com",
        "isShippingRequired": True,
        "shippingAddress": ADDRESS,
        "billingAddress": ADDRESS,
        "delivery": DELIVERIES[0],
        "shippingPrice": money(4.9),
        "totalPrice": money(total),
        "totalBalance": {"amount": -total, "currency": "USD"},
        "authorizeStatus": "NONE",
        "availablePaymentGateways": [{"id": "saleor.io.dummy-payment-app", "name": "Dummy"}],
    }


def order_from_checkout(checkout: dict[str, Any]) -> dict[str, Any]:
    """The order that the checkout becomes when it is completed."""
    total = checkout["totalPrice"]["gross"]["amount"]
    return {
        "id": "T3JkZXI6MQ==",
        "number": "1017",
        "created": "2026-11-21T12:00:00+00:00",
        "status": "UNFULFILLED",
        "displayGrossPrices": True,
        "userEmail": checkout["email"],
        "languageCodeEnum": checkout["languageCode"],
        "voucherCode": None,
        "discounts": [],
        "giftCards": [],
        "shippingMethodName": "Standard",
        "collectionPointName": None,
        "shippingAddress": checkout["shippingAddress"],
        "billingAddress": checkout["billingAddress"],
        "lines": [_order_line(line) for line in checkout["lines"]],
        "fulfillments": [],
        "transactions": [],
        "subtotal": checkout["subtotalPrice"],
        "shippingPrice": checkout["shippingPrice"],
        "shippingTaxRate": 0.0,
        "undiscountedShippingPrice": checkout["shippingPrice"]["gross"],
        "total": checkout["totalPrice"],
        "totalAuthorized": usd(0),
        "totalCharged": usd(total),
        "totalRefunded": usd(0),
    }


def usd(amount: float) -> dict[str, Any]:
    return {"amount": amount, "currency": "USD"}


def _order_line(line: dict[str, Any]) -> dict[str, Any]:
    product = line["variant"]["product"]
    insert = product["assignedAttribute"](None, "safety-insert")["value"]["slug"]
    return {
        "id": line["id"].replace("Checkout", "Order"),
        "translatedProductName": "",
        "translatedVariantName": "",
        "productName": product["name"],
        "variantName": line["variant"]["name"],
        "quantity": line["quantity"],
        "quantityFulfilled": 0,
        "thumbnail": product["thumbnail"],
        "totalPrice": line["totalPrice"],
        "undiscountedTotalPrice": line["totalPrice"],
        "metafield": f"{insert}@1.0",
        "variant": line["variant"],
    }


ADDRESS = {
    "firstName": "Ada",
    "lastName": "Fox",
    "companyName": "",
    "streetAddress1": "12 Quiet Lane",
    "streetAddress2": "",
    "city": "Portland",
    "cityArea": "",
    "postalCode": "97201",
    "countryArea": "OR",
    "country": {"code": "US", "country": "United States of America"},
    "phone": "",
}
CHANNEL = {
    "defaultCountry": {"code": "US", "country": "United States of America"},
    "countries": [
        {"code": "US", "country": "United States of America"},
        {"code": "CA", "country": "Canada"},
    ],
}
US_RULES = {
    "countryCode": "US",
    "addressFormat": "%N%n%O%n%A%n%C, %S %Z",
    "allowedFields": [
        "name",
        "companyName",
        "streetAddress1",
        "streetAddress2",
        "city",
        "countryArea",
        "postalCode",
    ],
    "requiredFields": ["streetAddress1", "streetAddress2", "city", "countryArea", "postalCode"],
    "countryAreaType": "state",
    "countryAreaChoices": [{"raw": "CA", "verbose": "California"}, {"raw": "OR", "verbose": "Oregon"}],
    "cityType": "city",
    "postalCodeType": "zip",
    "postalCodeExamples": ["95014"],
}


def _delivery(key: str, name: str, price: float, days: tuple[int, int]) -> dict[str, Any]:
    method = {
        "id": _id("ShippingMethod", key),
        "name": name,
        "active": True,
        "message": "",
        "minimumDeliveryDays": days[0],
        "maximumDeliveryDays": days[1],
        "price": {"amount": price, "currency": "USD"},
    }
    return {"id": _id("Delivery", key), "shippingMethod": method}


DELIVERIES = [_delivery("standard", "Standard", 4.9, (3, 5)), _delivery("express", "Express", 12.0, (1, 2))]
