"""An order of the former shop as Saleor's `orderBulkCreate` takes it."""

import base64
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from store.move.context import MoveContext
from store.move.kinds import Fields
from store.move.postal import address_input
from store.move.shop_api import Node, ShopApi
from store.move.trade.customers import plain_metadata
from store.move.trade.references import reference

PLAIN = ("FULFILLED", "CANCELED")  # parcels that Saleor can be told of as they are
NOT_SENT = ("CANCELED", "WAITING_FOR_APPROVAL")
ALL_SENT = ("FULFILLED", "RETURNED", "PARTIALLY_RETURNED")
FORMER_NUMBER = "former_number"


class NotMovable(Exception):
    """The reason, for a person."""


class ShippingMethods:
    """The new shop's methods, to find that of an order."""

    def __init__(self, new: ShopApi) -> None:
        self._found = [
            (method["name"], {one["code"] for one in zone["countries"]}, _order_id(method["id"]))
            for zone in new.nodes("ShippingZones", "shippingZones")
            for method in zone["shippingMethods"] or ()
        ]

    def find(self, name: str, country: str) -> str | None:
        """By name and country; else another one there, since an order keeps the name and price that it had."""
        there = [one for one in self._found if country in one[1]] or self._found
        return next((id_ for one, _, id_ in there if one == name), there[0][2] if there else None)


def _order_id(method_id: str) -> str:
    """A method's id as orders take it: staff see `ShippingMethodType:2`, orders name `ShippingMethod:2`."""
    number = base64.b64decode(method_id).decode().partition(":")[2]
    return base64.b64encode(f"ShippingMethod:{number}".encode()).decode()


def bulk_input(context: MoveContext, methods: ShippingMethods, node: Node) -> Fields:
    """Raises NotMovable."""
    billing = node["billingAddress"] or node["shippingAddress"]
    if not billing:
        raise NotMovable("it has no address")
    if not node["userEmail"]:
        raise NotMovable("it has no e-mail address")
    private = [*plain_metadata(node["privateMetadata"]), {"key": FORMER_NUMBER, "value": node["number"]}]
    return {
        "externalReference": reference(node["id"]),
        "channel": node["channel"]["slug"],
        "currency": node["channel"]["currencyCode"],
        "createdAt": node["created"],
        "status": status(node),
        "user": {"email": node["userEmail"]},
        "billingAddress": address_input(billing),
        **({"shippingAddress": address_input(node["shippingAddress"])} if node["shippingAddress"] else {}),
        "languageCode": node["languageCodeEnum"],
        "displayGrossPrices": node["displayGrossPrices"],
        "customerNote": node["customerNote"] or "",
        "weight": node["weight"],
        "metadata": plain_metadata(node["metadata"]),
        "privateMetadata": private,
        "notes": list(_notes(node)),
        "lines": [_line(context, node, line) for line in node["lines"]],
        **_delivery(context, methods, node),
        "fulfillments": [_parcel(context, node, node_) for node_ in _sent(node)],
        "transactions": list(_transactions(node)),
        **_discount(node),
    }


def status(node: Node) -> str:
    """By what was sent: Saleor refuses another."""
    ordered = sum(line["quantity"] for line in node["lines"])
    sent = sum(line["quantity"] for parcel in _sent(node) for line in parcel["lines"])
    if not sent:
        return node["status"] if node["status"] in ("CANCELED", "UNCONFIRMED") else "UNFULFILLED"
    if sent < ordered:
        return "PARTIALLY_FULFILLED"
    return node["status"] if node["status"] in ALL_SENT else "FULFILLED"


def parcels(node: Node) -> list[str]:
    """Ids of the parcels that were sent, in their order, which is that of the new ones."""
    return [one["id"] for one in _sent(node)]


def _sent(node: Node) -> list[Node]:
    sent = [one for one in node["fulfillments"] if one["status"] not in NOT_SENT and one["lines"]]
    return sorted(sent, key=lambda one: one["fulfillmentOrder"])


