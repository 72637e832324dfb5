"""Delivery methods of a checkout: calculate the options, choose one."""

from typing import Any

from store.engine.checkout import delivery_options
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.checkout.loaded import checkout_payload
from store.engine.graphql.checkout.lookup import checkout_pk, int_of, uuid_of
from store.engine.graphql.registry import Info, mutation


@mutation
def delivery_options_calculate(info: Info, *, id: str) -> dict[str, Any]:
    return {"deliveries": delivery_options.calculate(checkout_id=checkout_pk(id))}


@mutation
def checkout_delivery_method_update(
    info: Info, *, id: str | None = None, delivery_method_id: str | None = None
) -> dict[str, Any]:
    return checkout_payload(
        info, delivery_options.choose(checkout_id=checkout_pk(id), **_method_argument(delivery_method_id))
    )


def _method_argument(global_id: str | None) -> dict[str, Any]:
    """The keyword argument of `delivery_options.choose` for this kind of id; none for None, which clears it."""
    if global_id is None:
        return {}
    kind, _ = ids.from_global_id(global_id)
    field = "deliveryMethodId"
    match kind:
        case "CheckoutDelivery":
            return {"delivery_id": uuid_of(global_id, kind, field=field)}
        case "ShippingMethod" | "ShippingMethodType":
            return {"shipping_method_id": int_of(global_id, kind, field=field)}
        case "Warehouse":
            return {"warehouse_id": uuid_of(global_id, kind, field=field)}
    raise OperationError(
        "ID does not belong to Warehouse, ShippingMethod, or CheckoutDelivery", field=field, code="INVALID"
    )


@mutation
def checkout_shipping_method_update(
    info: Info, *, id: str | None = None, shipping_method_id: str | None = None
) -> dict[str, Any]:
    """The older twin of `checkoutDeliveryMethodUpdate`."""
    return checkout_delivery_method_update(info, id=id, delivery_method_id=shipping_method_id)
