"""The least permissions that the store's app needs in Saleor, each with what it is for."""

from store.saleor.client.enums import PermissionEnum

APP_NAME = "Cupwell"
# Without MANAGE_ORDERS Saleor accepts the webhook and sends nothing.
FOR_THE_SHOP = {
    PermissionEnum.MANAGE_ORDERS: "order pages, mails and their events",
    PermissionEnum.MANAGE_USERS: "the mails of customers' accounts",
    PermissionEnum.MANAGE_GIFT_CARD: "the mails that bring gift cards",
    PermissionEnum.MANAGE_CHECKOUTS: "payments without a result, so that nothing is charged beside them",
}
FOR_THE_SEED = {
    PermissionEnum.MANAGE_PRODUCTS: "products, prices and stock",
    PermissionEnum.MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES: "product types",
    PermissionEnum.MANAGE_PAGES: "guides and safety inserts",
    PermissionEnum.MANAGE_PAGE_TYPES_AND_ATTRIBUTES: "their types",
    PermissionEnum.MANAGE_CHANNELS: "channels",
    PermissionEnum.MANAGE_SHIPPING: "deliveries",
    PermissionEnum.MANAGE_TAXES: "taxes",
    PermissionEnum.MANAGE_MENUS: "menus",
    PermissionEnum.MANAGE_SETTINGS: "the shop's own settings",
    PermissionEnum.MANAGE_TRANSLATIONS: "German and Spanish texts",
}
ALL = (*FOR_THE_SHOP, *FOR_THE_SEED)


def purpose(permission: PermissionEnum) -> str:
    """What one of ALL is for."""
    return (FOR_THE_SHOP | FOR_THE_SEED)[permission]