def _notes(node: Node) -> Iterator[Fields]:
    yield {"message": f"Order {node['number']} of the former shop."}
    for event in node["events"]:
        if event["type"] == "NOTE_ADDED" and event["message"]:
            yield {"message": event["message"][:255], **({"date": event["date"]} if event["date"] else {})}


def _line(context: MoveContext, node: Node, line: Node) -> Fields:
    """Raises NotMovable for a variant that is gone: Saleor takes no line without one."""
    return {
        "variantId": _variant(context, line),
        "productName": line["productName"],
        "variantName": line["variantName"],
        "translatedProductName": line["translatedProductName"] or "",
        "translatedVariantName": line["translatedVariantName"] or "",
        "productSku": line["productSku"],
        "createdAt": node["created"],
        "isShippingRequired": line["isShippingRequired"],
        "isGiftCard": _is_gift_card(line),
        "quantity": line["quantity"],
        "totalPrice": _taxed(line["totalPrice"]),
        "undiscountedTotalPrice": _at_least(line["undiscountedTotalPrice"], line["totalPrice"]),
        "unitDiscountReason": line["unitDiscountReason"],
        "warehouse": context.id("warehouse", _warehouse(context, node, line)),
        "taxRate": line["taxRate"],
        **_tax_class(context, "taxClass", line["taxClassName"]),
        "metadata": plain_metadata(line["metadata"]),
        "privateMetadata": plain_metadata(line["privateMetadata"]),
    }


def _is_gift_card(line: Node) -> bool:
    """Saleor makes the cards of such a line when it is sent; without this they would never be made."""
    product = (line["variant"] or {}).get("product") or {}
    return bool(product) and product["productType"]["kind"] == "GIFT_CARD"


def _tax_class(context: MoveContext, field: str, name: str | None) -> Fields:
    """An order keeps the name of a class that is gone."""
    id_ = context.ids["tax-class"].get(name or "")
    return {f"{field}Name": name, **({f"{field}Id": id_} if id_ else {})}


def _variant(context: MoveContext, line: Node) -> str:
    sku = (line["variant"] or {}).get("sku")
    id_ = context.ids["product-variant"].get(sku) if sku else None
    if not id_:
        raise NotMovable(f"{line['productName']}, {line['variantName']} is no longer among the products")
    return id_


def _warehouse(context: MoveContext, node: Node, line: Node) -> str:
    """Where most of the line is allocated, or was sent from; else any, since a move takes nothing off."""
    counts: Counter[str] = Counter()
    for one in line["allocations"] or ():
        counts[one["warehouse"]["slug"]] += one["quantity"]
    if len(counts) > 1:
        context.report.to_do.append(
            f"order {node['number']}: {line['productSku']} was to come from {' and '.join(sorted(counts))}; "
            f"now it all comes from {counts.most_common(1)[0][0]}"
        )
    for parcel in _sent(node) if not counts else ():
        if parcel["warehouse"] and any(one["orderLine"]["id"] == line["id"] for one in parcel["lines"]):
            counts[parcel["warehouse"]["slug"]] += 1
    return counts.most_common(1)[0][0] if counts else next(iter(context.ids["warehouse"]))


def _parcel(context: MoveContext, node: Node, parcel: Node) -> Fields:
    places = {line["id"]: place for place, line in enumerate(node["lines"])}
    lines = []
    for part in parcel["lines"]:
        place = places[part["orderLine"]["id"]]
        line = node["lines"][place]
        lines.append(
            {
                "variantId": _variant(context, line),
                "quantity": part["quantity"],
                "warehouse": context.id("warehouse", _warehouse(context, node, line)),
                "orderLineIndex": place,
            }
        )
    return {"trackingCode": parcel["trackingNumber"] or "", "lines": lines}


