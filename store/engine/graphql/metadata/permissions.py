"""Who may change the metadata of what, and read the private part. Codes of which one suffices; () = anybody."""

from typing import Any

_PRODUCTS = ("MANAGE_PRODUCTS",)
_ORDERS = ("MANAGE_ORDERS",)
_MENUS = ("MANAGE_MENUS",)
_SHIPPING = ("MANAGE_SHIPPING",)
_TAXES = ("MANAGE_TAXES",)
_PAYMENTS = ("HANDLE_PAYMENTS",)
_TYPES = {
    "Address": ("MANAGE_USERS",),
    "App": ("MANAGE_APPS",),
    "Category": _PRODUCTS,
    "Channel": ("MANAGE_CHANNELS",),
    "Checkout": ("MANAGE_CHECKOUTS",),
    "CheckoutLine": ("MANAGE_CHECKOUTS",),
    "Collection": _PRODUCTS,
    "Fulfillment": _ORDERS,
    "GiftCard": ("MANAGE_GIFT_CARD",),
    "Menu": _MENUS,
    "MenuItem": _MENUS,
    "Order": _ORDERS,
    "OrderLine": _ORDERS,
    "Page": ("MANAGE_PAGES",),
    "PageType": ("MANAGE_PAGE_TYPES_AND_ATTRIBUTES",),
    "Payment": _PAYMENTS,
    "Product": _PRODUCTS,
    "ProductMedia": _PRODUCTS,
    "ProductType": ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",),
    "ProductVariant": _PRODUCTS,
    "ShippingMethod": _SHIPPING,
    "ShippingMethodType": _SHIPPING,
    "ShippingZone": _SHIPPING,
    "Shop": ("MANAGE_SETTINGS",),
    "TaxClass": _TAXES,
    "TaxConfiguration": _TAXES,
    "TransactionItem": _PAYMENTS,
    "Voucher": ("MANAGE_DISCOUNTS",),
    "Warehouse": _PRODUCTS,
}
# A basket belongs to whoever knows its id; the store notes the acknowledged insert there.
_ANYBODY = ("Checkout", "CheckoutLine")


def private_codes(type_name: str, row: Any) -> tuple[str, ...]:
    if type_name == "User":
        return ("MANAGE_STAFF",) if row.is_staff else ("MANAGE_USERS",)
    if type_name == "Attribute":
        return _attribute(row)
    return _TYPES[type_name]


def may_change(type_name: str, row: Any, *, private: bool, context: Any) -> tuple[bool, tuple[str, ...]]:
    """Whether, and the codes of which one would have been enough."""
    if not private and type_name in _ANYBODY:
        return True, ()
    codes = private_codes(type_name, row)
    own = not private and _is_own(type_name, row, context)
    return own or context.may(*codes), codes


def known(type_name: str) -> bool:
    return type_name in _TYPES or type_name in ("User", "Attribute")


def _is_own(type_name: str, row: Any, context: Any) -> bool:
    """Customers look after themselves and their addresses, an app after itself."""
    if type_name == "App":
        return bool(context.app and context.app.pk == row.pk)
    user = context.user
    if user is None:
        return False
    if type_name == "User":
        return bool(user.pk == row.pk)
    return bool(type_name == "Address" and user.addresses.filter(pk=row.pk).exists())


def _attribute(row: Any) -> tuple[str, ...]:
    if row.type == "PAGE_TYPE":
        return ("MANAGE_PAGE_TYPES_AND_ATTRIBUTES",)
    return ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",)
