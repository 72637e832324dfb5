"""Which permission an app needs to hear of an event. By the beginning of its name, the longest that fits."""

_NEEDED = {
    "ACCOUNT_": "MANAGE_USERS",
    "ADDRESS_": "MANAGE_USERS",
    "CUSTOMER_": "MANAGE_USERS",
    "APP_": "MANAGE_APPS",
    "CATEGORY_": "MANAGE_PRODUCTS",
    "COLLECTION_": "MANAGE_PRODUCTS",
    "PRODUCT_": "MANAGE_PRODUCTS",
    "WAREHOUSE_": "MANAGE_PRODUCTS",
    "CHANNEL_": "MANAGE_CHANNELS",
    "GIFT_CARD_": "MANAGE_GIFT_CARD",
    "MENU_": "MANAGE_MENUS",
    "ORDER_": "MANAGE_ORDERS",
    "FULFILLMENT_": "MANAGE_ORDERS",
    "DRAFT_ORDER_": "MANAGE_ORDERS",
    "VOUCHER_": "MANAGE_DISCOUNTS",
    "PRODUCT_TYPE_": "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    "CHECKOUT_": "MANAGE_CHECKOUTS",
    "PAGE_": "MANAGE_PAGES",
    "PAGE_TYPE_": "MANAGE_PAGE_TYPES_AND_ATTRIBUTES",
    "PERMISSION_GROUP_": "MANAGE_STAFF",
    "STAFF_": "MANAGE_STAFF",
    "SHIPPING_": "MANAGE_SHIPPING",
    "TRANSACTION_": "HANDLE_PAYMENTS",
    "PAYMENT_": "HANDLE_PAYMENTS",
    "TRANSLATION_": "MANAGE_TRANSLATIONS",
    "SHOP_": "MANAGE_SETTINGS",
}


def permission_for(event_type: str) -> str | None:
    """None: any app may hear of it (attributes, as in Saleor)."""
    fitting = [start for start in _NEEDED if event_type.startswith(start)]
    return _NEEDED[max(fitting, key=len)] if fitting else None