def _delivery(context: MoveContext, methods: ShippingMethods, node: Node) -> Fields:
    if not any(line["isShippingRequired"] for line in node["lines"]):
        return {}
    method = node["deliveryMethod"] or {}
    if method.get("__typename") == "Warehouse":
        return {
            "deliveryMethod": {
                "warehouseId": context.id("warehouse", method["slug"]),
                "warehouseName": method["name"],
            }
        }
    name = node["shippingMethodName"] or method.get("name") or ""
    country = ((node["shippingAddress"] or {}).get("country") or {}).get("code", "")
    id_ = methods.find(method.get("name") or name, country)
    if id_ is None and not context.is_dry:
        raise NotMovable("the new shop has no shipping method")
    return {
        "deliveryMethod": {
            "shippingMethodId": id_,
            "shippingMethodName": name,
            "shippingPrice": _taxed(node["shippingPrice"]),
            "shippingTaxRate": node["shippingTaxRate"],
            **_tax_class(context, "shippingTaxClass", node["shippingTaxClassName"]),
        }
    }


def _transactions(node: Node) -> Iterator[Fields]:
    """The payments as they stand. What gift cards and payments of another kind have paid is one of its own."""
    currency = node["channel"]["currencyCode"]
    names = {
        "amountAuthorized": "authorizedAmount",
        "amountCharged": "chargedAmount",
        "amountRefunded": "refundedAmount",
        "amountCanceled": "canceledAmount",
    }
    charged = Decimal(0)
    for one in node["transactions"]:
        charged += _decimal(one["chargedAmount"])
        amounts = {
            name: _money(one[field], currency) for name, field in names.items() if _decimal(one[field])
        }
        yield {
            "name": one["name"],
            "message": one["message"],
            "pspReference": one["pspReference"],
            "availableActions": [],
            **({"externalUrl": one["externalUrl"]} if one["externalUrl"] else {}),
            **amounts,
            "metadata": plain_metadata(one["metadata"]),
            "privateMetadata": plain_metadata(one["privateMetadata"]),
        }
    by_card = _above_total(node) if node["giftCards"] else Decimal(0)
    for name, amount in (("Gift card", by_card), ("Payment", _decimal(node["totalCharged"]) - charged)):
        if amount > 0:
            yield {
                "name": f"{name} (former shop)",
                "availableActions": [],
                "amountCharged": {"amount": str(amount), "currency": currency},
            }


def payments(node: Node) -> dict[str, Decimal]:
    """What the payments that are moved add up to, by the name of their amount."""
    sums = {"amountCharged": Decimal(0), "amountRefunded": Decimal(0)}
    for one in _transactions(node):
        for name in sums:
            sums[name] += Decimal(one[name]["amount"]) if name in one else 0
    return sums


def _discount(node: Node) -> Fields:
    """What a voucher took off the whole order; on lines it is in their prices."""
    above = _above_total(node)
    if above <= 0 or node["giftCards"]:
        return {}
    return {"discounts": [{"valueType": "FIXED", "value": str(above), "reason": node["voucherCode"] or ""}]}


def _above_total(node: Node) -> Decimal:
    """Gross sum of lines and delivery less the order's total."""
    parts = [*(line["totalPrice"]["gross"] for line in node["lines"]), node["shippingPrice"]["gross"]]
    return sum((_decimal(one) for one in parts), Decimal(0)) - _decimal(node["total"]["gross"])


def _taxed(price: Node) -> Fields:
    return {"gross": _amount(price["gross"]), "net": _amount(price["net"])}


def _at_least(price: Node, least: Node) -> Fields:
    """Saleor refuses a price before discounts that is lower than the one after, also by a rounded cent."""
    return {part: str(max(_decimal(price[part]), _decimal(least[part]))) for part in ("gross", "net")}


def _money(money: Node, currency: str) -> Fields:
    return {"amount": _amount(money), "currency": currency}


def _amount(money: Node) -> str:
    return str(_decimal(money))


def _decimal(money: Node) -> Decimal:
    return Decimal(str(money["amount"]))
