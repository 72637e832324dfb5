"""Permissions to change metadata and to read private metadata; one of the codes suffices, () means anybody."""

from typing import Any

from store.engine.accounts import staff
from store.engine.accounts.models import User
from store.engine.errors import OperationError

_PRODUCTS = ("MANAGE_PRODUCTS",)
_ORDERS = ("MANAGE_ORDERS",)
_MENUS = ("MANAGE_MENUS",)
_SHIPPING = ("MANAGE_SHIPPING",)
_TAXES = ("MANAGE_TAXES",)
_PAYMENTS = ("HANDLE_PAYMENTS",)
_CODES_BY_TYPE = {
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
# Knowing the id of a checkout is the right to change it; the store notes the acknowledged insert there.
_PUBLIC_TYPES = ("Checkout", "CheckoutLine")


def private_codes(type_name: str, row: Any) -> tuple[str, ...]:
    """Codes for the private metadata of this row."""
    if type_name == "User":
        return ("MANAGE_STAFF",) if row.is_staff else ("MANAGE_USERS",)
    if type_name == "Attribute":
        return _attribute_codes(row)
    return _CODES_BY_TYPE[type_name]


def may_change(type_name: str, row: Any, *, private: bool, context: Any) -> tuple[bool, tuple[str, ...]]:
    """(allowed, codes): `codes` are those of which one would have sufficed, for the error."""
    if not private and type_name in _PUBLIC_TYPES:
        return True, ()
    codes = private_codes(type_name, row)
    if not private and _is_own(type_name, row, context):
        return True, codes
    if not context.has_permission(*codes):
        return False, codes
    return _is_manageable(type_name, row, context), ("MANAGE_STAFF",)


def supports_metadata(type_name: str) -> bool:
    return type_name in _CODES_BY_TYPE or type_name in ("User", "Attribute")


def _is_manageable(type_name: str, row: Any, context: Any) -> bool:
    """False for the account of a mightier colleague, and for its addresses."""
    owner = row if type_name == "User" else None
    if type_name == "Address":
        owner = User.objects.filter(addresses=row.pk).first()
    if owner is None:
        return True
    try:
        staff.check_can_edit_account(
            owner, requestor=context.user, requestor_permissions=context.requestor.permissions
        )
    except OperationError:
        return False
    return True


def _is_own(type_name: str, row: Any, context: Any) -> bool:
    """Whether the row is the requestor or, for customers, one of their addresses."""
    if type_name == "App":
        return bool(context.app and context.app.pk == row.pk)
    user = context.user
    if user is None:
        return False
    if type_name == "User":
        return bool(user.pk == row.pk)
    return bool(type_name == "Address" and user.addresses.filter(pk=row.pk).exists())


def _attribute_codes(row: Any) -> tuple[str, ...]:
    if row.type == "PAGE_TYPE":
        return ("MANAGE_PAGE_TYPES_AND_ATTRIBUTES",)
    return ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",)
