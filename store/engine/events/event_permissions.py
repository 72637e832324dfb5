"""Event types: the permission an app needs to receive one, and which are synchronous."""

_PERMISSION_BY_PREFIX = {
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
    """By the longest prefix that matches; None if any app may receive it (attributes, as in Saleor)."""
    matching = [prefix for prefix in _PERMISSION_BY_PREFIX if event_type.startswith(prefix)]
    return _PERMISSION_BY_PREFIX[max(matching, key=len)] if matching else None


# The synchronous events that this shop sends.
SENT_SYNC_EVENTS = frozenset(
    {
        "PAYMENT_GATEWAY_INITIALIZE_SESSION",
        "TRANSACTION_INITIALIZE_SESSION",
        "TRANSACTION_PROCESS_SESSION",
        "TRANSACTION_CHARGE_REQUESTED",
        "TRANSACTION_REFUND_REQUESTED",
        "TRANSACTION_CANCELATION_REQUESTED",
    }
)

# All synchronous events of Saleor: the response to the request is used. A webhook that subscribes to one that is not
# sent here is refused.
SYNC_EVENTS = SENT_SYNC_EVENTS | frozenset(
    {
        "CHECKOUT_CALCULATE_TAXES",
        "ORDER_CALCULATE_TAXES",
        "SHIPPING_LIST_METHODS_FOR_CHECKOUT",
        "CHECKOUT_FILTER_SHIPPING_METHODS",
        "ORDER_FILTER_SHIPPING_METHODS",
        "PAYMENT_LIST_GATEWAYS",
        "PAYMENT_AUTHORIZE",
        "PAYMENT_CAPTURE",
        "PAYMENT_REFUND",
        "PAYMENT_VOID",
        "PAYMENT_CONFIRM",
        "PAYMENT_PROCESS",
        "LIST_STORED_PAYMENT_METHODS",
        "STORED_PAYMENT_METHOD_DELETE_REQUESTED",
        "PAYMENT_GATEWAY_INITIALIZE_TOKENIZATION_SESSION",
        "PAYMENT_METHOD_INITIALIZE_TOKENIZATION_SESSION",
        "PAYMENT_METHOD_PROCESS_TOKENIZATION_SESSION",
    }
)


def display_name(event_type: str) -> str:
    """`ORDER_FULLY_PAID` → `Order fully paid`."""
    return event_type.replace("_", " ").capitalize()
